"""The rows of a recognised report as connections: who, in which role, from when to when."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from academy.attendance.formats import Columns, Field, Report, Role, Section
from academy.attendance.formats.report import ENVELOPES
from academy.attendance.intervals import Interval
from academy.attendance.reading.durations import seconds_of
from academy.attendance.reading.moments import (
    AnotherClock,
    Moment,
    MomentReader,
    NotAMoment,
    is_absent,
    names_zone,
)
from academy.attendance.reading.ordering import Calendar
from academy.attendance.reading.roles import role_of
from academy.lib.names import ShownName, same_name_key, split_shown
from academy.lib.tables import Progress, RefusedRow, Row

_ADDRESS = re.compile(r"[^@\s,;:<>()\[\]*\"]{1,64}@[\w-]+(?:\.[\w-]+)*\.[^\W\d_][\w-]{1,62}")
_MINUTES = re.compile(r"(\d+)(?:[.,]0*)?\s*(?:min\w*\.?|m)?", re.IGNORECASE)
_YES_WORDS = "yes y true 1 sí si sì sim oui ja ya 是 はい 예 네 да có tak evet ใช่"
_NO_WORDS = "no n false 0 não nao non nein nee tidak 否 いいえ 아니요 아니오 нет không nie hayır ไม่"
_YES, _NO = frozenset(_YES_WORDS.split()), frozenset(_NO_WORDS.split())
_DAY = dt.timedelta(days=1)
#: Nobody stays longer over midnight: then a bare leaving time is before the joining one.
_LONGEST_NIGHT = dt.timedelta(hours=12)
_EVERY = 5_000
#: So many moments tell whether those of a file name their zone, if most of them do.
_SAMPLE, _MOST = 50, 0.5
#: So many names are remembered as they were understood; the rows of a person are seldom far apart.
_NAMES_AT_ONCE = 10_000
#: What a row must at least reach, of what its file has.
_TELLING: tuple[Field, ...] = ("joined", "minutes", "attended")
_OPEN_QUOTE = "The name runs over several lines: a quotation mark in this row is never closed."
_BACKWARDS = "The leaving time is before the joining time."
_ANOTHER_CLOCK = (
    "The {what} time “{cell}” names a time zone and most of the file does not, or it names none and"
    " most does: it cannot be set beside the others."
)
#: Nobody stays longer in one meeting than ten weeks.
_MOST_MINUTES = 99_999
#: RFC 5321, section 4.5.3.1.3, less the brackets.
_LONGEST_ADDRESS = 254


@dataclass(frozen=True, slots=True)
class Connection:
    """One connection of one device, or one person's line in a list, as the file has it."""

    row: int
    #: The cells as they came, and the header above them: evidence.
    cells: Sequence[str]
    header: Sequence[str]
    #: Which cell means what: what means nothing does not come into the ledger.
    columns: Columns
    shown_name: str
    original_name: str | None
    #: The usable address, casefolded; the raw one stays among the cells.
    email: str | None
    role: Role
    attended: bool
    #: Local moments as in the file, None where it has none or their date is not certain, and in
    #: the waiting room, where nobody is present yet.
    joined: dt.datetime | None
    left: dt.datetime | None
    stated_minutes: int | None
    external_id: str | None
    #: Where the connection came from; not the country of the person.
    country: str | None
    is_registered: bool | None
    #: Joining and leaving on a day that may be wrong, good enough for lengths and overlaps.
    span: Interval | None
    #: The span reaches from the first joining to the last leaving, with gaps that nobody wrote.
    is_envelope: bool = False

    @property
    def raw(self) -> dict[str, str]:
        """The cells by their header; of headers that stand twice the later is numbered."""
        return dict(zip(self.titles, self.cells, strict=False))

    @property
    def titles(self) -> list[str]:
        """The header of each cell; one that is empty or stands twice is numbered."""
        return _titles(tuple(self.header), max(len(self.header), len(self.cells)))

    @property
    def identity(self) -> tuple[str, str]:
        """What rows of one identity share: the usable address, a lasting id, or the name shown."""
        if self.email:
            return ("email", self.email)
        if self.external_id:
            return ("id", self.external_id)
        return ("name", same_name_key(self.shown_name) or self.shown_name.casefold())


# All rows of a section have the same.
@lru_cache(maxsize=64)
def _titles(headers: tuple[str, ...], width: int) -> list[str]:
    named: dict[str, None] = {}
    for place in range(width):
        header = headers[place] if place < len(headers) else ""
        named[header if header and header not in named else f"{header}#{place + 1}"] = None
    return list(named)


