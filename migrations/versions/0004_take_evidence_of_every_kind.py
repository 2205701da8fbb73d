"""Take evidence of every kind, know the room's door, and let a series have rules of its own."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from academy.db import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None



def _series_columns() -> tuple[sa.Column[Any], ...]:
    return (
    sa.Column("door_minutes", sa.Integer(), nullable=False, server_default="15"),
    sa.Column("smallest_stay", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("breaks", sa.JSON(), nullable=False, server_default="[]"),
    sa.Column("door_counts", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("retention_months", sa.Integer(), nullable=True),
    sa.Column("anonymised_at", Moment(), nullable=True),
    sa.Column("frozen", sa.JSON(), nullable=False, server_default="{}"),
)


def _live_session_columns() -> tuple[sa.Column[Any], ...]:
    return (
    sa.Column("room_url", sa.String(500), nullable=False, server_default=""),
    sa.Column("recording_megabytes", sa.Integer(), nullable=True),
    sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"),
)

#: A row of evidence is in the live session of its identity.
_FILL = sa.text(
    "UPDATE evidence SET live_session_id ="
    " (SELECT live_session_id FROM identities WHERE identities.id = evidence.identity_id),"
    " recorded_at = COALESCE((SELECT finished_at FROM attendance_imports"
    " WHERE attendance_imports.id = evidence.import_id), CURRENT_TIMESTAMP)"
)


def upgrade() -> None:
    """Add what an open door, a roll, a code and a rule need."""
    for column in _series_columns():
        op.add_column("series", column)
    for column in _live_session_columns():
        op.add_column("live_sessions", column)
    op.add_column(
        "registrations", sa.Column("link_version", sa.Integer(), nullable=False, server_default="1")
    )
    _add_to_evidence()
    op.execute(_FILL)
    with op.batch_alter_table("evidence") as table:
        table.alter_column("live_session_id", existing_type=sa.Integer(), nullable=False)
        table.alter_column("recorded_at", existing_type=Moment(), nullable=False)
        table.alter_column("import_id", existing_type=sa.Integer(), nullable=True)
        table.alter_column("row_number", existing_type=sa.Integer(), nullable=True)
    op.create_index("ix_evidence_live_session_id", "evidence", ["live_session_id"])


def _add_to_evidence() -> None:
    with op.batch_alter_table("evidence") as table:
        table.add_column(sa.Column("live_session_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("source", sa.String(16), nullable=False, server_default="file"))
        table.add_column(sa.Column("recorded_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("recorded_at", Moment(), nullable=True))
        table.add_column(sa.Column("withdrawn_at", Moment(), nullable=True))
        table.add_column(sa.Column("withdrawn_by", sa.Integer(), nullable=True))
        table.create_foreign_key(
            "fk_evidence_live_session_id_live_sessions",
            "live_sessions",
            ["live_session_id"],
            ["id"],
            ondelete="CASCADE",
        )
        for column in ("recorded_by", "withdrawn_by"):
            table.create_foreign_key(
                f"fk_evidence_{column}_persons", "persons", [column], ["id"], ondelete="SET NULL"
            )


def downgrade() -> None:
    """Keep the rows of files only; a lower version knows no other evidence."""
    op.execute("DELETE FROM evidence WHERE import_id IS NULL OR row_number IS NULL")
    op.drop_index("ix_evidence_live_session_id", table_name="evidence")
    with op.batch_alter_table("evidence") as table:
        for column in ("recorded_by", "withdrawn_by"):
            table.drop_constraint(f"fk_evidence_{column}_persons", type_="foreignkey")
        table.drop_constraint("fk_evidence_live_session_id_live_sessions", type_="foreignkey")
        for column in ("live_session_id", "source", "recorded_by", "recorded_at",
                       "withdrawn_at", "withdrawn_by"):  # fmt: skip
            table.drop_column(column)
        table.alter_column("import_id", existing_type=sa.Integer(), nullable=False)
        table.alter_column("row_number", existing_type=sa.Integer(), nullable=False)
    op.drop_column("registrations", "link_version")
    for column in _live_session_columns():
        op.drop_column("live_sessions", column.name)
    for column in _series_columns():
        op.drop_column("series", column.name)
