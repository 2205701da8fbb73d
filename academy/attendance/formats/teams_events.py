"""Teams' lists of events: the attendance list of 2020 and 2021, and the report of a live event.

Each row says that somebody joined or left; connections are made of their pairs. The list ends when
it was downloaded, so whoever was still there has no leaving, and no length is made up for it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from academy.attendance.formats import teams_words as words
from academy.attendance.formats.events import Event, Stay, meetings_of, pair_events
from academy.attendance.formats.headers import has_digits, level
from academy.attendance.formats.report import Columns, Meeting, Placed, Report, Role, sections_of
from academy.attendance.reading.moments import Moment, MomentReader
from academy.lib.tables import RefusedRow, Row, Table

LIST = "teams-list"
LIVE_EVENT = "teams-live-event"
_HEADER_WITHIN = 30
_SAMPLE = 200
_MOST = 0.8
_FEW = 0.2
_WIDTH = 3
_FEW_WORDS = 4
_NAMES = Row(0, ["Full Name", "User Action", "Timestamp"])
_SESSION, _PARTICIPANT, _UTC = "sessionid", "participantid", "utceventtimestamp"
_ORPHAN = "This leaving has no joining before it."
_SHORT = "The row has fewer cells than the header."
_SURPLUS = "The row has more cells than the header; perhaps a comma in a name."
_NOT_AN_ACTION = "“{}” is neither joining nor leaving."
_BEFORE = "{} joined before this list began; the moment at which it began stands for their joining."
_STILL_THERE = (
    "{} connections have no leaving: the list was downloaded before they ended, so their length"
    " is not known."
)
_STRANGE = "The words of the list are not known; they were told apart by their order."


@dataclass(frozen=True)
class _Layout:
    """Where the list begins, and in which column is what."""

    #: The number of rows above the events.
    above: int
    header: Row
    name: int
    action: int
    time: int
    role: int | None = None
    #: Columns that tell one participant from another better than the name does.
    ids: tuple[int, ...] = ()
    is_utc: bool = False


@dataclass
class _Directions:
    """Which word stands for joining and which for leaving."""

    joining: set[str] = field(default_factory=set)
    leaving: set[str] = field(default_factory=set)
    is_strange: bool = False

    def is_joining(self, action: str) -> bool | None:
        """Return True for joining, False for leaving, None for any other word."""
        word = level(action)
        if word in self.joining or word in words.JOINING:
            return True
        return False if word in self.leaving or word in words.LEAVING else None


class TeamsEvents:
    """Reads lists of `Joined` and `Left`."""

    def read(self, table: Table) -> Report | None:
        """Return the report, or None where the rows are no such events."""
        layout = _find_layout(table.rows)
        if layout is None:
            return None
        rows = table.rows[layout.above :]
        directions = _directions(rows, layout)
        if directions is None:
            return None
        refused = list(table.refused)
        events = list(_events(rows, layout, directions, refused))
        stays, orphans = _pair(events)
        refused += (RefusedRow(event.row.number, _ORPHAN) for event in orphans)
        return _report(layout, stays, refused, directions)


def _pair(events: list[Event]) -> tuple[list[Stay], list[Event]]:
    """Pair within each of several lists; across them where one was only cut by a second header."""
    stays, orphans = pair_events(events)
    if not orphans:
        return stays, orphans
    whole = [replace(event, who=(event.who[0], 0, *event.who[2:])) for event in events]
    across = pair_events(whole)
    return across if len(across[1]) < len(orphans) else (stays, orphans)


def _find_layout(rows: list[Row]) -> _Layout | None:
    for place, row in enumerate(rows[:_HEADER_WITHIN]):
        layout = _from_header(place, row)
        if layout is not None:
            return layout
    return _without_header(rows)


def _from_header(place: int, row: Row) -> _Layout | None:
    cells = [level(cell) for cell in row.cells]
    name, action, time = (_first(cells, known) for known in (words.NAME, words.ACTION, words.TIME))
    if name is None or action is None or time is None:
        return None
    ids = tuple(cells.index(cell) for cell in (_SESSION, _PARTICIPANT) if cell in cells)
    role = _first(cells, words.ROLE)
    return _Layout(place + 1, row, name, action, time, role, ids, _UTC in cells)


def _first(cells: list[str], known: frozenset[str]) -> int | None:
    return next((place for place, cell in enumerate(cells) if cell in known), None)


def _without_header(rows: list[Row]) -> _Layout | None:
    """Three columns, of which the last is a moment and the second has few words without digits."""
    for above in (0, 1):
        sample = list(islice((row.cells for row in rows[above:] if _is_wide(row)), _SAMPLE))
        if sample and _look_like_events(sample):
            is_header = above == 1 and not has_digits(rows[0].cells) and _is_wide(rows[0])
            return _Layout(above, rows[0] if is_header else _NAMES, 0, 1, 2)
    return None


def _is_wide(row: Row) -> bool:
    return len(row.cells) >= _WIDTH and not any(map(str.strip, row.cells[_WIDTH:]))


def _look_like_events(sample: list[list[str]]) -> bool:
    reader = MomentReader()
    good = [cells for cells in sample if _is_dated(reader, cells[2])]
    actions = {level(cells[1]) for cells in good}
    if (
        len(good) < _MOST * len(sample)
        or len(actions) > 2 * _FEW_WORDS
        or has_digits(list(actions))
    ):
        return False
    known = sum(word in words.JOINING or word in words.LEAVING for word in actions)
    return known > 0 or (1 < len(actions) <= _FEW_WORDS and all(actions))


def _is_dated(reader: MomentReader, cell: str) -> bool:
    moment = reader.find(cell)
    return bool(moment.date and moment.time)


def _directions(rows: list[Row], layout: _Layout) -> _Directions | None:
    """Known words speak for themselves; of others those that come first for anybody are joining.

    None where no word is known and none can be a leaving: then these are no such events.
    """
    first: Counter[str] = Counter()
    every: Counter[str] = Counter()
    seen: set[str] = set()
    for row in rows:
        if len(row.cells) > max(layout.name, layout.action):
            name, word = row.cells[layout.name], level(row.cells[layout.action])
            every[word] += 1
            first[word] += name not in seen
            seen.add(name)
    unknown = every.keys() - words.JOINING - words.LEAVING
    if len(unknown) < len(every):
        return _Directions()
    joining = {word for word in unknown if first[word] > (1 - _MOST) * every[word]}
    leaving = unknown - joining
    is_likely = joining and sum(every[word] for word in leaving) >= _FEW * every.total()
    return _Directions(joining, leaving, is_strange=True) if is_likely else None


def _events(
    rows: list[Row], layout: _Layout, directions: _Directions, refused: list[RefusedRow]
) -> Iterator[Event]:
    """Yield the events of all rows; rows that say nothing usable go to `refused`."""
    reader = MomentReader()
    found: list[tuple[Row, int, bool, Moment]] = []
    part = 0
    for row in rows:
        if _is_header_again(row, layout):
            part += 1
            continue
        event = _understand(row, layout, directions, reader)
        if isinstance(event, str):
            refused.append(RefusedRow(row.number, event))
        else:
            found.append((row, part, *event))
    meetings = meetings_of(moment.date for *_row, moment in found)
    for (row, part, is_joining, moment), meeting in zip(found, meetings, strict=True):
        yield Event(row, (meeting, part, *_who(row, layout)), is_joining, moment)


def _is_header_again(row: Row, layout: _Layout) -> bool:
    """Lists that were put together by hand repeat the header."""
    return row.cells == layout.header.cells or _from_header(0, row) is not None


def _understand(
    row: Row, layout: _Layout, directions: _Directions, reader: MomentReader
) -> tuple[bool, Moment] | str:
    """Return whether the row is a joining, and when; or the sentence that refuses it."""
    cells, width = row.cells, len(layout.header.cells)
    why = ""
    if len(cells) <= max(layout.name, layout.action, layout.time):
        why = _SHORT
    elif any(map(str.strip, cells[width:])):
        why = _SURPLUS
    if why:
        return why
    is_joining = directions.is_joining(cells[layout.action])
    if is_joining is None:
        return _NOT_AN_ACTION.format(cells[layout.action][:60])
    moment = reader.find(cells[layout.time])
    if moment.time is None:
        what = "joining" if is_joining else "leaving"
        return f"The {what} time “{cells[layout.time][:60]}” is no moment."
    return is_joining, moment


def _who(row: Row, layout: _Layout) -> tuple[str, ...]:
    ids = tuple(row.cells[place].strip() for place in layout.ids if place < len(row.cells))
    return (" ".join(row.cells[layout.name].casefold().split()), *ids)


def _report(
    layout: _Layout, stays: list[Stay], refused: list[RefusedRow], directions: _Directions
) -> Report:
    """Put both rows of a stay side by side, so that the evidence shows what the file has."""
    width = len(layout.header.cells)
    header = Row(layout.header.number, layout.header.cells * 2)
    columns: Columns = {"name": layout.name, "joined": layout.time, "left": width + layout.time}
    meetings = _meetings(stays, layout)
    placed = (
        Placed(_side_by_side(stay, width), columns, _role(stay, layout), str(stay.joined.who[0]))
        for stay in stays
    )
    return Report(
        format=LIVE_EVENT if layout.is_utc else LIST,
        sections=tuple(sections_of(header, placed)),
        warnings=(
            *((_STRANGE,) if directions.is_strange else ()),
            *(meetings[0].warnings if len(meetings) == 1 else ()),
        ),
        refused=tuple(refused),
        zone="UTC" if layout.is_utc else None,
        meetings=meetings if len(meetings) > 1 else (),
        must_choose=layout.is_utc or any(stay.joined.who[1] for stay in stays),
    )


def _meetings(stays: list[Stay], layout: _Layout) -> tuple[Meeting, ...]:
    """Return the meetings in the order of the list, each with what is uncertain about it."""
    held: dict[str, list[Stay]] = {}
    for stay in stays:
        held.setdefault(str(stay.joined.who[0]), []).append(stay)
    return tuple(
        Meeting(key, warnings=tuple(_warnings(those, layout))) for key, those in held.items()
    )


def _side_by_side(stay: Stay, width: int) -> Row:
    joined = stay.joined.row
    rest = stay.left.row.cells[:width] if stay.left else []
    padded = [*joined.cells[:width], *[""] * (width - len(joined.cells))]
    return Row(joined.number, padded + rest)


def _role(stay: Stay, layout: _Layout) -> Role:
    """The presenters and producers of a live event were named by its organisers."""
    cells = stay.joined.row.cells
    said = level(cells[layout.role]) if layout.role is not None and layout.role < len(cells) else ""
    if said in words.ORGANISER:
        return "host"
    return "panelist" if said in words.PRESENTER else "attendee"


def _warnings(stays: list[Stay], layout: _Layout) -> Iterator[str]:
    early = {
        stay.joined.who for stay in stays if words.is_before(stay.joined.row.cells[layout.action])
    }
    open_ends = sum(stay.left is None for stay in stays)
    if early:
        yield _BEFORE.format(len(early))
    if open_ends:
        yield _STILL_THERE.format(open_ends)
