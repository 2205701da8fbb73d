"""The whole database as text, to look for what must not be in it."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Table, select

from academy.db import session
from academy.tables import metadata


def find_anywhere(words: Iterable[str]) -> list[tuple[str, str, str]]:
    """Return (table, column, word) for each of the words that stands in any column of any row."""
    sought = [word.casefold() for word in words]
    session.expire_all()
    return sorted(
        {
            (table.name, column, word)
            for table in metadata.sorted_tables
            for column, text in _texts_of(table)
            for word in sought
            if word in text
        }
    )


def _texts_of(table: Table) -> Iterator[tuple[str, str]]:
    for row in session.execute(select(table)).mappings():
        for column, value in row.items():
            if isinstance(value, bytes):
                yield str(column), value.decode("utf-8", "replace").replace("\0", "").casefold()
            elif isinstance(value, str | dict | list):
                yield str(column), str(value).casefold()
