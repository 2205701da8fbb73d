"""Move threads and posts, keep where they stood, and let moderators edit with a note."""

import sqlalchemy as sa
from alembic import op

from academy.db import Moment

revision = "0038"
down_revision = "0040"
branch_labels = None
depends_on = None


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{to}"
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    """Make the two tables, and the columns of what posts answer and of notes."""
    op.create_table(
        "rearrangements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=True),
        sa.Column("made_new", sa.Boolean(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("undone_at", Moment(), nullable=True),
        _reference("rearrangements", "thread_id", "threads"),
        _reference("rearrangements", "into_id", "threads"),
        sa.PrimaryKeyConstraint("id", name="pk_rearrangements"),
    )
    op.create_table(
        "post_forwards",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("rearrangement_id", sa.Integer(), nullable=False),
        _reference("post_forwards", "thread_id", "threads"),
        _reference("post_forwards", "post_id", "posts"),
        _reference("post_forwards", "rearrangement_id", "rearrangements"),
        sa.PrimaryKeyConstraint("thread_id", "number", name="pk_post_forwards"),
    )
    for table, column in _INDEXED:
        op.create_index(f"ix_{table}_{column}", table, [column])
    _columns()


_INDEXED = (
    ("rearrangements", "thread_id"), ("rearrangements", "into_id"),
    ("post_forwards", "post_id"), ("post_forwards", "rearrangement_id"),
)  # fmt: skip


def _columns() -> None:
    op.add_column("posts", sa.Column("answers_thread_id", sa.Integer(), nullable=True))
    named = sa.text("answers_thread_id IS NOT NULL")
    op.create_index(
        "ix_posts_answers_thread_id", "posts", ["answers_thread_id"],
        sqlite_where=named, postgresql_where=named,
    )  # fmt: skip
    op.add_column("posts", sa.Column("moderator_note", sa.Text(), nullable=False, server_default=""))
    op.add_column("post_versions", sa.Column("note", sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "moderation_decisions", sa.Column("facts", sa.JSON(), nullable=False, server_default="{}")
    )


def downgrade() -> None:
    """Drop them; posts stay where they are."""
    op.drop_column("moderation_decisions", "facts")
    op.drop_column("post_versions", "note")
    op.drop_column("posts", "moderator_note")
    op.drop_index("ix_posts_answers_thread_id", "posts")
    op.drop_column("posts", "answers_thread_id")
    op.drop_table("post_forwards")
    op.drop_table("rearrangements")
