"""On which days the moments of one file lie: the order of its dates, and bare times of day."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from academy.attendance.formats import Report
from academy.attendance.formats.witnesses import dates_in, places_beside
from academy.attendance.reading.connections import Line
from academy.attendance.reading.moments import (
    DateOrder,
    DateText,
    MomentReader,
)
from academy.attendance.reading.ordering import (
    Calendar,
    Ordering,
    Span,
    decide_order,
    order_as_asked,
    spans_of,
)
from academy.lib.tables import Row

_DAY = 86_400
#: So many rows of a list tell which of its columns hold moments.
_SAMPLE = 100


@dataclass(frozen=True)
class Dating:
    """What is certain about the days of a file."""

    ordering: Ordering
    calendar: Calendar
    #: The day on which bare times stand, if one is known.
    day: dt.date | None
    #: Whether the lines have times of day and no dates.
    is_bare: bool = False


def date_lines(
    report: Report, lines: list[Line], on: dt.date | None, asked: DateOrder | None = None
) -> Dating:
    """Let every date of the file speak; a certain day of the meeting speaks where none is named.

    `asked` is the order of day and month that a human named: FileRefused if it is impossible.
    """
    moments = [moment for line in lines for moment in (line.joined, line.left) if moment]
    meeting = set(dates_of(report.meeting_dates))
    if moments and all(moment.date is None for moment in moments):
        return _date_bare_times(lines, meeting, on, asked)
    rows = {moment.date for moment in moments if moment.date}
    ordering = (
        order_as_asked(rows, asked, on) if asked and rows else _ordering(report, lines, rows, on)
    )
    return Dating(ordering, Calendar(ordering, on), on)


def _date_bare_times(
    lines: list[Line], meeting: set[DateText], on: dt.date | None, asked: DateOrder | None
) -> Dating:
    """The day that the file names for the meeting wins over the one that was asked for.

    A file that says another day is another meeting's, and whoever imports it is to be told so.
    """
    ordering = order_as_asked(meeting, asked, on) if asked else decide_order(meeting, (), on)
    days = [day for date in meeting if (day := ordering.day(date))]
    day = min(days, default=None if meeting else on)
    return Dating(ordering, Calendar(ordering, day, _begins(lines)), day, is_bare=True)


def _begins(lines: list[Line]) -> dt.time:
    """Return when a meeting over midnight begins: after the longest time in which nobody moved."""
    bare = [(line.joined, line.left) for line in lines if line.joined and line.left]
    clocks = [(one.time, two.time) for one, two in bare if one.date is None and two.date is None]
    pairs = [(one, two) for one, two in clocks if one and two]
    if not any(_is_over_midnight(one, two) for one, two in pairs):
        return dt.time.min
    times = sorted({time for pair in pairs for time in pair})
    return max(pairwise(times), key=lambda gap: _seconds(gap[1]) - _seconds(gap[0]))[1]


def _is_over_midnight(joined: dt.time, left: dt.time) -> bool:
    """A row that leaves before it joined is over midnight only if that gives no endless night."""
    return left < joined and _seconds(left) + _DAY - _seconds(joined) <= _DAY // 2


def _seconds(time: dt.time) -> int:
    return time.hour * 3_600 + time.minute * 60 + time.second


def _ordering(
    report: Report, lines: list[Line], rows: set[DateText], on: dt.date | None
) -> Ordering:
    if not rows:
        return Ordering(None, ())
    meeting = set(dates_of(report.meeting_dates))
    elsewhere = meeting | set(dates_of(report.other_dates))
    dates = rows | {date for date in elsewhere if not date.is_spelled}
    spans = [*spans_of((line.joined for line in lines), (line.left for line in lines)),
             *_pairs(report.held)]  # fmt: skip
    witness, turns = on or _certain_day(meeting), list[Span]()
    if _is_open(decide_order(dates, spans)):
        wider = dates | set(dates_of(dict.fromkeys(_dates_beside(lines))))
        turns = list(_turns(report, lines))
        # Other columns of the same file count only if they are of one mind.
        dates = dates if _is_open(decide_order(wider, spans, None, turns)) else wider
    ordering = decide_order(dates, spans, witness, turns)
    if on is None and ordering.warning and ordering.order is not None:
        return ordering._replace(warning=None)
    return ordering


def _is_open(ordering: Ordering) -> bool:
    return ordering.order is None


def _dates_beside(lines: list[Line]) -> Iterator[str]:
    """Yield the dates of other columns of moments: of registering, of creating the meeting."""
    for _, group in groupby(lines, key=lambda line: id(line.section)):
        every = list(group)
        columns, rows = every[0].section.columns, [line.row for line in every]
        for place in places_beside(rows[:_SAMPLE], columns):
            yield from dates_in(Row(0, row.cells[place : place + 1]) for row in rows)


def _turns(report: Report, lines: list[Line]) -> Iterator[Span]:
    """Yield what comes before what: registering, joining, the making of the report."""
    reader = MomentReader()
    made = [reader.find(cell) for cell in report.made]
    seen: set[tuple[DateText | None, DateText | None]] = set()
    for line in lines:
        joined, place = line.joined, line.section.columns.get("registered_at")
        if joined is None or joined.date is None:
            continue
        cells = line.row.cells[place : place + 1] if place is not None else []
        registered = [reader.find(cell) for cell in cells]
        for pair in [*((one, joined) for one in registered), *((joined, one) for one in made)]:
            if (key := (pair[0].date, pair[1].date)) not in seen:
                seen.add(key)
                yield pair


def _pairs(held: Iterable[tuple[str, str]]) -> Iterator[Span]:
    reader = MomentReader()
    return ((reader.find(begin), reader.find(end)) for begin, end in held)


def dates_of(cells: Iterable[str]) -> Iterator[DateText]:
    """Yield the dates of the cells that hold one."""
    reader = MomentReader()
    return (date for cell in cells if (date := reader.find(cell).date))


def _certain_day(dates: set[DateText]) -> dt.date | None:
    days = {day for date in dates if len(date.readings()) == 1 for day in date.readings().values()}
    return min(days) if days else None
