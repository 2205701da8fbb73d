"""Teams' attendance reports: one list of connections, or three numbered sections.

Of the sections the third has the connections and the second the people, with their addresses and
principal names. A presenter may be anybody of the organisation, so presenters are attendees;
organisers are hosts.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import takewhile

from academy.attendance.formats import teams_words as words
from academy.attendance.formats.blocks import filled_cells, levelled
from academy.attendance.formats.headers import has_digits, is_pair, level
from academy.attendance.formats.report import (
    Columns,
    Field,
    Meeting,
    Placed,
    Report,
    Section,
    sections_of,
)
from academy.attendance.formats.several import Part, put_together
from academy.attendance.formats.teams_people import List, People
from academy.attendance.formats.values import completed_by_values
from academy.attendance.reading.moments import MomentReader
from academy.lib.tables import RefusedRow, Row, Table

FORMAT = "teams-report"
_HEADER_WITHIN = 60
_TITLE = re.compile(r"(\d{1,2})\s*[.:)]\s*\D")
_PEOPLE, _STAYS = 2, 3
_WIDE = 3
_PAIR = 2
_ONE_CELL = "The row has only one cell."
_SURPLUS = "The row has more cells than the header; perhaps a comma in a name."
_GAPS = (
    "{} people have only a first joining and a last leaving with gaps between them; their minutes"
    " are those that the file states."
)


@dataclass
class _Meeting:
    """What the sections of one meeting hold."""

    above: list[Row] = field(default_factory=list)
    people: List | None = None
    stays: List | None = None

    def about(self) -> Meeting:
        """Return what the lines above say; a title without a beginning may be every week's."""
        title, dates = _title(self.above), tuple(_dates(self.above))
        return Meeting(f"{title} {dates[0]}".strip() if dates else "", title, dates=dates)


@dataclass
class _Found:
    """What is gathered on the way through the rows."""

    refused: list[RefusedRow]
    untimed: int = 0
    #: Dates that count for the order of day and month though their row is read without them.
    dates: list[str] = field(default_factory=list)
    reader: MomentReader = field(default_factory=MomentReader)


class TeamsReport:
    """Reads the attendance report of one Teams meeting, or of several one after the other."""

    def read(self, table: Table) -> Report | None:
        """Return the report, or None where no line is a header of Teams' lists."""
        headers = list(_headers(table.rows))
        if not headers or headers[0][0] >= _HEADER_WITHIN:
            return None
        meetings = list(_meetings(table.rows, headers))
        if not any(one.people or one.stays for one in meetings):
            return None
        found = _Found(list(table.refused))
        parts = [Part(one.about(), tuple(_sections(one, found))) for one in meetings]
        report = Report(
            format=FORMAT,
            sections=(),
            other_dates=tuple(found.dates),
            meeting_dates=tuple(date for one in meetings for date in _dates(one.above)),
            warnings=(_GAPS.format(found.untimed),) if found.untimed else (),
            refused=tuple(found.refused),
        )
        return put_together(report, parts)


def _headers(rows: list[Row]) -> Iterator[tuple[int, int | None, List]]:
    """Yield the place of each header, the number of the section it opens, and its list."""
    bounds: list[tuple[int, int | None]] = []
    for place, row in enumerate(rows):
        number = _number(rows[place - 1]) if place else None
        if _could_be_header(row) and (number or _is_known(row.cells)):
            bounds.append((place, number))
    for order, (place, number) in enumerate(bounds):
        end = bounds[order + 1][0] if order + 1 < len(bounds) else len(rows)
        end = _begin_of_summary(rows, place + 1, end, rows[: bounds[0][0]])
        below = list(takewhile(lambda row: not _number(row), rows[place + 1 : end]))
        understood = _understand(rows[place], below)
        if understood is not None:
            yield place, number, understood


