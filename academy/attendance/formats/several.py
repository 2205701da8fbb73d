"""Several reports of one file put together: copies once, halves joined, meetings kept apart."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from academy.attendance.formats.blocks import levelled
from academy.attendance.formats.report import ENVELOPES, Meeting, Report, Section
from academy.attendance.reading.moments import MomentReader
from academy.lib.tables import Row

_EMPTY = "This file also names another meeting ({title}) and nobody who was there: was it cut off?"
_Cells = tuple[str, ...]


class Part(NamedTuple):
    """One report: what it says of its meeting, and its lists."""

    #: Its key is "" where nothing names the meeting: then the days of its rows do.
    meeting: Meeting
    sections: tuple[Section, ...]

    @property
    def rows(self) -> Iterator[Row]:
        """The rows of all its lists."""
        return (row for section in self.sections for row in section.rows)


def put_together(report: Report, parts: Sequence[Part]) -> Report:
    """Return the report of all parts.

    What tells of one meeting is joined, and a row that stands in two copies counts once; different
    meetings are kept apart, and a human or the day chooses. A part without anybody is named.
    """
    held = [part for part in parts if any(True for _row in part.rows)]
    groups = _grouped(report, held) if len(held) > 1 else held or list(parts[:1])
    keys = {part.meeting.key for part in groups}
    empty = [part.meeting for part in parts if part not in groups and part.meeting.key not in keys
             and not any(True for _row in part.rows)]  # fmt: skip
    said = tuple(_EMPTY.format(title=one.title or one.key) for one in empty if one.key)
    dates = [part.meeting.dates for part in parts]
    whole = replace(
        report,
        warnings=(*report.warnings, *dict.fromkeys(said)),
        held=tuple((these[0], these[-1]) for these in dates if len(these) > 1),
    )
    return _several(whole, groups) if len(groups) > 1 else _one(whole, groups[0])


def _one(report: Report, part: Part) -> Report:
    return replace(
        report,
        sections=part.sections,
        host_email=report.host_email or part.meeting.host_email,
        host_name=report.host_name or part.meeting.host_name,
        warnings=(*report.warnings, *part.meeting.warnings),
    )


def _several(report: Report, parts: Sequence[Part]) -> Report:
    keys = _unlike([part.meeting.key for part in parts])
    return replace(
        report,
        sections=tuple(
            replace(section, meeting=key)
            for key, part in zip(keys, parts, strict=True)
            for section in part.sections
        ),
        meetings=tuple(
            replace(part.meeting, key=key, title=part.meeting.title or part.meeting.key)
            for key, part in zip(keys, parts, strict=True)
        ),
        must_choose=True,
    )


def _unlike(keys: Sequence[str]) -> list[str]:
    """Number the keys that are empty or stand twice."""
    found: dict[str, None] = {}
    for number, key in enumerate(keys, start=1):
        told = key[:_LONGEST_KEY] or str(number)
        found[told if told not in found else f"{told} ({number})"] = None
    return list(found)


_LONGEST_KEY = 200


def _grouped(report: Report, parts: Sequence[Part]) -> list[Part]:
    """Join the parts that tell of one meeting, in the order of the file."""
    groups: list[_Group] = []
    for part in parts:
        group = _Group(part, is_envelope=report.format in ENVELOPES)
        same = next((one for one in groups if one.is_same_as(group)), None)
        if same is None:
            groups.append(group)
        else:
            same.take(group)
    return [group.part for group in groups]


class _Group:
    """The parts of one meeting, as far as they were found."""

    def __init__(self, part: Part, *, is_envelope: bool) -> None:
        self.part = part
        self.is_envelope = is_envelope
        self.rows = Counter(_trimmed(row) for row in part.rows)
        self.days = set(_days(part.sections))
        self.people = set(_people(part.sections))

    def is_same_as(self, other: "_Group") -> bool:
        """Whether both tell of one meeting; without times only if nobody stands in both."""
        one, two = self.part.meeting, other.part.meeting
        if self.rows <= other.rows or other.rows <= self.rows:
            return not (one.key and two.key) or one.key == two.key
        if one.key != two.key or (one.title and two.title and one.title != two.title):
            return False
        if not one.key and (self.days or other.days) and not self.days & other.days:
            return False
        # What is stated for a whole meeting must not be added up from two of its reports.
        has_times = bool(self.days and other.days) and not self.is_envelope
        return has_times or not self.people & other.people

    def take(self, other: "_Group") -> None:
        """Add the rows that are not here yet."""
        known = self.rows.copy()
        sections = [_without(section, known) for section in other.part.sections]
        meeting = self.part.meeting if self.part.meeting.key else other.part.meeting
        self.part = Part(meeting, (*self.part.sections, *(one for one in sections if one.rows)))
        self.rows |= other.rows
        self.days |= other.days
        self.people |= other.people


def _without(section: Section, known: Counter[_Cells]) -> Section:
    rows = []
    for row in section.rows:
        cells = _trimmed(row)
        if known[cells]:
            known[cells] -= 1
        else:
            rows.append(row)
    return replace(section, rows=rows)


def _trimmed(row: Row) -> _Cells:
    cells = [cell.strip() for cell in row.cells]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _days(sections: Iterable[Section]) -> Iterator[tuple[str, int]]:
    """Yield the days of joining in every order of day and month that they allow."""
    reader = MomentReader()
    for section in sections:
        if "joined" in section.columns:
            place = section.columns["joined"]
            for cell in (row.cells[place] for row in section.rows if place < len(row.cells)):
                yield from _readings(reader, cell)


def _readings(reader: MomentReader, cell: str) -> Iterator[tuple[str, int]]:
    date = reader.find(cell).date
    readings = date.readings() if date else {}
    yield from ((order, day.toordinal()) for order, day in readings.items())


def _people(sections: Iterable[Section]) -> Iterator[_Cells]:
    for section in sections:
        places = [section.columns[field] for field in ("name", "first_name", "last_name", "email")
                  if field in section.columns]  # fmt: skip
        for row in section.rows:
            yield levelled(Row(0, [row.cells[at] for at in places if at < len(row.cells)]))
