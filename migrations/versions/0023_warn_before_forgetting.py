"""Remember of which day of forgetting organisers were warned."""

import sqlalchemy as sa
from alembic import op

from academy.db import Moment

revision = "0023"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody is warned yet: every day of forgetting needs its warning."""
    op.add_column("series", sa.Column("retention_warned_for", Moment(), nullable=True))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("series", "retention_warned_for")
