"""Let people choose their quiet hours, and organisers switch reminders off."""

import sqlalchemy as sa
from alembic import op

from academy.db import Moment

revision = "0014"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables of choices."""
    op.create_table(
        "mail_choices",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("quiet_begins", sa.Integer(), nullable=False),
        sa.Column("quiet_ends", sa.Integer(), nullable=False),
        sa.Column("refused", sa.JSON(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], ondelete="CASCADE",
            name="fk_mail_choices_person_id_persons",
        ),
        sa.PrimaryKeyConstraint("person_id", name="pk_mail_choices"),
    )  # fmt: skip
    op.create_table(
        "reminders_switched_off",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], ondelete="CASCADE",
            name="fk_reminders_switched_off_series_id_series",
        ),
        sa.ForeignKeyConstraint(
            ["by"], ["persons.id"], ondelete="SET NULL",
            name="fk_reminders_switched_off_by_persons",
        ),
        sa.PrimaryKeyConstraint("series_id", "kind", name="pk_reminders_switched_off"),
    )  # fmt: skip


def downgrade() -> None:
    """Forget the choices."""
    op.drop_table("reminders_switched_off")
    op.drop_table("mail_choices")