class Line(NamedTuple):
    """One row with its moments read but not yet placed on a day."""

    row: Row
    section: Section
    joined: Moment | None
    left: Moment | None


class RefusedLine(ValueError):
    """One row that says nothing usable; its text is the sentence for the sender."""


def usable_email(text: str) -> str | None:
    """Return the address casefolded, or None for a masked one and for what is no address."""
    address = text.strip().strip("<>").casefold()
    is_usable = len(address) <= _LONGEST_ADDRESS and ".." not in address
    return address if is_usable and _ADDRESS.fullmatch(address) else None


def names_its_zones(report: Report) -> bool:
    """Say whether the moments of a list name their zone or offset themselves, as in ISO 8601."""
    cells = (
        _cell(row.cells, section.columns, "joined")
        for section in report.sections
        if "joined" in section.columns
        for row in section.rows
    )
    sample = list(islice((cell for cell in cells if not is_absent(cell)), _SAMPLE))
    return bool(sample) and sum(map(names_zone, sample)) > _MOST * len(sample)


def read_lines(
    report: Report,
    refused: list[RefusedRow],
    progress: Progress | None,
    *,
    names_zones: bool | None = None,
) -> Iterator[Line]:
    """Yield the rows of all sections with their moments; unreadable rows go to `refused`."""
    reader = MomentReader(names_zones=names_zones)
    total = sum(len(section.rows) for section in report.sections)
    done = 0
    for section in report.sections:
        for row in section.rows:
            done += 1
            if progress and done % _EVERY == 0:
                progress(done, total)
            try:
                yield _read_line(row, section, reader)
            except RefusedLine as error:
                refused.append(RefusedRow(row.number, str(error)))
    if progress:
        progress(total, total)


def _read_line(row: Row, section: Section, reader: MomentReader) -> Line:
    cells, columns = row.cells, section.columns
    if len(cells) > len(section.header.cells):
        _refuse_surplus(cells, section)
    if len(cells) == 1:
        raise RefusedLine("The row has only one cell.")
    if len(cells) < len(section.header.cells):
        _refuse_cut_off(cells, section)
    if "\n" in _cell(cells, columns, "name"):
        raise RefusedLine(_OPEN_QUOTE)
    joined = _moment(cells, columns.get("joined"), reader, "joining")
    left = _moment(cells, columns.get("left"), reader, "leaving")
    return Line(row, section, joined, left)


def _refuse_surplus(cells: list[str], section: Section) -> None:
    if any(cell.strip() for cell in cells[len(section.header.cells) :]):
        raise RefusedLine("The row has more cells than the header; perhaps a comma in a name.")


def _refuse_cut_off(cells: list[str], section: Section) -> None:
    """Spreadsheets drop empty cells at the end; the one that says who came when is none of them."""
    columns = section.columns
    telling = next((field for field in _TELLING if field in columns), None)
    is_absent = _cell(cells, columns, "attended").casefold() in _NO
    if telling and columns[telling] >= len(cells) and not is_absent:
        count = len(section.header.cells)
        raise RefusedLine(f"The row is cut off: it has {len(cells)} cells of {count}.")


def _moment(cells: list[str], place: int | None, reader: MomentReader, what: str) -> Moment | None:
    if place is None or place >= len(cells):
        return None
    cell = cells[place]
    try:
        return reader.read(cell)
    except AnotherClock:
        raise RefusedLine(_ANOTHER_CLOCK.format(what=what, cell=cell[:60])) from None
    except NotAMoment:
        if is_absent(cell):
            return None
        raise RefusedLine(f"The {what} time “{cell[:60]}” is no moment.") from None


