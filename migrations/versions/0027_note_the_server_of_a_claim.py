"""Note since when the database server runs that a claim on a message was made on.

Hand-overs do not wait for its disk; a claim of before its crash may have been handed over.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the moment; claims that stand now waited for the disk and need none."""
    op.add_column("messages", sa.Column("server_since", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("messages", "server_since")
