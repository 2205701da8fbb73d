"""One page of a long list: its rows, where they stand in the list, and whether more follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list of `total`; pages are counted from 1 and hold up to `size` rows."""

    rows: Sequence[Row]
    number: int
    total: int
    size: int

    @property
    def first(self) -> int:
        """The position of the first row, counted from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        """The position of the last row."""
        return self.first + len(self.rows) - 1

    @property
    def has_next(self) -> bool:
        """Whether there are rows after this page."""
        return self.last < self.total
