"""Keep the versions of the files of courses, and drafts of what they shall say."""

import sqlalchemy as sa
from alembic import op

from academy.db import Moment

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables; what was loaded so far is the first version of each file."""
    op.add_column(
        "courses", sa.Column("decided_by", sa.String(8), nullable=False, server_default="files")
    )
    op.create_table(
        "course_file_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(300), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("whence", sa.String(8), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(300), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"],
            name="fk_course_file_versions_course_id_courses", ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["persons.id"],
            name="fk_course_file_versions_author_id_persons", ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_course_file_versions"),
        sa.UniqueConstraint(
            "course_id", "path", "number", name="uq_course_file_versions_course_id_path_number"
        ),
    )  # fmt: skip
    op.create_index("ix_course_file_versions_author_id", "course_file_versions", ["author_id"])
    op.create_table(
        "course_drafts",
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(300), nullable=False),
        sa.Column("based_on", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name="fk_course_drafts_course_id_courses",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["persons.id"], name="fk_course_drafts_author_id_persons",
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("course_id", "path", name="pk_course_drafts"),
    )  # fmt: skip
    op.create_index("ix_course_drafts_author_id", "course_drafts", ["author_id"])
    op.execute(
        "INSERT INTO course_file_versions "
        "(course_id, path, number, whence, digest, data, note, created_at) "
        "SELECT f.course_id, f.path, 1, 'files', f.digest, f.data, '', c.changed_at "
        "FROM course_files f JOIN courses c ON c.id = f.course_id"
    )


def downgrade() -> None:
    """Drop both; what is published stays."""
    op.drop_table("course_drafts")
    op.drop_table("course_file_versions")
    op.drop_column("courses", "decided_by")
