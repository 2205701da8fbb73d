"""Let posts say that nobody was told of them yet, and readers since when they follow."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0055"
branch_labels = None
depends_on = None

_UNTOLD = sa.text("untold_since IS NOT NULL")


def upgrade() -> None:
    """Every post there is was told as it was written, or is told once it is approved."""
    op.add_column("posts", sa.Column("untold_since", sa.DateTime(timezone=True)))
    op.create_index(
        "ix_posts_not_told_yet", "posts", ["id"], sqlite_where=_UNTOLD, postgresql_where=_UNTOLD
    )
    op.add_column("thread_readings", sa.Column("followed_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Forget it; what still waits is told to nobody."""
    op.drop_column("thread_readings", "followed_at")
    op.drop_index("ix_posts_not_told_yet", "posts")
    op.drop_column("posts", "untold_since")
