"""Keep attendance files that wait on the desk, and how each import was told to be read."""

import sqlalchemy as sa
from alembic import op

from academy.db import Moment

revision = "0012"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the waiting files, and two columns to the imports."""
    # Added in place: to make the table anew on SQLite would delete all evidence that refers to it.
    for name, length in (("meeting", 300), ("date_order", 12)):
        column = sa.Column(name, sa.String(length), nullable=False, server_default="")
        op.add_column("attendance_imports", column)
    op.create_table(
        "offered_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("live_session_id", sa.Integer(), nullable=True),
        sa.Column("dropped_at_id", sa.Integer(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("reading", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("rows_total", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_offered_files"),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{parent}.id"],
                name=f"fk_offered_files_{column}_{parent}",
                ondelete=ondelete,
            )
            for column, parent, ondelete in (
                ("series_id", "series", "CASCADE"),
                ("file_id", "uploaded_files", None),
                ("live_session_id", "live_sessions", "SET NULL"),
                ("dropped_at_id", "live_sessions", "SET NULL"),
                ("created_by", "persons", "SET NULL"),
            )
        ),
    )
    op.create_index("ix_offered_files_series_id", "offered_files", ["series_id"])


def downgrade() -> None:
    """Forget the files that wait, and how imports were read."""
    op.drop_table("offered_files")
    op.drop_column("attendance_imports", "date_order")
    op.drop_column("attendance_imports", "meeting")
