"""Zoom's participants of a meeting: with and without times, with and without the meeting above.

The shapes are Z1 to Z4 in English, Z6 and Z7 in Spanish, and the same in every language whose
header pairs a name with an original name in brackets.
"""

from collections.abc import Callable, Iterator
from functools import partial

from academy.attendance.formats.blocks import (
    LOOKED_AT,
    Block,
    cut_blocks,
    facts_of,
    filled_cells,
    levelled,
    list_below,
)
from academy.attendance.formats.headers import (
    END_NAMES,
    FOREIGN,
    HOST_NAMES,
    NUMBER_NAMES,
    START_NAMES,
    TOPIC_NAMES,
    columns_of,
    field_of,
    has_digits,
    is_pair,
    level,
    looks_like_a_pair,
    names_in,
)
from academy.attendance.formats.report import Columns, Meeting, Report, Section
from academy.attendance.formats.several import Part, put_together
from academy.attendance.formats.shapes import columns_by_shape
from academy.attendance.formats.values import completed_by_values
from academy.attendance.reading.moments import MomentReader
from academy.lib.tables import Row, Table

FORMAT = "zoom-meeting"
_HEADER_WITHIN = 30
_STARTS = names_in(START_NAMES)
_ENDS = names_in(END_NAMES)
_WHEN = _STARTS | _ENDS
_HOST = names_in(HOST_NAMES)
#: Name, address, minutes, guest, and one more.
_NARROW = 5
#: Name, address and a length: no list of Zoom's has fewer columns.
_NARROWEST = 3
#: Zoom numbers its meetings with nine to eleven digits.
_MEETING_DIGITS = 9
_STRANGE = "The words of the header are not known; columns were told apart by their values."
_ID = names_in(NUMBER_NAMES)
_TOPIC = names_in(TOPIC_NAMES)


class ZoomMeeting:
    """Reads the participants of one Zoom meeting, or of several, one report below the other."""

    def read(self, table: Table) -> Report | None:
        """Return the report, or None where no line is a header of Zoom's participants."""
        found = _find_header(table.rows[:_HEADER_WITHIN], table.rows)
        if found is None:
            return None
        place, columns = found
        told_at = columns.get("joined", columns.get("minutes", 0))
        blocks = cut_blocks(table.rows, place, told_at, partial(_heads_a_list, table.rows, place))
        parts = [part for block in blocks for part in _parts(block, table.rows[place], columns)]
        above = [row for block in blocks for row in block.above]
        return put_together(_report(table, above, table.rows[place]), parts)


def _heads_a_list(rows: list[Row], first: int, place: int) -> bool:
    """Say whether a row below the first header is a header too, of any layout and language."""
    row = rows[place]
    if levelled(row) == levelled(rows[first]):
        return True
    if has_digits(row.cells) or filled_cells(row) < _NARROWEST:
        return False
    below = list_below(rows, place)
    return bool(_known_language(row.cells, below) or _unknown_language(row.cells, below))


def _parts(block: Block, first: Row, known: Columns) -> Iterator[Part]:
    """Yield the meetings of one report: one that stands above it, or many beside the people."""
    header = block.header or first
    columns = known
    if levelled(header) != levelled(first):
        below = block.rows[:LOOKED_AT]
        columns = (
            _known_language(header.cells, below) or _unknown_language(header.cells, below) or known
        )
    meetings, keyed = _by_meeting(header, columns["name"], block.rows)
    if columns["name"] and len(meetings) > 1:
        rows: dict[str, list[Row]] = {key: [] for key in meetings}
        last = next(iter(meetings))
        for key, row in keyed:  # a row too short to name a meeting stays with the one above
            last = key if key in meetings else last
            rows[last].append(row)
        for key, meeting in meetings.items():
            yield Part(meeting, (Section(header, columns, rows[key]),))
    else:
        beside = next(iter(meetings.values()), Meeting(""))
        yield Part(_about(block.above, beside), (Section(header, columns, block.rows),))


