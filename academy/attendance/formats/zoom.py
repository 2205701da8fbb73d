"""Zoom's participants of a meeting: with and without times, with and without the meeting above.

The shapes are Z1 to Z4 in English, Z6 and Z7 in Spanish, and the same in every language whose
header pairs a name with an original name in brackets.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from academy.attendance.formats.headers import (
    END_NAMES,
    FOREIGN,
    HOST_NAMES,
    START_NAMES,
    columns_of,
    field_of,
    has_digits,
    is_pair,
    level,
    looks_like_a_pair,
    names_in,
)
from academy.attendance.formats.report import Columns, Meeting, Report, Section
from academy.attendance.formats.values import completed_by_values
from academy.lib.tables import Row, Table

FORMAT = "zoom-meeting"
_HEADER_WITHIN = 30
_STARTS = names_in(START_NAMES)
_WHEN = _STARTS | names_in(END_NAMES)
_HOST = names_in(HOST_NAMES)
_LOOKED_AT = 300
#: Name, address, minutes, guest, and one more.
_NARROW = 5
_STRANGE = "The header is in a language that is not known; columns were told apart by their values."
_ID = names_in(
    "meeting id | id de la reunión | id riunione | id da reunião | id de réunion | 회의 id"
)
_TOPIC = names_in(
    "topic | tema | argomento | tópico | sujet | thema | topik | 주제 | トピック | 主题"
)


class ZoomMeeting:
    """Reads the participants of one Zoom meeting."""

    def read(self, table: Table) -> Report | None:
        """Return the report, or None where no line is a header of Zoom's participants."""
        found = _find_header(table.rows[:_HEADER_WITHIN], table.rows)
        if found is None:
            return None
        place, columns = found
        header = table.rows[place]
        rows = [row for row in table.rows[place + 1 :] if row.cells != header.cells]
        report = _report(table, place, Section(header, columns, rows))
        meetings, keyed = _by_meeting(header, columns["name"], rows)
        if len(meetings) > 1:
            return _several(report, meetings, keyed)
        [meeting] = meetings.values() or [Meeting("")]
        return replace(
            report,
            host_email=report.host_email or meeting.host_email,
            host_name=report.host_name or meeting.host_name,
        )


def _find_header(first: list[Row], rows: list[Row]) -> tuple[int, Columns] | None:
    """A header in a known language wins, for a topic may look like one in another language."""
    for understand in (_known_language, _unknown_language):
        for place, row in enumerate(first):
            columns = understand(row.cells, rows[place + 1 : place + _LOOKED_AT])
            if columns:
                return place, columns
    return None


def _known_language(header: list[str], below: list[Row]) -> Columns | None:
    """Return the columns of participants: by the pair that Zoom writes, or by a plain name."""
    known = columns_of(header)
    if "attended" in known:
        return None
    pair = next((place for place, cell in enumerate(header) if is_pair(cell)), None)
    if pair is None:
        return _plain(header, known)
    columns = completed_by_values(known, below, pair, len(header))
    return columns if columns.keys() & {"joined", "minutes"} else None


def _plain(header: list[str], known: Columns) -> Columns | None:
    """Older lists say `Name` only; other makers do too, but with columns that Zoom never has."""
    if "name" not in known or any(level(cell) in FOREIGN for cell in header):
        return None
    has_total = "minutes" in known and any("total" in level(cell) for cell in header)
    return known if {"joined", "left"} <= known.keys() or has_total else None


def _unknown_language(header: list[str], below: list[Row]) -> Columns | None:
    """A cell with brackets and two columns of moments; or Zoom's narrow list of minutes."""
    pair = next((place for place, cell in enumerate(header) if looks_like_a_pair(cell)), None)
    known = columns_of(header)
    if pair is None or "attended" in known or has_digits(header):
        return None
    others = {field: place for field, place in known.items() if place != pair}
    columns = completed_by_values(others, below, pair, len(header))
    if {"joined", "left"} <= columns.keys():
        return columns
    is_narrow = pair == 0 and len(header) <= _NARROW
    return columns if is_narrow and "(" in level(header[columns.get("minutes", 0)])[1:] else None


def _by_meeting(
    header: Row, name: int, rows: list[Row]
) -> tuple[dict[str, Meeting], list[tuple[str, Row]]]:
    """The account-wide export repeats the meeting in front of each participant.

    A meeting that was begun again on the same day is one meeting.
    """
    front = header.cells[:name]
    topic, number, start, host, email = (
        next((place for place, cell in enumerate(front) if is_it(cell)), None)
        for is_it in (_is_topic, _is_number, _is_start, _is_host, _is_email)
    )
    meetings: dict[str, Meeting] = {}
    keyed: list[tuple[str, Row]] = []
    for row in rows:
        title = _at(row, topic)
        day = _at(row, start).partition(" ")[0]
        key = " ".join(filter(None, (_at(row, number) or title, day)))
        if key not in meetings and len(row.cells) > name:
            meetings[key] = Meeting(key, title or key, _at(row, email), _at(row, host))
        keyed.append((key, row))
    return meetings, keyed


def _is_topic(cell: str) -> bool:
    return level(cell) in _TOPIC


def _is_number(cell: str) -> bool:
    return level(cell) in _ID


def _is_start(cell: str) -> bool:
    return level(cell) in _STARTS


def _is_host(cell: str) -> bool:
    return level(cell) in _HOST


def _is_email(cell: str) -> bool:
    return field_of(cell) == "email"


def _at(row: Row, place: int | None) -> str:
    return row.cells[place].strip() if place is not None and place < len(row.cells) else ""


def _several(report: Report, meetings: dict[str, Meeting], keyed: list[tuple[str, Row]]) -> Report:
    """Give each meeting its section; a row too short to name one stays with the one above."""
    whole = report.sections[0]
    rows: dict[str, list[Row]] = {key: [] for key in meetings}
    last = next(iter(meetings))
    for key, row in keyed:
        last = key if key in meetings else last
        rows[last].append(row)
    sections = (Section(whole.header, whole.columns, rows[key], meeting=key) for key in meetings)
    return replace(
        report, sections=tuple(sections), meetings=tuple(meetings.values()), must_choose=True
    )


def _report(table: Table, place: int, section: Section) -> Report:
    """Add what the lines above the header say of the meeting: its host, its beginning and end."""
    above = table.rows[:place]
    email, name = _host(above)
    header = section.header.cells
    return Report(
        format=FORMAT,
        sections=(section,),
        other_dates=tuple(cell for row in above for cell in row.cells if ":" in cell),
        meeting_dates=tuple(value for title, value in _facts(above) if level(title) in _WHEN),
        host_email=email,
        host_name=name,
        warnings=() if any(map(_is_known, header)) else (_STRANGE,),
        refused=tuple(table.refused),
    )


def _is_known(cell: str) -> bool:
    return is_pair(cell) or field_of(cell) in {"joined", "minutes"}


def _facts(above: list[Row]) -> Iterator[tuple[str, str]]:
    """Yield the titles and values that stand one below the other."""
    for titles, values in pairwise(above):
        yield from zip(titles.cells, values.cells, strict=False)


def _host(above: list[Row]) -> tuple[str, str]:
    """Return the address and the name of the host, as far as the lines above tell them."""
    email = name = ""
    for title, value in _facts(above):
        if field_of(title) == "email":
            email = email or value
        elif level(title) in _HOST:
            name = name or value
    return email, name
