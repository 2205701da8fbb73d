"""Let organisers write reminders in their own words, and switch follow-ups on."""

import sqlalchemy as sa
from alembic import op

from academy.db import Moment

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of own texts and of switches of follow-ups."""
    op.create_table(
        "follow_ups_switched_on",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], ondelete="CASCADE",
            name="fk_follow_ups_switched_on_series_id_series",
        ),
        sa.ForeignKeyConstraint(
            ["by"], ["persons.id"], ondelete="SET NULL",
            name="fk_follow_ups_switched_on_by_persons",
        ),
        sa.PrimaryKeyConstraint("series_id", "kind", name="pk_follow_ups_switched_on"),
    )  # fmt: skip
    op.create_table(
        "reminder_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("failed_at", Moment(), nullable=True),
        sa.Column("failure", sa.String(300), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], ondelete="CASCADE",
            name="fk_reminder_texts_series_id_series",
        ),
        sa.ForeignKeyConstraint(
            ["by"], ["persons.id"], ondelete="SET NULL", name="fk_reminder_texts_by_persons",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reminder_texts"),
        sa.UniqueConstraint(
            "series_id", "kind", "language", "version",
            name="uq_reminder_texts_series_id_kind_language_version",
        ),
    )  # fmt: skip


def downgrade() -> None:
    """Forget both."""
    op.drop_table("reminder_texts")
    op.drop_table("follow_ups_switched_on")
