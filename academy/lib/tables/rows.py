"""What a file holds once it is read: rows of text with the line in which each begins."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

#: Called with (rows done, rows in all); the second is 0 while it is unknown.
Progress = Callable[[int, int], None]


class Row(NamedTuple):
    """One row: the 1-based line in which it begins, and its cells as text."""

    number: int
    cells: list[str]


class RefusedRow(NamedTuple):
    """One row that cannot be used, and the sentence that says why."""

    number: int
    why: str


@dataclass(frozen=True)
class Table:
    """The rows of one file in their order, without empty ones."""

    rows: list[Row]
    refused: list[RefusedRow]
    #: How the file was written: "utf-8", "utf-16-le", "cp1252", ... or "xlsx".
    encoding: str
    #: The sign between cells, or "" for a workbook.
    delimiter: str
    #: What is left of the refused rows: their sound cells may still tell how dates are written.
    spoiled: list[Row] = field(default_factory=list)
