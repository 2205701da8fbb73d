"""Note when the people of a listening point have to be counted again, as their stay comes true."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Have those counted again that were told of what lay ahead; the past stands as it is."""
    op.add_column("listening_points", sa.Column("counts_next_at", sa.DateTime(timezone=True)))
    op.create_index("ix_listening_points_counts_next_at", "listening_points", ["counts_next_at"])
    points = sa.table(
        "listening_points", sa.column("live_session_id"),
        sa.column("counts_next_at", sa.DateTime(timezone=True)),
    )  # fmt: skip
    meetings = sa.table(
        "live_sessions", sa.column("id"), sa.column("starts_at", sa.DateTime(timezone=True))
    )
    lately = datetime.now(UTC) - timedelta(days=1)
    starts_at = (
        sa.select(meetings.c.starts_at)
        .where(meetings.c.id == points.c.live_session_id, meetings.c.starts_at > lately)
        .scalar_subquery()
    )
    op.execute(points.update().values(counts_next_at=starts_at))


def downgrade() -> None:
    """Forget it: what was told is counted whole."""
    op.drop_index("ix_listening_points_counts_next_at", table_name="listening_points")
    op.drop_column("listening_points", "counts_next_at")
