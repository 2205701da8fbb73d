"""Dates that no row of a report hands on and that are written in its order of day and month."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from academy.attendance.formats.report import Columns
from academy.lib.tables import RefusedRow, Row, Table

#: A date before a time of day, even one that is no moment: a second of 61, a leaving too early.
_DATED = re.compile(
    r"\s*(\d{1,4}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{1,4})\.?[\s,T]+\D{0,6}\d{1,2}[:.]\d\d"
)


def dates_in(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the dates of the cells that begin with a date and go on with a time of day."""
    for row in rows:
        for cell in row.cells:
            found = _DATED.match(cell)
            if found:
                yield found[1]


def dates_of_refused(table: Table, refused: Iterable[RefusedRow]) -> tuple[str, ...]:
    """Return the dates of rows that are of no other use: the first of each writing."""
    numbers = sorted({row.number for row in refused})
    rows = (row for row in table.rows if _stands_in(numbers, row.number)) if numbers else ()
    return tuple(dict.fromkeys([*dates_in(table.spoiled), *dates_in(rows)]))


def _stands_in(numbers: list[int], number: int) -> bool:
    place = bisect_left(numbers, number)
    return place < len(numbers) and numbers[place] == number


def places_beside(rows: Iterable[Row], columns: Columns) -> frozenset[int]:
    """Return the columns, apart from joining and leaving, that hold moments in most rows."""
    known = {columns.get("joined"), columns.get("left")}
    found: dict[int, int] = {}
    count = 0
    for row in rows:
        count += 1
        for place, cell in enumerate(row.cells):
            if place not in known and _DATED.match(cell):
                found[place] = found.get(place, 0) + 1
    return frozenset(place for place, hits in found.items() if 2 * hits > count)
