"""Let calendars tell which word about a registration is newest, and the outbox find messages."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Count how often a registration was taken back or stood again; once, where it is back now."""
    op.add_column(
        "registrations", sa.Column("sequence", sa.Integer(), nullable=False, server_default="0")
    )
    op.execute("UPDATE registrations SET sequence = 1 WHERE cancelled_at IS NOT NULL")
    op.create_index("ix_messages_kind", "messages", ["kind", "id"])
    op.create_index(
        "ix_messages_occasion", "messages", ["occasion"],
        postgresql_ops={"occasion": "text_pattern_ops"},
    )  # fmt: skip


def downgrade() -> None:
    """Forget it."""
    op.drop_index("ix_messages_occasion", table_name="messages")
    op.drop_index("ix_messages_kind", table_name="messages")
    op.drop_column("registrations", "sequence")
