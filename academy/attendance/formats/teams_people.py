"""The second section of a Teams report: who was there, and whose the connections are."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from academy.attendance.formats import teams_words as words
from academy.attendance.formats.headers import level
from academy.attendance.formats.report import Field, Role
from academy.attendance.reading.durations import seconds_of
from academy.attendance.reading.moments import MomentReader
from academy.lib.tables import Row

_ADDRESS = re.compile(r"[^@\s*]+@[^@\s*]+\.[^@\s*]+")
#: The principal name of a guest in another directory is made up and no address of theirs.
_FOREIGN_ACCOUNT = "#ext#"
_TWO_DAYS = 2 * 86_400
_MINUTE = 60


@dataclass(frozen=True)
class List:
    """One list of a report: its header, what its columns are, and its rows."""

    header: Row
    columns: Mapping[Field, int]
    principal_name: int | None
    role: int | None
    rows: list[Row]

    def cell(self, row: Row, place: int | None) -> str:
        """Return a cell of a row, or nothing."""
        return row.cells[place].strip() if place is not None and place < len(row.cells) else ""

    def name(self, row: Row) -> str:
        """Return the name as the two sections share it."""
        return " ".join(self.cell(row, self.columns["name"]).casefold().split())

    def address(self, row: Row) -> int | None:
        """Return the column that has an address: the e-mail's, or else the principal name's."""
        for place in (self.columns.get("email"), self.principal_name):
            cell = self.cell(row, place).casefold()
            if _FOREIGN_ACCOUNT not in cell and _ADDRESS.fullmatch(cell):
                return place
        return None

    def role_of(self, row: Row) -> Role | None:
        """Return the role that a row states, or None where it states none."""
        said = level(self.cell(row, self.role))
        if not said:
            return None
        return "host" if said in words.ORGANISER else "attendee"

    def times(self, row: Row) -> tuple[str, str]:
        """Return the cells of joining and leaving."""
        return (
            self.cell(row, self.columns.get("joined")),
            self.cell(row, self.columns.get("left")),
        )

    def has_gaps(self, row: Row, reader: MomentReader) -> bool:
        """Say whether the stated length is shorter than from first joining to last leaving."""
        stated = seconds_of(self.cell(row, self.columns.get("minutes")))
        span = _span(reader, *self.times(row))
        return stated is not None and span is not None and stated + _MINUTE < span


def _span(reader: MomentReader, first: str, last: str) -> float | None:
    """Return the seconds between two cells, in whichever order of day and month they make sense."""
    joined, left = reader.find(first), reader.find(last)
    if not (joined.date and left.date and joined.time and left.time):
        return None
    ends = left.date.readings()
    clock = _seconds(left.time) - _seconds(joined.time)
    for order, day in joined.date.readings().items():
        seconds = (ends[order] - day).days * 86_400 + clock if order in ends else -1
        if 0 <= seconds <= _TWO_DAYS:
            return seconds
    return None


def _seconds(time: dt.time) -> int:
    return time.hour * 3600 + time.minute * 60 + time.second


class People:
    """The people of a report, found by address or by name, and those whose turn never came."""

    def __init__(self, people: List) -> None:
        self.list = people
        self._by_name: dict[str, list[Row]] = {}
        self._by_address: dict[str, list[Row]] = {}
        self._met: set[int] = set()
        for row in people.rows:
            self._by_name.setdefault(people.name(row), []).append(row)
            address = people.cell(row, people.address(row)).casefold()
            if address:
                self._by_address.setdefault(address, []).append(row)

    def find(self, stays: List, row: Row) -> Row | None:
        """Return whose connection a row of the third section is; None if it could be several's."""
        address = stays.cell(row, stays.address(row)).casefold()
        found = self._by_address.get(address, []) if address else []
        found = found or self._by_name.get(stays.name(row), [])
        self._met.update(person.number for person in found)
        if len(found) > 1:
            found = self._at_the_same_time(found, stays.times(row))
        return found[0] if len(found) == 1 else None

    def _at_the_same_time(self, people: Iterable[Row], times: tuple[str, str]) -> list[Row]:
        joined, left = times
        return [
            person
            for person in people
            for first, last in (self.list.times(person),)
            if first == joined or last == left
        ]

    def rest(self) -> Iterator[Row]:
        """Yield the people without a connection in the third section."""
        return (row for row in self.list.rows if row.number not in self._met)
