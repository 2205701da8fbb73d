"""Zoom's participants of a meeting: with and without times, with and without the meeting above.

The shapes are Z1 to Z4 in English, Z6 and Z7 in Spanish, and the same in every language whose
header pairs a name with an original name in brackets.
"""

from academy.attendance.formats.headers import (
    END_NAMES,
    FOREIGN,
    HOST_EMAIL_NAMES,
    HOST_NAMES,
    MEETING,
    START_NAMES,
    columns_of,
    is_pair,
    level,
    looks_like_a_pair,
    names_in,
)
from academy.attendance.formats.report import Field, Report, Section
from academy.attendance.formats.values import columns_by_values
from academy.lib.tables import FileRefused, Row, Table

FORMAT = "zoom-meeting"
_HEADER_WITHIN = 30
_WHEN = names_in(START_NAMES) | names_in(END_NAMES)
_HOST = names_in(HOST_NAMES)
_EMAIL = names_in(HOST_EMAIL_NAMES) | names_in("user email | email | e-mail del usuario")
_SEVERAL = "This file holds several meetings; export the participants of one meeting and try again."


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
        _refuse_several_meetings(header, columns["name"], rows)
        return _report(table, place, Section(header, columns, rows))


def _find_header(first: list[Row], rows: list[Row]) -> tuple[int, dict[Field, int]] | None:
    for place, row in enumerate(first):
        columns = _known_columns(row.cells) or _columns_of_unknown_language(row, rows[place + 1 :])
        if columns:
            return place, columns
    return None


def _known_columns(header: list[str]) -> dict[Field, int] | None:
    """Return the columns of a header that names people and what they did, in a known language."""
    columns = columns_of(header)
    has_times = "minutes" in columns or {"joined", "left"} <= columns.keys()
    if "name" not in columns or not has_times:
        return None
    if is_pair(header[columns["name"]]):
        return columns
    is_plain = not any(level(cell) in FOREIGN for cell in header)
    has_both = {"joined", "left"} <= columns.keys() or _has_total(header)
    return columns if is_plain and has_both and "attended" not in columns else None


def _has_total(header: list[str]) -> bool:
    """The older unique list is `Name,User Email,Total Duration,Guest`."""
    return any("total" in level(cell) for cell in header)


def _columns_of_unknown_language(row: Row, below: list[Row]) -> dict[Field, int] | None:
    pairs = [place for place, cell in enumerate(row.cells) if looks_like_a_pair(cell)]
    if not pairs or not below:
        return None
    place = pairs[0]
    known = {field: at for field, at in columns_of(row.cells).items() if at != place}
    columns = {**columns_by_values(below, place, len(row.cells)), **known, "name": place}
    has_times = {"joined", "left"} <= columns.keys() or "minutes" in columns
    return columns if has_times and "attended" not in columns else None


def _refuse_several_meetings(header: Row, name: int, rows: list[Row]) -> None:
    """The account-wide export repeats the meeting in front of each participant."""
    places = [
        place
        for place, cell in enumerate(header.cells[:name])
        if level(cell) in MEETING or level(cell) in _WHEN
    ]
    meetings = {tuple(row.cells[place : place + 1][0] for place in places) for row in rows
                if len(row.cells) > name}  # fmt: skip
    if places and len(meetings) > 1:
        raise FileRefused(_SEVERAL)


def _report(table: Table, place: int, section: Section) -> Report:
    """Add what the lines above the header say of the meeting: its host, its beginning and end."""
    email = name = ""
    when: list[str] = []
    for titles, values in zip(table.rows[:place], table.rows[1:place], strict=False):
        for title, value in zip(titles.cells, values.cells, strict=False):
            if level(title) in _WHEN:
                when.append(value)
            elif level(title) in _EMAIL and "@" in value:
                email = email or value
            elif level(title) in _HOST:
                name = name or value
    return Report(
        format=FORMAT,
        sections=(section,),
        meeting_dates=tuple(when),
        host_email=email,
        host_name=name,
        refused=tuple(table.refused),
    )
