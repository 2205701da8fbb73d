"""Keep the words of reasons where moderators edit them, notes about people, claims of anything."""

import sqlalchemy as sa
from alembic import op

from academy.db import Moment, now

revision = "0039"
down_revision = "0044"
branch_labels = None
depends_on = None

_WAITING = "moderation_waiting"
#: key → its words in English and in Indonesian, in the order in which they are offered.
_SEEDS = {
    "fits": ("It fits here.", "Ini cocok di sini."),
    "spam": ("It advertises.", "Ini iklan."),
    "harm": ("It may hurt people.", "Ini dapat menyakiti orang."),
    "private": (
        "It tells private things of somebody.",
        "Ini menyebut hal pribadi seseorang.",
    ),
    "off_topic": ("It belongs somewhere else.", "Ini lebih cocok di tempat lain."),
    "copied": ("It was copied from elsewhere.", "Ini disalin dari tempat lain."),
    "repeated": ("It was said before.", "Ini sudah dikatakan."),
    "other": ("Another reason, said in the note.", "Alasan lain, disebut dalam catatan."),
}


def _reference(table: str, column: str, to: str, on: str) -> sa.ForeignKeyConstraint:
    name, key = to.split(".")
    return sa.ForeignKeyConstraint(
        [column], [f"{name}.{key}"], name=f"fk_{table}_{column}_{name}", ondelete=on
    )


def upgrade() -> None:
    """Make the three tables, fill in the words, and let decisions keep theirs."""
    _reasons()
    _versions()
    _notes()
    decisions = "moderation_decisions"
    column = sa.Column("reason_words", sa.JSON(), nullable=False, server_default="{}")
    op.add_column(decisions, column)
    _seed()
    _claims()


def _claims() -> None:
    """Let anything in the queue be claimed; a claim holds for minutes, so none is carried over."""
    name = "moderation_claims"
    op.create_table(
        name,
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.Integer(), nullable=False),
        sa.Column("claimed_at", Moment(), nullable=False),
        _reference(name, "claimed_by", "persons.id", "CASCADE"),
        sa.PrimaryKeyConstraint("kind", "item_id", name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_claimed_by", name, ["claimed_by"])
    op.drop_index(f"ix_{_WAITING}_claimed_by", _WAITING)
    with op.batch_alter_table(_WAITING) as table:
        table.drop_constraint(f"fk_{_WAITING}_claimed_by_persons", type_="foreignkey")
        table.drop_column("claimed_by")
        table.drop_column("claimed_at")


def _reasons() -> None:
    name = "moderation_reasons"
    op.create_table(
        name,
        sa.Column("key", sa.String(20), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", Moment(), nullable=False),
        _reference(name, "changed_by", "persons.id", "SET NULL"),
        sa.PrimaryKeyConstraint("key", name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_changed_by", name, ["changed_by"])


def _versions() -> None:
    name = "moderation_reason_versions"
    op.create_table(
        name,
        sa.Column("key", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", Moment(), nullable=False),
        _reference(name, "key", "moderation_reasons.key", "CASCADE"),
        _reference(name, "changed_by", "persons.id", "SET NULL"),
        sa.PrimaryKeyConstraint("key", "version", name=f"pk_{name}"),
    )
    op.create_index(f"ix_{name}_changed_by", name, ["changed_by"])


def _notes() -> None:
    name = "moderation_notes"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("written_at", Moment(), nullable=False),
        _reference(name, "person_id", "persons.id", "CASCADE"),
        _reference(name, "written_by", "persons.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )
    for column in ("person_id", "written_by"):
        op.create_index(f"ix_{name}_{column}", name, [column])


def _seed() -> None:
    """Write the words with which decisions were told so far, also into those decisions."""
    reasons = sa.table(
        "moderation_reasons", sa.column("key"), sa.column("words", sa.JSON()),
        sa.column("position"), sa.column("is_active", sa.Boolean()), sa.column("version"),
        sa.column("changed_at", Moment()),
    )  # fmt: skip
    decisions = sa.table(
        "moderation_decisions", sa.column("reason"), sa.column("reason_words", sa.JSON())
    )
    for position, (key, (english, indonesian)) in enumerate(_SEEDS.items(), 1):
        words = {"en": english, "id": indonesian}
        op.bulk_insert(reasons, [{
            "key": key, "words": words, "position": position, "is_active": True, "version": 1,
            "changed_at": now(),
        }])  # fmt: skip
        op.execute(
            decisions.update().where(decisions.c.reason == key).values(reason_words=words)
        )


def downgrade() -> None:
    """Drop them; decisions keep the key of their reason."""
    with op.batch_alter_table(_WAITING) as table:
        table.add_column(sa.Column("claimed_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("claimed_at", Moment(), nullable=True))
        table.create_foreign_key(
            f"fk_{_WAITING}_claimed_by_persons", "persons", ["claimed_by"], ["id"],
            ondelete="SET NULL",
        )  # fmt: skip
    op.create_index(f"ix_{_WAITING}_claimed_by", _WAITING, ["claimed_by"])
    op.drop_column("moderation_decisions", "reason_words")
    for name in ("claims", "notes", "reason_versions", "reasons"):
        op.drop_table(f"moderation_{name}")
