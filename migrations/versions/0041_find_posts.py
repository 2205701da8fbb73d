"""Let posts be found by their words, and each kind of text have a vocabulary of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0036"
branch_labels = None
depends_on = None

_WORD = sa.String(60).with_variant(sa.String(60, collation="C"), "postgresql")


def upgrade() -> None:
    """Mark every post as not yet found; the job of the next minute finds them."""
    column = sa.Column("found_as", sa.Integer(), nullable=False, server_default="0")
    op.add_column("posts", column)
    waits = sa.text("found_as <> version")
    op.create_index(
        "ix_posts_not_found_yet", "posts", ["id"], sqlite_where=waits, postgresql_where=waits
    )
    _change_vocabulary(
        [sa.Column("kind", sa.String(20), nullable=False)], ["kind", "word"], ["kind", "length"],
        "SELECT 'case', word, length FROM search_vocabulary",
    )  # fmt: skip


def downgrade() -> None:
    """Forget which posts are found, and whose words are whose."""
    op.execute("DELETE FROM search_vocabulary WHERE kind <> 'case'")
    _forget_posts()
    _change_vocabulary([], ["word"], ["length"], "SELECT word, length FROM search_vocabulary")
    op.drop_index("ix_posts_not_found_yet", "posts")
    op.drop_column("posts", "found_as")


def _change_vocabulary(
    more: list[sa.Column[str]], key: list[str], index: list[str], rows: str
) -> None:
    """Make the table anew: SQLite cannot change a primary key."""
    before = "ix_search_vocabulary_length" if more else "ix_search_vocabulary_kind_length"
    op.drop_index(before, "search_vocabulary")
    op.create_table(
        "search_vocabulary_then",
        *more,
        sa.Column("word", _WORD, nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(*key, name="pk_search_vocabulary_then"),
    )
    op.execute(f"INSERT INTO search_vocabulary_then {rows}")  # noqa: S608 (no input)
    op.drop_table("search_vocabulary")
    op.rename_table("search_vocabulary_then", "search_vocabulary")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX pk_search_vocabulary_then RENAME TO pk_search_vocabulary")
    op.create_index("_".join(["ix_search_vocabulary", *index]), "search_vocabulary", index)


def _forget_posts() -> None:
    own = "IN (SELECT id FROM search_documents WHERE kind = 'post')"
    column = "document_id" if op.get_bind().dialect.name == "postgresql" else "rowid"
    op.execute(f"DELETE FROM search_texts WHERE {column} {own}")  # noqa: S608 (no input)
    op.execute("DELETE FROM search_documents WHERE kind = 'post'")
