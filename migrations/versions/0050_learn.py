"""Keep courses, their lessons and quizzes, and how far each learner is."""

import sqlalchemy as sa
from alembic import op

from academy.db import Moment

revision = "0050"
down_revision = "0039"
branch_labels = None
depends_on = None

TABLES = ("courses", "lessons", "lesson_texts", "quiz_questions", "course_files", "lesson_studies", "quiz_attempts", "course_completions")


def upgrade() -> None:
    """Make the tables of courses, each after what it refers to."""
    op.create_table(
        "courses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("glossary", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_courses"),
        sa.UniqueConstraint("slug", name="uq_courses_slug"),
    )  # fmt: skip
    op.create_table(
        "lessons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("module", sa.String(60), nullable=False),
        sa.Column("slug", sa.String(60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("draw", sa.Integer(), nullable=True),
        sa.Column("passed_at", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"],
            name="fk_lessons_course_id_courses", ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_lessons"),
        sa.UniqueConstraint("key", name="uq_lessons_key"),
    )  # fmt: skip
    op.create_index("ix_lessons_course_id_position", "lessons", ["course_id", "position"])
    op.create_table(
        "lesson_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("summary", sa.String(600), nullable=False),
        sa.Column("head", sa.JSON(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lessons.id"],
            name="fk_lesson_texts_lesson_id_lessons", ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_lesson_texts"),
        sa.UniqueConstraint("lesson_id", "language", name="uq_lesson_texts_lesson_id_language"),
    )  # fmt: skip
    op.create_table(
        "quiz_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("retired_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lessons.id"],
            name="fk_quiz_questions_lesson_id_lessons", ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_quiz_questions"),
        sa.UniqueConstraint("lesson_id", "key", name="uq_quiz_questions_lesson_id_key"),
    )  # fmt: skip
    op.create_table(
        "course_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(300), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"],
            name="fk_course_files_course_id_courses", ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_course_files"),
        sa.UniqueConstraint("course_id", "path", name="uq_course_files_course_id_path"),
    )  # fmt: skip
    op.create_table(
        "lesson_studies",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.Column("read_at", Moment(), nullable=True),
        sa.Column("best", sa.Integer(), nullable=True),
        sa.Column("passed_at", Moment(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lessons.id"],
            name="fk_lesson_studies_lesson_id_lessons", ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"],
            name="fk_lesson_studies_person_id_persons", ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "lesson_id", name="pk_lesson_studies"),
    )  # fmt: skip
    op.create_index("ix_lesson_studies_lesson_id", "lesson_studies", ["lesson_id"])
    op.create_table(
        "quiz_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.JSON(), nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("handed_in_at", Moment(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.CheckConstraint("percent IS NULL OR percent BETWEEN 0 AND 100", name="ck_quiz_attempts_percent"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"],
            name="fk_quiz_attempts_person_id_persons", ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lessons.id"],
            name="fk_quiz_attempts_lesson_id_lessons", ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_quiz_attempts"),
    )  # fmt: skip
    op.create_index("ix_quiz_attempts_lesson_id", "quiz_attempts", ["lesson_id"])
    op.create_index("ix_quiz_attempts_person_id_lesson_id", "quiz_attempts", ["person_id", "lesson_id"])
    op.create_table(
        "course_completions",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("completed_at", Moment(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"],
            name="fk_course_completions_person_id_persons", ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"],
            name="fk_course_completions_course_id_courses", ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "course_id", name="pk_course_completions"),
    )  # fmt: skip
    op.create_index("ix_course_completions_course_id", "course_completions", ["course_id"])


def downgrade() -> None:
    """Drop them, the last one first."""
    for name in reversed(TABLES):
        op.drop_table(name)
