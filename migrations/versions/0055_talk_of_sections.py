"""Keep what people talk about in a lesson: its sections and its questions to discuss."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; the next load of courses fills it."""
    op.add_column(
        "lessons", sa.Column("spots", sa.JSON(), nullable=False, server_default="[]")
    )  # fmt: skip


def downgrade() -> None:
    """Drop it."""
    op.drop_column("lessons", "spots")
