"""A part of a long list of people: which is asked for, and which it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from academy.db import session
from academy.people.models import Person

PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of the people are asked for."""

    #: The name of a tab.
    show: str
    #: A part of a name or of an address.
    words: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A page of them."""

    rows: Sequence[Any]
    first: int
    last: int
    total: int

    @property
    def has_next(self) -> bool:
        """Whether there are more of them."""
        return self.last < self.total and len(self.rows) == PAGE


def read_part(statement: Select[*tuple[Any, ...]], page: int) -> Part:
    """Return a page of the rows of `statement`, by name; two statements."""
    total = session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    start = (page - 1) * PAGE
    ordered = statement.order_by(func.lower(Person.name), Person.id).limit(PAGE).offset(start)
    rows = session.execute(ordered).all()
    return Part(rows, start + 1 if rows else 0, start + len(rows), total)
