"""Let the ledger tell late messages, and those that may have arrived twice."""

import sqlalchemy as sa
from alembic import op

from academy.db import Moment

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add why a message was suppressed, until when it helps, and the mark of its hand-over."""
    op.add_column("messages", sa.Column("cause", sa.String(20), nullable=False, server_default=""))
    op.add_column("messages", sa.Column("expires_at", Moment(), nullable=True))
    op.add_column("messages", sa.Column("handed_over_at", Moment(), nullable=True))
    op.add_column(
        "messages",
        sa.Column("perhaps_twice", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    """Take them away."""
    for column in ("perhaps_twice", "handed_over_at", "expires_at", "cause"):
        op.drop_column("messages", column)
