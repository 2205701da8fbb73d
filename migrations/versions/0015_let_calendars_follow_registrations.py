"""Let calendars tell which word about a registration is the newest."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Count how often a registration was taken back or stood again; once, where it is back now."""
    op.add_column(
        "registrations", sa.Column("sequence", sa.Integer(), nullable=False, server_default="0")
    )
    op.execute("UPDATE registrations SET sequence = 1 WHERE cancelled_at IS NOT NULL")


def downgrade() -> None:
    """Forget it."""
    op.drop_column("registrations", "sequence")
