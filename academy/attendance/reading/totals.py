"""Rows that add up the others, in whatever language: known by what they lack and by their number.

A list may end with a total, a count or a mean that nobody in it is. What gives them away is that
they leave empty what every other row fills, times above all, and that their number follows from
the others'. Where only the number speaks, a person may be behind it: that is said, and they stay.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from academy.attendance.formats import Field
from academy.attendance.reading.connections import Connection
from academy.attendance.reading.durations import seconds_of

#: A list ends with so many rows of sums at the most.
_MOST = 3
#: Of a single other row, or of two for anything but their sum, a number proves nothing.
_FEW, _MORE = 2, 3
_MINUTE = 60
_SUM = "the sum"
#: What the row of a person whose times were lost may lack too.
_PLAIN: tuple[Field, ...] = ("name", "first_name", "last_name", "minutes", "joined", "left")
_IS_TOTAL = (
    "Row {row}, “{name}”, leaves empty what all others fill, and its number is {what} of theirs:"
    " it is read as a total and no person."
)
_MAY_BE_TOTAL = (
    "Row {row}, “{name}”, may be a total: its number is {what} of the others'. It is read as a"
    " person; exclude it if it is none."
)


@dataclass(frozen=True, slots=True)
class Tallied:
    """The rows of a file, sums marked as such, with what is to be said of them."""

    connections: tuple[Connection, ...]
    warnings: tuple[str, ...]


def mark_totals(connections: Iterable[Connection]) -> Tallied:
    """Return the rows with the sums at the end of each list as what they are."""
    rows: list[Connection] = []
    warnings: list[str] = []
    for _, group in groupby(connections, key=lambda row: id(row.columns)):
        section = list(group)
        for place, warning, is_total in _sums(section):
            warnings.append(warning)
            if is_total:
                section[place] = replace(section[place], role="collective")
        rows += section
    return Tallied(tuple(rows), tuple(warnings))


def _sums(rows: Sequence[Connection]) -> Iterator[tuple[int, str, bool]]:
    tail = _tail(rows)
    others = rows[:tail] if tail < len(rows) else []
    lengths = [one for row in others if (one := _length(row)) is not None]
    if not lengths:
        return
    always = _always_filled(others)
    for place in range(tail, len(rows)):
        row = rows[place]
        what = _what_of(_length(row) or 0, lengths)
        lacks = always - _filled(row)
        if row.role == "attendee" and (what == _SUM or (what and lacks)):
            is_total = _is_total(row, what, lacks, always, len(lengths))
            sentence = _IS_TOTAL if is_total else _MAY_BE_TOTAL
            yield place, sentence.format(row=row.row, name=row.shown_name, what=what), is_total


def _is_total(row: Connection, what: str, lacks: set[int], always: set[int], others: int) -> bool:
    """Of a person the times alone may be lost; a sum also has no guest, no role, no consent."""
    plain = {row.columns[field] for field in _PLAIN if field in row.columns}
    is_bare = bool(lacks - plain)
    if what != _SUM:
        return is_bare and "joined" in row.columns and others >= _MORE
    is_all_there_is = "joined" in row.columns and not always - plain
    return others >= _FEW and (is_bare or is_all_there_is)


def _tail(rows: Sequence[Connection]) -> int:
    """Return where the last rows begin that might be sums: nameable, and with nothing but a number.

    In a list without times a single last row is looked at.
    """
    place = len(rows)
    while place > max(1, len(rows) - _MOST) and _could_be_sum(rows[place - 1]):
        place -= 1
        if "joined" not in rows[place].columns:
            break
    return place


def _could_be_sum(row: Connection) -> bool:
    has_nobody = row.joined is None and row.left is None and row.span is None and not row.email
    return has_nobody and row.attended and bool(_length(row)) and not _is_timed(row)


def _is_timed(row: Connection) -> bool:
    """Whether a cell of joining or leaving holds anything, even a moment of an open date."""
    return bool({row.columns.get("joined"), row.columns.get("left")} & _filled(row))


def _length(row: Connection) -> int | None:
    """Return the seconds that a row states."""
    place = row.columns.get("minutes")
    cell = row.cells[place].strip() if place is not None and place < len(row.cells) else ""
    return int(cell) * _MINUTE if cell.isdecimal() and len(cell) < 8 else seconds_of(cell)  # noqa: PLR2004


def _what_of(number: int, lengths: Sequence[int]) -> str:
    """Return what of the others a number is, or nothing."""
    if number <= 0:
        what = ""
    elif number == sum(lengths):
        what = _SUM
    elif number == len(lengths) * _MINUTE:
        what = "the count"
    elif len(set(lengths)) > 1 and abs(number - sum(lengths) / len(lengths)) < _MINUTE:
        what = "the mean"
    else:
        what = "the most" if len(set(lengths)) > 1 and number == max(lengths) else ""
    return what


def _always_filled(rows: Sequence[Connection]) -> set[int]:
    return set.intersection(*(_filled(row) for row in rows))


def _filled(row: Connection) -> set[int]:
    return {place for place, cell in enumerate(row.cells) if cell.strip(" -–—\t")}
