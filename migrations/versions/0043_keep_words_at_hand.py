"""Keep the words of texts inside their rows on PostgreSQL, so that ranking need not unpack them.

A tsvector of a case is two to four kilobytes, so PostgreSQL packed it and put it elsewhere; ranking
three thousand hits took it from there one by one (62 ms of 10,000 cases, 27 ms inside the row).
"""

from alembic import op

revision = "0043"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Store what is there again in the new way; SQLite's index has nothing to change."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE search_texts ALTER COLUMN words SET STORAGE MAIN")
        op.execute("ALTER TABLE search_texts SET (toast_tuple_target = 8160)")
        # Something is joined to each, else PostgreSQL keeps them where they are.
        op.execute("UPDATE search_texts SET words = words || CAST('' AS tsvector)")


def downgrade() -> None:
    """Let PostgreSQL pack them again as they are next written."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE search_texts RESET (toast_tuple_target)")
        op.execute("ALTER TABLE search_texts ALTER COLUMN words SET STORAGE EXTENDED")
