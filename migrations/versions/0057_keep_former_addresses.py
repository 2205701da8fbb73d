"""Keep the former addresses of lessons, so that links to them lead on."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; it fills when a lesson is renamed or moved."""
    op.create_table(
        "former_lesson_addresses",
        sa.Column("course", sa.String(80), nullable=False),
        sa.Column("module", sa.String(60), nullable=False),
        sa.Column("slug", sa.String(60), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lessons.id"], name="fk_former_lesson_addresses_lesson_id_lessons",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("course", "module", "slug", name="pk_former_lesson_addresses"),
    )  # fmt: skip
    op.create_index(
        "ix_former_lesson_addresses_lesson_id", "former_lesson_addresses", ["lesson_id"]
    )


def downgrade() -> None:
    """Drop it; old addresses lead nowhere again."""
    op.drop_table("former_lesson_addresses")