def _find_header(first: list[Row], rows: list[Row]) -> tuple[int, Columns] | None:
    """Return the place and the columns of the first header, in whichever language.

    Titles of a meeting may look like one: then a single row of values divides them from another.
    """
    for place, row in enumerate(first):
        below = list_below(rows, place)
        columns = _known_language(row.cells, below)
        if columns is None and not _heads_values(rows, place + len(below) + 1, below):
            columns = _unknown_language(row.cells, below)
        if columns:
            return place, columns
    return None


def _heads_values(rows: list[Row], following: int, below: list[Row]) -> bool:
    if len(below) != 1 or following >= len(rows):
        return False
    cells, others = rows[following].cells, list_below(rows, following)
    return bool(_known_language(cells, others) or _unknown_language(cells, others))


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
    if "name" not in known or _names_foreign(header):
        return None
    has_total = "minutes" in known and any("total" in level(cell) for cell in header)
    return known if {"joined", "left"} <= known.keys() or has_total else None


def _names_foreign(header: list[str]) -> bool:
    return any(level(cell) in FOREIGN for cell in header)


def _unknown_language(header: list[str], below: list[Row]) -> Columns | None:
    """A cell with brackets and two columns of moments; a narrow list of minutes; or a shape."""
    pair = next((place for place, cell in enumerate(header) if looks_like_a_pair(cell)), None)
    known = columns_of(header)
    if "attended" in known or has_digits(header):
        return None
    if pair is None:
        is_strange = known.keys() <= {"email", "guest"} and not _names_foreign(header)
        return columns_by_shape(below, len(header)) if is_strange else None
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


def _report(table: Table, above: list[Row], header: Row) -> Report:
    """Return the report without its lists, with what the lines above them say of dates."""
    return Report(
        format=FORMAT,
        sections=(),
        other_dates=tuple(cell for row in above for cell in row.cells if ":" in cell),
        meeting_dates=tuple(value for title, value in facts_of(above) if level(title) in _WHEN),
        warnings=() if any(map(_is_known, header.cells)) else (_STRANGE,),
        refused=tuple(table.refused),
    )


def _is_known(cell: str) -> bool:
    return is_pair(cell) or field_of(cell) in {"joined", "minutes"}


def _about(above: list[Row], beside: Meeting) -> Meeting:
    """Return the meeting that the lines above a list tell of, in any language.

    Titles that are not known leave the values to speak: a number of nine digits or more is the
    meeting's, the first moment its beginning, and other words its topic.
    """
    facts = [(level(title), value.strip()) for title, value in facts_of(above) if value.strip()]
    number = _first(facts, _ID) or _by_value(facts, _is_meeting_number)
    start = _first(facts, _STARTS) or _by_value(facts, _is_moment)
    topic = _first(facts, _TOPIC) or _by_value(facts, _is_wording)
    email, name = _host(above)
    day = start.partition(" ")[0] if number or topic else ""
    plain = "".join(number.split()) if _is_meeting_number(number) else number
    return Meeting(
        key=" ".join(filter(None, (plain or topic, day))) or beside.key,
        title=topic or beside.title,
        host_email=email or beside.host_email,
        host_name=name or beside.host_name,
        dates=(start, *filter(None, [_first(facts, _ENDS)])) if start else (),
    )


def _first(facts: list[tuple[str, str]], names: frozenset[str]) -> str:
    return next((value for title, value in facts if title in names), "")


def _by_value(facts: list[tuple[str, str]], is_it: Callable[[str], bool]) -> str:
    return next((value for _title, value in facts if is_it(value)), "")


def _is_meeting_number(value: str) -> bool:
    digits = "".join(value.split())
    return digits.isdigit() and len(digits) >= _MEETING_DIGITS


def _is_moment(value: str) -> bool:
    return MomentReader().find(value).date is not None


def _is_wording(value: str) -> bool:
    return any(map(str.isalpha, value)) and "@" not in value and not _is_moment(value)


def _host(above: list[Row]) -> tuple[str, str]:
    """Return the address and the name of the host, as far as the lines above tell them."""
    email = name = ""
    for title, value in facts_of(above):
        if field_of(title) == "email":
            email = email or value
        elif level(title) in _HOST:
            name = name or value
    return email, name
