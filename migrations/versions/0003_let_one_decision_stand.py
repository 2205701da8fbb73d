"""Let at most one decision stand for each identity, whoever writes to the database."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Refuse a second decision while one stands."""
    op.create_index(
        "uq_matches_standing",
        "matches",
        ["identity_id"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )


def downgrade() -> None:
    """Allow it again."""
    op.drop_index("uq_matches_standing", table_name="matches")
