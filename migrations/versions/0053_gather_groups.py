"""Name facilitators of series, and keep the letters that are written to learners of a course."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def _reference(table: str, column: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{to}"
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "facilitators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("named_by", sa.Integer()),
        sa.Column("named_at", _MOMENT, nullable=False),
        sa.Column("removed_at", _MOMENT),
        _reference("facilitators", "series_id", "series", "CASCADE"),
        _reference("facilitators", "person_id", "persons", "CASCADE"),
        _reference("facilitators", "named_by", "persons", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_facilitators"),
        sa.UniqueConstraint("series_id", "person_id", name="uq_facilitators_series_id_person_id"),
    )
    op.create_index("ix_facilitators_person_id", "facilitators", ["person_id"])
    op.create_index("ix_facilitators_named_by", "facilitators", ["named_by"])
    op.create_table(
        "course_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer()),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("sent_at", _MOMENT, nullable=False),
        sa.Column("stopped_at", _MOMENT),
        _reference("course_letters", "course_id", "courses", "CASCADE"),
        _reference("course_letters", "author_id", "persons", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_course_letters"),
        sa.UniqueConstraint("key", name="uq_course_letters_key"),
    )
    op.create_index("ix_course_letters_course_id", "course_letters", ["course_id"])
    op.create_index("ix_course_letters_author_id", "course_letters", ["author_id"])


def downgrade() -> None:
    """Drop both; what was written to learners is in the ledger."""
    op.drop_table("course_letters")
    op.drop_table("facilitators")
