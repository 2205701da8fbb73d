"""What an attendance file says, without a database: who was there, when, and for how long."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from academy.attendance.formats import Report, Role, recognise_file
from academy.attendance.formats.witnesses import dates_in
from academy.attendance.intervals import Interval, minutes, union
from academy.attendance.reading.choosing import choose_meeting
from academy.attendance.reading.connections import (
    Connection,
    Connector,
    Line,
    RefusedLine,
    names_its_zones,
    read_lines,
)
from academy.attendance.reading.dating import Dating, date_lines
from academy.attendance.reading.moments import (
    DateOrder,
)
from academy.attendance.reading.totals import mark_totals
from academy.lib.collecting import collection_paused
from academy.lib.tables import DEFAULT_LIMITS, Limits, Progress, RefusedRow

#: The role that stands where an identity's rows have several; waiting only if nothing else.
_PRECEDENCE: tuple[Role, ...] = (
    "host", "panelist", "bot", "collective", "phone", "attendee", "waiting",
)  # fmt: skip
#: A name, how many rows show it, and how many people they must be.
_Namesakes = tuple[str, int, int]
_GONE: list[Connection] = []
_NO_TIMES = "The file has no times, only minutes."
_NO_LENGTHS = "The file says who came, and neither when nor for how long."
_TIMES_WITHOUT_A_DAY = "The file has times without a date; name the day of the live session."


@dataclass(frozen=True, slots=True)
class FilePerson:
    """One identity of a file: the rows that share an address or, without one, a shown name."""

    name: str | None
    #: Every name that was shown, in order of appearance, and every name in brackets.
    names: tuple[str, ...]
    original_names: tuple[str, ...]
    email: str | None
    role: Role
    attended: bool
    #: Merged, local, without a zone; None where the file has no moments or they are not certain.
    intervals: tuple[Interval, ...] | None
    #: Whole minutes of the union, or what the file states where it gives no times.
    minutes: int | None
    connections: tuple[Connection, ...]

    @property
    def external_ids(self) -> frozenset[str]:
        """The identifiers by which the platform knew this person."""
        return frozenset(one.external_id for one in self.connections if one.external_id)


@dataclass(frozen=True)
class AttendanceFile:
    """One attendance file as it was understood."""

    format: str
    date_order: DateOrder | None
    zone: str | None
    warnings: tuple[str, ...]
    refused: tuple[RefusedRow, ...]
    connections: tuple[Connection, ...]
    people: tuple[FilePerson, ...]
    #: Rows below the headers, refused ones included.
    rows: int
    #: Titles of columns that the ledger does not take; whoever lets the file in adds to them.
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenedFile:
    """A file that was recognised and whose rows were read; its days and meeting are open yet."""

    report: Report
    lines: list[Line]
    #: Rows that cannot be read on any day.
    refused: tuple[RefusedRow, ...]


def open_attendance(
    data: bytes,
    filename: str,
    *,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress | None = None,
) -> OpenedFile:
    """Recognise the file and read its rows; raise FileRefused with a sentence if it is none."""
    with collection_paused():
        report = recognise_file(data, filename, limits)
        refused = list(report.refused)
        names_zones = None if report.zone else names_its_zones(report)
        report = replace(report, zone="UTC") if names_zones else report
        lines = list(read_lines(report, refused, progress, names_zones=names_zones))
    numbers = {row.number for row in refused}
    rows = (row for part in report.sections for row in part.rows if row.number in numbers)
    dates = dict.fromkeys(dates_in(rows)) if numbers else ()
    report = replace(report, other_dates=(*report.other_dates, *dates))
    return OpenedFile(report, lines, tuple(refused))


def read_attendance(
    data: bytes,
    filename: str,
    *,
    zone: str | None = None,
    on: dt.date | None = None,
    meeting: str | None = None,
    date_order: DateOrder | None = None,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress | None = None,
) -> AttendanceFile:
    """Return what the file says; raise FileRefused with a sentence if it is no such file.

    `zone` is noted and changes nothing: moments stay local as they stand in the file; where a
    format keeps a clock of its own, as UTC, that is the zone of what is returned. `on` is the day
    of the live session: it settles dates that fit two orders, places times without one, and
    chooses among the meetings of one file, as `meeting`, the key of one of them, does.
    `date_order` is what a human says of its dates, where they leave two orders open.
    """
    return understand(
        open_attendance(data, filename, limits=limits, progress=progress),
        zone=zone,
        on=on,
        meeting=meeting,
        date_order=date_order,
        is_last=True,
    )


def understand(
    opened: OpenedFile,
    *,
    zone: str | None = None,
    on: dt.date | None = None,
    meeting: str | None = None,
    date_order: DateOrder | None = None,
    is_last: bool = False,
) -> AttendanceFile:
    """Return what an opened file says under these answers, as `read_attendance` does.

    Whoever does not need the opened file again says `is_last`: its lines go as they are read,
    which of a large file is a fifth of the memory.
    """
    with collection_paused():
        answers = _Answers(opened.report.zone or zone, on, meeting, date_order)
        return _understand(opened, answers, is_last=is_last)


class _Answers(NamedTuple):
    zone: str | None
    on: dt.date | None
    meeting: str | None
    date_order: DateOrder | None


def _understand(opened: OpenedFile, said: _Answers, *, is_last: bool) -> AttendanceFile:
    report, lines, refused = opened.report, opened.lines, list(opened.refused)
    dating = date_lines(report, lines, said.on, said.date_order)
    report, lines = choose_meeting(report, lines, dating.ordering, said.on, said.meeting)
    if dating.is_bare and report.meetings:  # each meeting has a day of its own
        dating = date_lines(report, lines, said.on, said.date_order)
    warnings = list(_warnings(report, lines, dating))
    handed = _handed_out(lines) if is_last else lines
    tallied = mark_totals(_connect(handed, Connector(report, dating.calendar), refused))
    people, namesakes = _group(tallied.connections)
    return AttendanceFile(
        format=report.format,
        date_order=dating.ordering.order,
        zone=said.zone,
        warnings=(*warnings, *_namesakes_named(namesakes), *tallied.warnings),
        refused=tuple(sorted(refused)),
        connections=tallied.connections,
        people=tuple(people),
        rows=sum(len(section.rows) for section in report.sections) + len(report.refused),
        left_out=report.left_out,
    )


def _handed_out(lines: list[Line]) -> Iterator[Line]:
    lines.reverse()
    while lines:
        yield lines.pop()


def _connect(
    lines: Iterable[Line], connector: Connector, refused: list[RefusedRow]
) -> Iterator[Connection]:
    for line in lines:
        try:
            yield connector.connect(line)
        except RefusedLine as error:
            refused.append(RefusedRow(line.row.number, str(error)))


def _group(connections: Iterable[Connection]) -> tuple[list[FilePerson], list[_Namesakes]]:
    """Return the identities in order of appearance, and the names that stand for several people."""
    groups: dict[tuple[str, str], list[Connection]] = {}
    for connection in connections:
        groups.setdefault(connection.identity, []).append(connection)
    people: list[FilePerson] = []
    namesakes: list[_Namesakes] = []
    for key, rows in groups.items():
        # Each group goes as its people come: together they would be a third of the memory.
        groups[key] = _GONE
        tracks = _tracks(rows) if key[0] == "name" else [rows]
        if len(tracks) > 1:
            namesakes.append((rows[0].shown_name, len(rows), len(tracks)))
        people += [_person(track) for track in tracks]
    return people, namesakes


def _tracks(rows: list[Connection]) -> list[list[Connection]]:
    """Part rows of one name that overlap in time; a later row follows whoever left last."""
    if len(rows) == 1 or any(row.role == "collective" for row in rows):
        return [rows]
    spans = sorted((row.span, place) for place, row in enumerate(rows) if row.span)
    tracks: list[tuple[dt.datetime, list[int]]] = []
    for (start, end), place in spans:
        free = [number for number, (until, _rows) in enumerate(tracks) if until <= start]
        if free:
            number = max(free, key=lambda which: tracks[which][0])
            tracks[number] = (end, [*tracks[number][1], place])
        else:
            tracks.append((end, [place]))
    return _with_the_rest(rows, [places for _until, places in tracks])


def _with_the_rest(rows: list[Connection], tracks: list[list[int]]) -> list[list[Connection]]:
    """Rows without a span, and waiting ones, join the first track."""
    placed = {place for track in tracks for place in track}
    rest = [place for place in range(len(rows)) if place not in placed]
    first, *others = tracks or [[]]
    return [[rows[place] for place in sorted(track)] for track in ([*first, *rest], *others)]


def _person(rows: list[Connection]) -> FilePerson:
    present = [row for row in rows if row.attended]
    names = tuple(dict.fromkeys(row.shown_name for row in rows if row.shown_name))
    return FilePerson(
        name=names[0] if names else None,
        names=names,
        original_names=tuple(dict.fromkeys(row.original_name for row in rows if row.original_name)),
        email=rows[0].email,
        role=min((row.role for row in present or rows), key=_PRECEDENCE.index),
        attended=bool(present),
        intervals=_intervals(present),
        minutes=_minutes(present),
        connections=tuple(rows),
    )


def _intervals(rows: list[Connection]) -> tuple[Interval, ...] | None:
    certain = [row.span for row in rows if row.joined and row.left and row.span]
    return tuple(certain if len(certain) == 1 else union(certain)) or None


def _minutes(rows: list[Connection]) -> int | None:
    """The union; where it is only an envelope, at most what the file states lies in it."""
    spans = [row.span for row in rows if row.span]
    told = [row.stated_minutes for row in rows if row.stated_minutes is not None]
    stated = sum(told) if told else None
    if not spans:
        return stated
    found = minutes(spans)
    is_envelope = stated is not None and all(row.is_envelope for row in rows)
    return min(found, stated or 0) if is_envelope else found


def _warnings(report: Report, lines: list[Line], dating: Dating) -> Iterator[str]:
    yield from report.warnings
    if dating.ordering.warning:
        yield dating.ordering.warning
    moments = [moment for line in lines for moment in (line.joined, line.left) if moment]
    if lines and not moments:
        has_minutes = any("minutes" in section.columns for section in report.sections)
        yield _NO_TIMES if has_minutes else _NO_LENGTHS
    if dating.day is None and any(moment.date is None for moment in moments):
        yield _TIMES_WITHOUT_A_DAY


def _namesakes_named(namesakes: list[_Namesakes]) -> Iterator[str]:
    for name, rows, people in namesakes:
        yield (
            f"{rows} rows named “{name}” have no e-mail address and overlap in time;"
            f" they are kept apart as {people} people."
        )


def as_json(file: AttendanceFile) -> dict[str, Any]:
    """Return exactly the document of `academy attendance read --json`."""
    return {**_head_as_json(file), "people": [_person_as_json(one) for one in file.people]}


def json_lines(file: AttendanceFile) -> Iterator[str]:
    """Yield the same document as text, indented, person by person: it is never whole in memory."""
    head = json.dumps(_head_as_json(file), ensure_ascii=False, indent=2)
    yield head.removesuffix("\n}") + ',\n  "people": ' + ("[" if file.people else "[]")
    for number, person in enumerate(file.people):
        text = json.dumps(_person_as_json(person), ensure_ascii=False, indent=2)
        yield (",\n    " if number else "\n    ") + text.replace("\n", "\n    ")
    yield "\n  ]\n}\n" if file.people else "\n}\n"


def _head_as_json(file: AttendanceFile) -> dict[str, Any]:
    return {
        "format": file.format,
        "date_order": file.date_order,
        "zone": file.zone,
        "warnings": list(file.warnings),
        "refused": [{"row": row.number, "why": row.why} for row in file.refused],
    }


def _person_as_json(person: FilePerson) -> dict[str, Any]:
    intervals = person.intervals
    return {
        "name": person.name,
        "names": list(person.names),
        "email": person.email,
        "role": person.role,
        "attended": person.attended,
        "intervals": intervals
        and [[start.isoformat(), end.isoformat()] for start, end in intervals],
        "minutes": person.minutes,
    }