class Connector:
    """Turns the lines of one report into connections, once the order of its dates is known."""

    def __init__(self, report: Report, calendar: Calendar) -> None:
        self._calendar = calendar
        self._is_envelope = report.format in ENVELOPES
        host = split_shown(report.host_name)
        told = (report.host_email, host.original or "", host.shown)
        self._host_email = next(filter(None, map(usable_email, told)), None)
        self._host_key = same_name_key(host.shown)
        self._people: dict[str, tuple[ShownName, Role]] = {}

    def connect(self, line: Line) -> Connection:
        """Return the connection of a line; raise RefusedLine where it names nobody."""
        cells, columns = line.row.cells, line.section.columns
        text = _cell(cells, columns, "name") or _full_name(cells, columns)
        email = usable_email(_cell(cells, columns, "email"))
        if not text and not email:
            raise RefusedLine("The row has neither a name nor an e-mail address.")
        name, role = self._who(text)
        waited = _is_yes(_cell(cells, columns, "waiting"))
        joined, left, span = (None, None, None) if waited else self._when(line)
        stated = _minutes(_cell(cells, columns, "minutes"), has_times=bool(span or waited))
        return Connection(
            row=line.row.number,
            cells=cells,
            header=line.section.header.cells,
            columns=columns,
            shown_name=name.shown,
            original_name=name.original,
            email=email,
            role="waiting" if waited else self._role(line.section, name, role, email, cells),
            attended=not waited
            and _attended(_cell(cells, columns, "attended"), line.section, span),
            joined=joined,
            left=left,
            stated_minutes=None if waited else stated,
            external_id=_cell(cells, columns, "external_id") or None,
            country=_cell(cells, columns, "country") or None,
            is_registered=_is_registered(cells, columns),
            span=span,
            is_envelope=self._is_envelope,
        )

    def _who(self, text: str) -> tuple[ShownName, Role]:
        """Names repeat with every connection, so each is understood once."""
        known = self._people.get(text)
        if known is None:
            if len(self._people) == _NAMES_AT_ONCE:
                self._people.clear()
            name = split_shown(text)
            known = self._people[text] = (name, role_of(name.shown, name.original))
        return known

    def _role(
        self, section: Section, name: ShownName, role: Role, email: str | None, cells: Sequence[str]
    ) -> Role:
        """Bots and collective rows first, then the section, then what is said of the host."""
        if role in {"bot", "collective"}:
            return role
        if section.role != "attendee":
            return section.role
        if name.mark == "host" or (email and email == self._host_email):
            return "host"
        if _is_yes(_cell(cells, section.columns, "moderator")):
            return "host"
        if self._host_key and same_name_key(name.shown) == self._host_key:
            is_guest = _is_yes(_cell(cells, section.columns, "guest"))
            return role if is_guest else "host"
        return role

    def _when(self, line: Line) -> tuple[dt.datetime | None, dt.datetime | None, Interval | None]:
        """Return the certain moments, and a span to measure by where even the day is open."""
        calendar = self._calendar
        ends = line.left
        if ends and line.joined and ends.date is None:
            ends = Moment(line.joined.date, ends.time)
        joined = calendar.certain(line.joined) if line.joined else None
        left = calendar.certain(ends) if ends else None
        if line.joined is None or line.left is None or ends is None:
            return joined, left, None
        start, end = joined or calendar.perhaps(line.joined), left or calendar.perhaps(ends)
        if start is None or end is None:
            return joined, left, None
        if end < start and line.left.date is None:
            end += _DAY
            left = end if left else None
            if end - start > _LONGEST_NIGHT:
                raise RefusedLine(_BACKWARDS)
        if end < start:
            raise RefusedLine(_BACKWARDS)
        return joined, left, (start, end)


def _cell(cells: Sequence[str], columns: Columns, field: Field) -> str:
    place = columns.get(field)
    return cells[place].strip() if place is not None and place < len(cells) else ""


def _full_name(cells: Sequence[str], columns: Columns) -> str:
    return f"{_cell(cells, columns, 'first_name')} {_cell(cells, columns, 'last_name')}".strip()


def _minutes(cell: str, *, has_times: bool) -> int | None:
    """Return the minutes that a row states; nonsense matters only where there is nothing else."""
    if is_absent(cell):
        return None
    found = _MOST_MINUTES + 1
    if number := _MINUTES.fullmatch(cell):
        found = int(number[1])
    elif (seconds := seconds_of(cell)) is not None:
        found = seconds // 60
    if found <= _MOST_MINUTES:
        return found
    if has_times:
        return None
    raise RefusedLine(f"The duration “{cell[:60]}” is no number of minutes.")


def _is_yes(cell: str) -> bool:
    return bool(cell) and cell.casefold() in _YES


def _attended(cell: str, section: Section, span: object) -> bool:
    """A file without the column lists only who came; an unknown word counts if there are times."""
    if section.came is not None:
        return section.came(cell)
    word = cell.casefold()
    if not word or word in _YES:
        return True
    return word not in _NO and span is not None


def _is_registered(cells: Sequence[str], columns: Columns) -> bool | None:
    if "registered_at" not in columns and "approval" not in columns:
        return None
    said = _cell(cells, columns, "registered_at") or _cell(cells, columns, "approval")
    return not is_absent(said)
