"""Keep threads, posts and what people do with them."""

import sqlalchemy as sa
from alembic import op

from academy.db import Moment

revision = "0033"
down_revision = "0028"
branch_labels = None
depends_on = None


def _reference(table: str, column: str, to: str, on: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{to}"
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=on)


def upgrade() -> None:
    """Make the six tables."""
    op.create_table(
        "threads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(20), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(60), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("slow_seconds", sa.Integer(), nullable=False),
        sa.Column("is_pinned", sa.Boolean(), nullable=False),
        sa.Column("accepted_number", sa.Integer(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("last_post_at", Moment(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("visible_posts", sa.Integer(), nullable=False),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.CheckConstraint("last_number >= 0", name="ck_threads_numbers_from_one"),
        _reference("threads", "started_by", "persons", "SET NULL"),
        _reference("threads", "merged_into", "threads", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_threads"),
    )
    op.create_index("ix_threads_subject", "threads", ["subject_kind", "subject_id", "field"])
    op.create_index("ix_threads_last_post_at", "threads", ["last_post_at"])
    op.create_index("ix_threads_started_by", "threads", ["started_by"])
    op.create_index("ix_threads_merged_into", "threads", ["merged_into"])
    _posts()
    _what_people_do()


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=True),
        sa.Column("request_key", sa.String(40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("edited_at", Moment(), nullable=True),
        _reference("posts", "thread_id", "threads", "CASCADE"),
        _reference("posts", "author_id", "persons", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_posts"),
        sa.UniqueConstraint("thread_id", "number", name="uq_posts_thread_id_number"),
        sa.UniqueConstraint("author_id", "request_key", name="uq_posts_author_id_request_key"),
    )
    op.create_index("ix_posts_author_id_created_at", "posts", ["author_id", "created_at"])
    op.create_table(
        "post_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("edited_by", sa.Integer(), nullable=True),
        sa.Column("edited_at", Moment(), nullable=False),
        _reference("post_versions", "post_id", "posts", "CASCADE"),
        _reference("post_versions", "edited_by", "persons", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_post_versions"),
        sa.UniqueConstraint("post_id", "version", name="uq_post_versions_post_id_version"),
    )
    op.create_index("ix_post_versions_edited_by", "post_versions", ["edited_by"])


def _what_people_do() -> None:
    op.create_table(
        "reactions",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        _reference("reactions", "post_id", "posts", "CASCADE"),
        _reference("reactions", "person_id", "persons", "CASCADE"),
        sa.PrimaryKeyConstraint("post_id", "person_id", "kind", name="pk_reactions"),
    )
    op.create_table(
        "mentions",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        _reference("mentions", "post_id", "posts", "CASCADE"),
        _reference("mentions", "person_id", "persons", "CASCADE"),
        sa.PrimaryKeyConstraint("post_id", "person_id", name="pk_mentions"),
    )
    op.create_table(
        "thread_readings",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("read_number", sa.Integer(), nullable=False),
        sa.Column("wish", sa.String(8), nullable=False),
        _reference("thread_readings", "thread_id", "threads", "CASCADE"),
        _reference("thread_readings", "person_id", "persons", "CASCADE"),
        sa.PrimaryKeyConstraint("thread_id", "person_id", name="pk_thread_readings"),
    )
    for table in ("reactions", "mentions", "thread_readings"):
        op.create_index(f"ix_{table}_person_id", table, ["person_id"])


def downgrade() -> None:
    """Drop them."""
    for table in ("thread_readings", "mentions", "reactions", "post_versions", "posts", "threads"):
        op.drop_table(table)