def _begin_of_summary(rows: list[Row], start: int, end: int, above: list[Row]) -> int:
    """Return where the summary of the next report begins, if rows before `end` are one.

    They have a label and a value, below a lone title or as the first report has them.
    """
    first = end
    while first > start and filled_cells(rows[first - 1]) <= _PAIR:
        first -= 1
    labels = {levelled(row)[:1] for row in above}
    for place in range(first, end):
        is_title = filled_cells(rows[place]) == 1 and any(
            filled_cells(row) == _PAIR for row in rows[place + 1 : place + 2]
        )
        if is_title or levelled(rows[place])[:1] in labels:
            return place
    return end


def _number(row: Row) -> int | None:
    """Return the number of a title such as "2. Participants", alone in its row."""
    filled = [cell for cell in row.cells if cell.strip()]
    if len(filled) != 1:
        return None
    title = _TITLE.match(unicodedata.normalize("NFKC", filled[0]).strip())
    return int(title[1]) if title else None


def _could_be_header(row: Row) -> bool:
    filled = [cell for cell in row.cells if cell.strip()]
    return len(filled) >= _WIDE and not has_digits(filled) and not any(map(is_pair, filled))


def _is_known(header: list[str]) -> bool:
    """A header with a word or a column that no other maker's list has."""
    cells = {level(cell) for cell in header}
    is_ours = cells & (words.FULL_NAME | words.ROLE | words.FIRST_JOIN | words.LAST_LEAVE)
    if any(map(words.is_principal_name, header)):
        return True
    return bool(
        is_ours
        and cells & words.NAME
        and cells & (words.JOINED | words.FIRST_JOIN)
        and cells & (words.LEFT | words.LAST_LEAVE)
    )


_KNOWN: tuple[tuple[Field, frozenset[str]], ...] = (
    ("name", words.NAME),
    ("joined", words.FIRST_JOIN | words.JOINED),
    ("left", words.LAST_LEAVE | words.LEFT),
    ("minutes", words.MINUTES),
    ("email", words.EMAIL),
)


def _understand(header: Row, below: list[Row]) -> List | None:
    """Return the list under a header; columns with other names are told apart by their values."""
    cells = [level(cell) for cell in header.cells]
    known: dict[Field, int] = {}
    for which, names in _KNOWN:
        place = next((place for place, cell in enumerate(cells) if cell in names), None)
        if place is not None:
            known[which] = place
    columns = known
    if not {"name", "joined", "left"} <= known.keys():
        columns = completed_by_values(known, below, known.get("name", 0), len(cells))
    if not {"joined", "left"} <= columns.keys():
        return None
    upn = next((i for i, cell in enumerate(header.cells) if words.is_principal_name(cell)), None)
    role = next((place for place, cell in enumerate(cells) if cell in words.ROLE), None)
    if columns.get("email") == upn:
        columns = {which: place for which, place in columns.items() if which != "email"}
    return List(header, columns, upn, role, below)


def _meetings(rows: list[Row], headers: list[tuple[int, int | None, List]]) -> Iterator[_Meeting]:
    """Gather the lists of each meeting; a second list of one kind begins the next meeting."""
    meeting, end = _Meeting(rows[: headers[0][0]]), 0
    last: List | None = None
    for place, number, found in headers:
        if last and number is None and place == end and _is_rest(found, last):
            last.rows.extend(found.rows)
            end += 1 + len(found.rows)
            continue
        is_people = number == _PEOPLE or (number is None and _is_of_people(found))
        if number not in {None, _PEOPLE, _STAYS}:
            continue
        if meeting.stays or (is_people and meeting.people):
            yield meeting
            meeting = _Meeting(rows[end:place])
        if is_people:
            meeting.people = found
        else:
            meeting.stays = found
        last, end = found, place + 1 + len(found.rows)
    yield meeting
    if end < len(rows) and any(filled_cells(row) == _PAIR for row in rows[end:]):
        yield _Meeting(rows[end:])


