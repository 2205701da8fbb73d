"""Counting the SQL statements that a piece of code costs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

HOUSEKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA")


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Yield a list that fills with the statements sent meanwhile, savepoints left out."""
    statements: list[str] = []

    def note(*facts: Any) -> None:
        if not facts[2].startswith(HOUSEKEEPING):
            statements.append(facts[2])

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
