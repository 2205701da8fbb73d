"""Find at once what somebody did, so that the person can be erased: large tables need an index."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None

#: Most rows refer to nothing there, and stand in no index.
_INDEXES = (
    ("evidence", "recorded_by"),
    ("evidence", "withdrawn_by"),
    ("matches", "decided_by"),
    ("matches", "undone_by"),
    ("attendances", "identity_id"),
    ("audit_entries", "actor_id"),
    ("uploaded_files", "uploaded_by"),
)


def upgrade() -> None:
    """Add an index of the rows that refer to something."""
    for table, column in _INDEXES:
        named = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"ix_{table}_{column}", table, [column], sqlite_where=named, postgresql_where=named
        )


def downgrade() -> None:
    """Take the indexes away."""
    for table, column in _INDEXES:
        op.drop_index(f"ix_{table}_{column}", table_name=table)
