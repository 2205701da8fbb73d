"""Keep what organisers announce to a part of a series: to whom, in which words, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0026"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Begin without any."""
    op.create_table(
        "announcements",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("live_session_id", sa.Integer()),
        sa.Column("who", sa.JSON(), nullable=False),
        sa.Column("countries", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("local_at", sa.String(16), nullable=False),
        sa.Column("of_use_until", _MOMENT),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer()),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("confirmed_by", sa.Integer()),
        sa.Column("confirmed_at", _MOMENT),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("stopped_at", _MOMENT),
        _refers("announcements", "series_id", "series", "CASCADE"),
        _refers("announcements", "live_session_id", "live_sessions", "SET NULL"),
        _refers("announcements", "created_by", "persons", "SET NULL"),
        _refers("announcements", "confirmed_by", "persons", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_announcements"),
    )
    op.create_index("ix_announcements_series_id", "announcements", ["series_id"])
    op.create_table(
        "announcement_texts",
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Integer()),
        sa.Column("changed_at", _MOMENT, nullable=False),
        _refers("announcement_texts", "announcement_id", "announcements", "CASCADE"),
        _refers("announcement_texts", "changed_by", "persons", "SET NULL"),
        sa.PrimaryKeyConstraint("announcement_id", "language", name="pk_announcement_texts"),
    )


def _refers(table: str, column: str, parent: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{parent}"
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete=ondelete)


def downgrade() -> None:
    """Forget them; what was sent stays in the ledger."""
    op.drop_table("announcement_texts")
    op.drop_table("announcements")
