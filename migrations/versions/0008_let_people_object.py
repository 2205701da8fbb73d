"""Let people object to their attendance, and let reviewers write a word beside a reason."""

import sqlalchemy as sa
from alembic import op

from academy.db import Moment

revision = "0008"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the objections, and the note of a decision."""
    op.add_column("matches", sa.Column("note", sa.String(200), nullable=False, server_default=""))
    op.create_table(
        "objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("live_session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("how", sa.String(16), nullable=False),
        sa.Column("from_at", Moment(), nullable=True),
        sa.Column("until_at", Moment(), nullable=True),
        sa.Column("words", sa.String(1000), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("reply", sa.String(500), nullable=False),
        sa.Column("effects", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["live_session_id"], ["live_sessions.id"],
            name="fk_objections_live_session_id_live_sessions", ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"],
            name="fk_objections_person_id_persons", ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["persons.id"],
            name="fk_objections_answered_by_persons", ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_objections"),
    )
    for column in ("live_session_id", "person_id"):
        op.create_index(f"ix_objections_{column}", "objections", [column])
    op.create_index("ix_objections_state", "objections", ["state", "id"])
    op.create_index(
        "uq_objections_open", "objections", ["live_session_id", "person_id"], unique=True,
        sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"),
    )


def downgrade() -> None:
    """Drop what people said; what was made of it stays as evidence."""
    op.drop_table("objections")
    op.drop_column("matches", "note")