def _is_rest(found: List, last: List) -> bool:
    """Whether a header only stands once more between the rows of one list, of one day."""
    days, known = (set(_days(one)) for one in (found, last))
    return found.header.cells == last.header.cells and bool(days & known)


def _days(found: List) -> Iterator[dt.date]:
    reader = MomentReader()
    for row in found.rows:
        date = reader.find(found.cell(row, found.columns.get("joined"))).date
        yield from date.readings().values() if date else ()


def _is_of_people(found: List) -> bool:
    return bool(
        {level(cell) for cell in found.header.cells} & (words.FIRST_JOIN | words.LAST_LEAVE)
    )


def _title(above: list[Row]) -> str:
    """Return the meeting's title: the first value above the list that is no number and no date."""
    for row in above:
        filled = [cell.strip() for cell in row.cells if cell.strip()]
        if len(filled) == _PAIR and not filled[1].isdigit() and not _is_moment(filled[1]):
            return filled[1][:200]
    return ""


def _is_moment(cell: str) -> bool:
    moment = MomentReader().find(cell)
    return bool(moment.date and moment.time)


def _dates(above: list[Row]) -> Iterator[str]:
    """Yield the values above the lists that say when the meeting began and ended."""
    return (cell for row in above for cell in row.cells[1:2] if _is_moment(cell))


def _sections(meeting: _Meeting, found: _Found) -> Iterator[Section]:
    """Yield the connections of a meeting, each beside the person whose it is."""
    stays = _cleaned(meeting.stays, found)
    listed = _cleaned(meeting.people, found)
    people = People(listed) if listed else None
    width = len(stays.header.cells) if stays else 0
    placed: list[Placed] = []
    if stays:
        placed += (_stay(stays, row, people) for row in stays.rows)
    if people:
        placed += (_person(people.list, row, width, found) for row in people.rest())
    headers = [found.header for found in (stays, listed) if found]
    if not headers:
        return
    joint = Row(headers[0].number, [cell for header in headers for cell in header.cells])
    yield from sections_of(joint, placed)


def _cleaned(found_list: List | None, found: _Found) -> List | None:
    """Return a list without the rows that cannot be used; these are refused."""
    if found_list is None:
        return None
    good = []
    for row in found_list.rows:
        if sum(1 for cell in row.cells if cell.strip()) == 1:
            found.refused.append(RefusedRow(row.number, _ONE_CELL))
        elif any(map(str.strip, row.cells[len(found_list.header.cells) :])):
            found.refused.append(RefusedRow(row.number, _SURPLUS))
        else:
            good.append(row)
    return replace(found_list, rows=good)


def _stay(stays: List, row: Row, people: People | None) -> Placed:
    """One connection, with the address and the role of its person where it has none itself."""
    width = len(stays.header.cells)
    person = people.find(stays, row) if people else None
    email, role = stays.address(row), stays.role_of(row)
    cells = row.cells
    if people and person:
        theirs = people.list.address(person)
        email = email if email is not None or theirs is None else width + theirs
        role = role or people.list.role_of(person)
        cells = [*_padded(cells, width), *person.cells]
    return Placed(Row(row.number, cells), _with_email(stays.columns, email), role or "attendee")


def _person(people: List, row: Row, width: int, found: _Found) -> Placed:
    """Somebody of the second section for whom the third has no connection."""
    columns: Columns = {which: width + at for which, at in people.columns.items()}
    email = people.address(row)
    if people.has_gaps(row, found.reader):
        found.untimed += 1
        found.dates += people.times(row)
        columns = {which: at for which, at in columns.items() if which not in {"joined", "left"}}
    columns = _with_email(columns, None if email is None else width + email)
    cells = [""] * width + row.cells
    return Placed(Row(row.number, cells), columns, people.role_of(row) or "attendee")


def _padded(cells: list[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def _with_email(columns: Columns, place: int | None) -> Columns:
    others: dict[Field, int] = {which: at for which, at in columns.items() if which != "email"}
    return others if place is None else {**others, "email": place}
