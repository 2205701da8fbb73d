"""Let learners share reflections: threads that few may see, and which post shows what."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0054"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def _reference(column: str, to: str) -> sa.ForeignKeyConstraint:
    name = f"fk_reflections_{column}_{to}"
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    """Make the table and both columns; all threads that are there are for everybody."""
    audience = sa.Column("audience", sa.String(12), nullable=False, server_default="")
    op.add_column("threads", audience)
    op.add_column("lesson_studies", sa.Column("reflected_at", _MOMENT))
    op.create_table(
        "reflections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("question_key", sa.String(60), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("shared_at", _MOMENT, nullable=False),
        _reference("attempt_id", "quiz_attempts"),
        _reference("lesson_id", "lessons"),
        _reference("post_id", "posts"),
        sa.PrimaryKeyConstraint("id", name="pk_reflections"),
        sa.UniqueConstraint(
            "attempt_id", "question_key", name="uq_reflections_attempt_id_question_key"
        ),
        sa.UniqueConstraint("post_id", name="uq_reflections_post_id"),
    )
    op.create_index("ix_reflections_lesson_id", "reflections", ["lesson_id"])


def downgrade() -> None:
    """Drop them; threads that few could see are hidden, for else everybody would."""
    op.execute("UPDATE threads SET state = 'hidden' WHERE audience <> ''")
    op.drop_table("reflections")
    op.drop_column("lesson_studies", "reflected_at")
    op.drop_column("threads", "audience")
