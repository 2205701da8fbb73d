"""Let files, series and persons be emptied of what is no longer needed."""

import sqlalchemy as sa
from alembic import op

from academy.db import Moment

revision = "0011"
down_revision = "0004"
branch_labels = None
depends_on = None

_COLUMNS = (
    ("uploaded_files", "dropped_at"),
    ("series", "retention_not_before"),
    ("persons", "erased_at"),
)


def upgrade() -> None:
    """Add the moments, and what an import left outside."""
    for table, column in _COLUMNS:
        op.add_column(table, sa.Column(column, Moment(), nullable=True))
    op.add_column(
        "attendance_imports",
        sa.Column("left_out", sa.JSON(), nullable=False, server_default="[]"),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_column("attendance_imports", "left_out")
    for table, column in _COLUMNS:
        op.drop_column(table, column)
