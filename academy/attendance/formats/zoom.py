"""Zoom's participants of a meeting: with and without times, with and without the meeting above.

The shapes are Z1 to Z4 in English, Z6 and Z7 in Spanish, and the same in every language whose
header pairs a name with an original name in brackets.
"""

from collections.abc import Iterator
from itertools import pairwise

from academy.attendance.formats.headers import (
    END_NAMES,
    FOREIGN,
    HOST_NAMES,
    MEETING,
    START_NAMES,
    columns_of,
    field_of,
    has_digits,
    is_pair,
    level,
    looks_like_a_pair,
    names_in,
)
from academy.attendance.formats.report import Columns, Report, Section
from academy.attendance.formats.values import completed_by_values
from academy.lib.tables import FileRefused, Row, Table

FORMAT = "zoom-meeting"
_HEADER_WITHIN = 30
_WHEN = names_in(START_NAMES) | names_in(END_NAMES)
_HOST = names_in(HOST_NAMES)
_LOOKED_AT = 300
#: Name, address, minutes, guest, and one more.
_NARROW = 5
_STRANGE = "The header is in a language that is not known; columns were told apart by their values."
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
