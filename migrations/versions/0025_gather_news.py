"""Keep news until a mail of all of it leaves, and how often each person wants one."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0021"
branch_labels = None
depends_on = None

_WAITS = sa.text("digest IS NULL")


def upgrade() -> None:
    """Begin with no news, and nobody having chosen."""
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("occasion", sa.String(120), nullable=False),
        sa.Column("path", sa.String(300), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rhythm", sa.String(8), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.Integer(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("person_id", "kind", "occasion", name="uq_notices_person_id_kind_occasion"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_notices_person_id_persons", ondelete="CASCADE"
        ),
    )
    op.create_index(
        "ix_notices_due", "notices", ["due_at"], sqlite_where=_WAITS, postgresql_where=_WAITS
    )
    op.create_index("ix_notices_digest", "notices", ["digest"])
    op.create_index("ix_notices_happened_at", "notices", ["happened_at"])
    op.add_column(
        "mail_choices", sa.Column("rhythms", sa.JSON(), nullable=False, server_default="{}")
    )


def downgrade() -> None:
    """Forget the news that waits, and what was chosen about it."""
    op.drop_column("mail_choices", "rhythms")
    op.drop_table("notices")
