"""Let members write cases: working copies, co-writers, submissions, comments, withdrawals."""

import sqlalchemy as sa
from alembic import op

from academy.db import Moment

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def _reference(table: str, column: str, to: str, on: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{to}"
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=on)


def upgrade() -> None:
    """Make the five tables."""
    _working_copies()
    _submissions()
    _comments_and_withdrawals()


def _working_copies() -> None:
    op.create_table(
        "case_sections",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(20), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", Moment(), nullable=False),
        _reference("case_sections", "case_id", "case_studies", "CASCADE"),
        _reference("case_sections", "changed_by", "persons", "SET NULL"),
        sa.PrimaryKeyConstraint("case_id", "section", name="pk_case_sections"),
    )
    op.create_index("ix_case_sections_changed_by", "case_sections", ["changed_by"])
    op.create_table(
        "case_writers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("invited_at", Moment(), nullable=False),
        sa.Column("accepted_at", Moment(), nullable=True),
        _reference("case_writers", "case_id", "case_studies", "CASCADE"),
        _reference("case_writers", "person_id", "persons", "CASCADE"),
        _reference("case_writers", "invited_by", "persons", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_case_writers"),
        sa.UniqueConstraint("case_id", "person_id", name="uq_case_writers_case_id_person_id"),
    )
    for column in ("address", "person_id", "invited_by"):
        op.create_index(f"ix_case_writers_{column}", "case_writers", [column])


def _submissions() -> None:
    op.create_table(
        "case_submissions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("submitted_at", Moment(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        _reference("case_submissions", "case_id", "case_studies", "CASCADE"),
        _reference("case_submissions", "submitted_by", "persons", "SET NULL"),
        _reference("case_submissions", "decided_by", "persons", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_case_submissions"),
    )
    for column in ("case_id", "submitted_by", "decided_by"):
        op.create_index(f"ix_case_submissions_{column}", "case_submissions", [column])
    op.create_index(
        "ix_case_submissions_state_submitted_at", "case_submissions", ["state", "submitted_at"]
    )
    waits = sa.text("state = 'waiting'")
    op.create_index(
        "uq_case_submissions_waiting", "case_submissions", ["case_id"], unique=True,
        sqlite_where=waits, postgresql_where=waits,
    )  # fmt: skip


def _comments_and_withdrawals() -> None:
    op.create_table(
        "case_comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(60), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        _reference("case_comments", "case_id", "case_studies", "CASCADE"),
        _reference("case_comments", "answers", "case_comments", "CASCADE"),
        _reference("case_comments", "author_id", "persons", "SET NULL"),
        _reference("case_comments", "settled_by", "persons", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_case_comments"),
    )
    for column in ("answers", "author_id", "settled_by"):
        op.create_index(f"ix_case_comments_{column}", "case_comments", [column])
    op.create_index(
        "ix_case_comments_case_id_settled_at", "case_comments", ["case_id", "settled_at"]
    )
    op.create_table(
        "case_withdrawals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", Moment(), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", Moment(), nullable=True),
        _reference("case_withdrawals", "case_id", "case_studies", "CASCADE"),
        _reference("case_withdrawals", "withdrawn_by", "persons", "SET NULL"),
        _reference("case_withdrawals", "undone_by", "persons", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_case_withdrawals"),
    )
    for column in ("case_id", "withdrawn_by", "undone_by"):
        op.create_index(f"ix_case_withdrawals_{column}", "case_withdrawals", [column])


def downgrade() -> None:
    """Drop them: what was published stays; drafts, whose words stood here alone, go."""
    op.execute("DELETE FROM case_studies WHERE published_at IS NULL")
    for table in (
        "case_withdrawals", "case_comments", "case_submissions", "case_writers", "case_sections",
    ):  # fmt: skip
        op.drop_table(table)
