"""Find the newest messages of one state, and count those of one live session, in an index.

The state of a message changed an entry of an index before, so the two cost its changes little.
"""

from alembic import op

revision = "0028"
down_revision = "0032"
branch_labels = None
depends_on = None

_BY_TEXT = {"occasion": "text_pattern_ops"}


def upgrade() -> None:
    """Make one index, and let another hold the state too."""
    op.create_index("ix_messages_state", "messages", ["state", "id"])
    _index_occasions(["occasion", "state"])


def downgrade() -> None:
    """Make it what it was."""
    _index_occasions(["occasion"])
    op.drop_index("ix_messages_state", table_name="messages")


def _index_occasions(columns: list[str]) -> None:
    op.drop_index("ix_messages_occasion", table_name="messages")
    op.create_index("ix_messages_occasion", "messages", columns, postgresql_ops=_BY_TEXT)
