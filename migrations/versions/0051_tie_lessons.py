"""Tie lessons to the cases that they use and the live sessions where they are presented."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of ties; the next load of courses fills it."""
    op.create_table(
        "lesson_links",
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lessons.id"], name="fk_lesson_links_lesson_id_lessons",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("lesson_id", "kind", "key", name="pk_lesson_links"),
    )  # fmt: skip
    op.create_index("ix_lesson_links_kind_key", "lesson_links", ["kind", "key"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("lesson_links")
