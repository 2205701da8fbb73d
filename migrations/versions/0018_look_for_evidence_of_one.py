"""Let the evidence of one identity in its live session be found at once on every database."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_NAME = "ix_evidence_live_session_id"


def upgrade() -> None:
    """SQLite took the old index for each identity and read all evidence of the live session."""
    op.drop_index(_NAME, table_name="evidence")
    op.create_index(_NAME, "evidence", ["live_session_id", "identity_id"])


def downgrade() -> None:
    """Go back to the live session alone."""
    op.drop_index(_NAME, table_name="evidence")
    op.create_index(_NAME, "evidence", ["live_session_id"])
