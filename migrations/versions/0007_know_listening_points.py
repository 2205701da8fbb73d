"""Know listening points: one device, many people, by name or as numbers."""

import sqlalchemy as sa
from alembic import op

from academy.db import Moment

revision = "0007"
down_revision = "0013"
branch_labels = None
depends_on = None

#: What is said of a person who may be removed.
_PEOPLE = ("hosted_by", "created_by", "changed_by", "withdrawn_by")


def upgrade() -> None:
    """Add the points and those who were there by name."""
    op.create_table(
        "listening_points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("live_session_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("country", sa.String(2), nullable=True),
        sa.Column("hosted_by", sa.Integer(), nullable=True),
        sa.Column("women", sa.Integer(), nullable=False),
        sa.Column("men", sa.Integer(), nullable=False),
        sa.Column("others", sa.Integer(), nullable=False),
        sa.Column("from_minute", sa.Integer(), nullable=False),
        sa.Column("until_minute", sa.Integer(), nullable=True),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        *_constraints(),
    )
    op.create_index("ix_listening_points_country", "listening_points", ["country"])
    standing = sa.text("withdrawn_at IS NULL")
    op.create_index(
        "uq_listening_points_host", "listening_points", ["live_session_id", "hosted_by"],
        unique=True, sqlite_where=standing, postgresql_where=standing,
    )  # fmt: skip
    _create_entries()


def _constraints() -> list[sa.Constraint]:
    table = "listening_points"
    people = [
        sa.ForeignKeyConstraint([one], ["persons.id"], f"fk_{table}_{one}_persons",
                                ondelete="SET NULL")
        for one in _PEOPLE
    ]  # fmt: skip
    return [
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["live_session_id"], ["live_sessions.id"],
                                f"fk_{table}_live_session_id_live_sessions", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["device_id"], ["identities.id"],
                                f"fk_{table}_device_id_identities", ondelete="SET NULL"),
        *people,
        sa.CheckConstraint("women >= 0 AND men >= 0 AND others >= 0",
                           name=op.f(f"ck_{table}_nobody_is_negative")),
        sa.CheckConstraint("from_minute >= 0", name=op.f(f"ck_{table}_from_the_start")),
        sa.CheckConstraint("until_minute IS NULL OR until_minute > from_minute",
                           name=op.f(f"ck_{table}_until_later")),
    ]  # fmt: skip


def _create_entries() -> None:
    table = "listening_point_entries"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("typed", sa.String(320), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("taken_off_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["point_id"], ["listening_points.id"],
                                f"fk_{table}_point_id_listening_points", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"],
                                f"fk_{table}_evidence_id_evidence", ondelete="CASCADE"),
        sa.UniqueConstraint("point_id", "number", name=f"uq_{table}_point_id_number"),
    )  # fmt: skip
    op.create_index(f"ix_{table}_evidence_id", table, ["evidence_id"])


def downgrade() -> None:
    """Forget the points; who was there by name stays as evidence."""
    op.drop_table("listening_point_entries")
    op.drop_table("listening_points")
