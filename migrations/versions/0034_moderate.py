"""Keep what waits for moderators, flags, decisions, appeals and watched words."""

import sqlalchemy as sa
from alembic import op

from academy.db import Moment

revision = "0034"
down_revision = "0027"
branch_labels = None
depends_on = None


def _reference(table: str, column: str, to: str, on: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{to}"
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=on)


def upgrade() -> None:
    """Make the five tables."""
    op.create_table(
        "moderation_waiting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("held_for", sa.String(20), nullable=False),
        sa.Column("flags", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.Column("claimed_by", sa.Integer(), nullable=True),
        sa.Column("claimed_at", Moment(), nullable=True),
        _reference("moderation_waiting", "post_id", "posts", "CASCADE"),
        _reference("moderation_waiting", "claimed_by", "persons", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_moderation_waiting"),
        sa.UniqueConstraint("post_id", name="uq_moderation_waiting_post_id"),
    )
    op.create_index("ix_moderation_waiting_claimed_by", "moderation_waiting", ["claimed_by"])
    op.create_index(
        "ix_moderation_waiting_closed_at_created_at",
        "moderation_waiting", ["closed_at", "created_at"],
    )  # fmt: skip
    _flags_and_words()
    _decisions()


def _flags_and_words() -> None:
    op.create_table(
        "flags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("words", sa.String(500), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        _reference("flags", "post_id", "posts", "CASCADE"),
        _reference("flags", "person_id", "persons", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_flags"),
        sa.UniqueConstraint("post_id", "person_id", name="uq_flags_post_id_person_id"),
    )
    op.create_index("ix_flags_person_id", "flags", ["person_id"])
    op.create_table(
        "watched_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(100), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_at", Moment(), nullable=False),
        _reference("watched_words", "added_by", "persons", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_watched_words"),
        sa.UniqueConstraint("word", name="uq_watched_words_word"),
    )
    op.create_index("ix_watched_words_added_by", "watched_words", ["added_by"])


def _decisions() -> None:
    name = "moderation_decisions"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", Moment(), nullable=False),
        sa.Column("until", Moment(), nullable=True),
        sa.Column("undone_at", Moment(), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        _reference(name, "post_id", "posts", "SET NULL"),
        _reference(name, "thread_id", "threads", "SET NULL"),
        _reference(name, "person_id", "persons", "SET NULL"),
        _reference(name, "decided_by", "persons", "SET NULL"),
        _reference(name, "undone_by", "persons", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )
    for column in ("post_id", "thread_id", "decided_by", "undone_by", "decided_at"):
        op.create_index(f"ix_{name}_{column}", name, [column])
    op.create_index(f"ix_{name}_person_id_action", name, ["person_id", "action"])
    op.create_table(
        "appeals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        _reference("appeals", "decision_id", name, "CASCADE"),
        _reference("appeals", "answered_by", "persons", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_appeals"),
        sa.UniqueConstraint("decision_id", name="uq_appeals_decision_id"),
    )
    op.create_index("ix_appeals_answered_by", "appeals", ["answered_by"])


def downgrade() -> None:
    """Drop them."""
    for table in ("appeals", "moderation_decisions", "watched_words", "flags", "moderation_waiting"):
        op.drop_table(table)
