"""Remember who changed the rules of a series, and how far a recomputation has come."""

import sqlalchemy as sa
from alembic import op

from academy.db import Moment

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables; leave room on the pages of attendances, where rows are rewritten."""
    op.create_table(
        "recomputes",
        sa.Column("id", sa.Integer(), primary_key=True),
        _of_series("recomputes"),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        _by("recomputes", "created_by"),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("heard_of_at", Moment(), nullable=True),
        sa.Column("finished_at", Moment(), nullable=True),
    )
    op.create_index("ix_recomputes_series_id", "recomputes", ["series_id"])
    op.create_table(
        "rule_changes",
        sa.Column("id", sa.Integer(), primary_key=True),
        _of_series("rule_changes"),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("come", sa.Integer(), nullable=False),
        _by("rule_changes", "changed_by"),
        sa.Column("changed_at", Moment(), nullable=False),
    )
    op.create_index("ix_rule_changes_series_id", "rule_changes", ["series_id"])
    _fill_pages("50")


def _of_series(table: str) -> sa.Column[int]:
    name = f"fk_{table}_series_id_series"
    key = sa.ForeignKey("series.id", ondelete="CASCADE", name=name)
    return sa.Column("series_id", sa.Integer(), key, nullable=False)


def _by(table: str, column: str) -> sa.Column[int]:
    name = f"fk_{table}_{column}_persons"
    return sa.Column(
        column, sa.Integer(), sa.ForeignKey("persons.id", ondelete="SET NULL", name=name)
    )


def _fill_pages(percent: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE attendances SET (fillfactor = {percent})")


def downgrade() -> None:
    """Take both tables away; the rules in force stay."""
    _fill_pages("100")
    op.drop_table("rule_changes")
    op.drop_table("recomputes")
