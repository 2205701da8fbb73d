"""Give everybody one calendar of all their live sessions, whose address can be renewed."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Count which address of the calendar is the one that holds."""
    column = sa.Column("calendar_version", sa.Integer(), nullable=False, server_default="1")
    op.add_column("persons", column)


def downgrade() -> None:
    """Forget it."""
    op.drop_column("persons", "calendar_version")
