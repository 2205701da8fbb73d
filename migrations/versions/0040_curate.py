"""Keep summaries of threads, what is worth reading, featured cases and the week's selection."""

import sqlalchemy as sa
from alembic import op

from academy.db import Moment

revision = "0040"
down_revision = "0041"
branch_labels = None
depends_on = None


def _reference(table: str, column: str, to: str, on: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{to}"
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=on)


#: The new columns of tables that there are: each with what stands in the rows of today.
_COLUMNS = (
    ("threads", "summary_version", sa.Integer(), "0"),
    ("threads", "summary_covers", sa.Integer(), "0"),
    ("threads", "has_best", sa.Boolean(), sa.false()),
    ("posts", "is_best", sa.Boolean(), sa.false()),
    ("mail_choices", "weekly_on", sa.Integer(), "0"),
)  # fmt: skip


def upgrade() -> None:
    """Add the columns and make the four tables; a summary of today becomes version 1."""
    for table, name, kind, value in _COLUMNS:
        op.add_column(table, sa.Column(name, kind, nullable=False, server_default=value))
    best = sa.text("is_best")
    op.create_index(
        "ix_posts_best", "posts", ["thread_id"], sqlite_where=best, postgresql_where=best
    )
    _summaries()
    _featured_cases()
    _selections()


def _summaries() -> None:
    op.create_table(
        "thread_summaries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("covers", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("written_at", Moment(), nullable=False),
        _reference("thread_summaries", "thread_id", "threads", "CASCADE"),
        _reference("thread_summaries", "written_by", "persons", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_thread_summaries"),
        sa.UniqueConstraint("thread_id", "version", name="uq_thread_summaries_thread_id_version"),
    )
    op.create_index("ix_thread_summaries_written_by", "thread_summaries", ["written_by"])
    op.execute(
        "INSERT INTO thread_summaries (thread_id, version, body, covers, written_at) "
        "SELECT id, 1, summary, last_number, last_post_at FROM threads WHERE summary <> ''"
    )
    op.execute(
        "UPDATE threads SET summary_version = 1, summary_covers = last_number WHERE summary <> ''"
    )


def _featured_cases() -> None:
    op.create_table(
        "featured_cases",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(300), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("chosen_by", sa.Integer(), nullable=True),
        sa.Column("chosen_at", Moment(), nullable=False),
        _reference("featured_cases", "case_id", "case_studies", "CASCADE"),
        _reference("featured_cases", "chosen_by", "persons", "SET NULL"),
        sa.PrimaryKeyConstraint("case_id", name="pk_featured_cases"),
    )
    op.create_index("ix_featured_cases_chosen_by", "featured_cases", ["chosen_by"])


_ONE_THING = (
    "(thread_id IS NOT NULL AND post_id IS NULL AND case_id IS NULL) OR "
    "(thread_id IS NULL AND post_id IS NOT NULL AND case_id IS NULL) OR "
    "(thread_id IS NULL AND post_id IS NULL AND case_id IS NOT NULL)"
)


def _selections() -> None:
    op.create_table(
        "selections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("published_at", Moment(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_selections"),
        sa.UniqueConstraint("year", "week", name="uq_selections_year_week"),
    )
    things = (("thread_id", "threads"), ("post_id", "posts"), ("case_id", "case_studies"))
    op.create_table(
        "selection_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("selection_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name, _table in things),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_at", Moment(), nullable=False),
        _reference("selection_items", "selection_id", "selections", "CASCADE"),
        *(_reference("selection_items", name, table, "CASCADE") for name, table in things),
        _reference("selection_items", "added_by", "persons", "SET NULL"),
        sa.CheckConstraint(_ONE_THING, name="ck_selection_items_one_thing"),
        sa.PrimaryKeyConstraint("id", name="pk_selection_items"),
        *(
            sa.UniqueConstraint("selection_id", name, name=f"uq_selection_items_selection_id_{name}")
            for name, _table in things
        ),
    )
    for name in ("thread_id", "post_id", "case_id", "added_by"):
        op.create_index(f"ix_selection_items_{name}", "selection_items", [name])


def downgrade() -> None:
    """Drop them."""
    for table in ("selection_items", "selections", "featured_cases", "thread_summaries"):
        op.drop_table(table)
    op.drop_index("ix_posts_best", "posts")
    for table, name, _kind, _value in reversed(_COLUMNS):
        op.drop_column(table, name)
