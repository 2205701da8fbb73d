"""The order of day and month in the dates of one file: proved for the whole file or left open.

Whether 03/04/2021 is in March or in April is never guessed: a value above 12 proves it, or a known
day does, or what cannot be (a leaving before its joining, a stay of weeks, a registration after
the meeting), or dots, which no locale writes in dates that begin with the month.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from academy.attendance.reading.moments import DateOrder, DateText, Moment
from academy.lib.tables import FileRefused

_DAY = dt.timedelta(days=1)
#: Zoom ends a meeting after 30 hours, so no connection is longer than two days.
_LONGEST = 2 * _DAY
#: Two moments of which the first is not after the second.
Span = tuple[Moment, Moment]


class Ordering(NamedTuple):
    """What a file's dates prove together."""

    #: The order in which the file writes its dates, or None while two are possible or none is.
    order: DateOrder | None
    #: All orders that remain possible; a date that they read alike is certain all the same.
    possible: tuple[DateOrder, ...]
    warning: str | None = None

    def day(self, date: DateText) -> dt.date | None:
        """Return the day that every possible order reads, or None while they differ."""
        readings = date.readings()
        days = {day for order, day in readings.items() if order in self.possible or date.is_spelled}
        return days.pop() if len(days) == 1 else None


TWO_ORDERS = (
    "The dates fit two orders of day and month; name the day of the live session to settle it."
)
CONTRADICTION = (
    "Some dates of this file are month first and others day first;"
    " only those that can be read in one way are used."
)
_MIXTURE = "Some dates of this file begin with the year and others do not; none is used."
_IMPOSSIBLE = (
    "Not every date of this file can be read {order}: choose another order of day and month,"
    " or none."
)
_NOT_THE_DAY = "No date of this file is {on}, the day that was named."


def decide_order(
    dates: Iterable[DateText],
    spans: Iterable[Span] = (),
    on: dt.date | None = None,
    turns: Iterable[Span] = (),
) -> Ordering:
    """Return the one order that all `dates` of a file prove, or what remains possible.

    `spans` are joining and leaving moments: an order in which somebody leaves before joining,
    or stays for more than two days, is impossible. `turns` are moments of which the first is never
    later than the second, however long before it. `on` is a day on which the file must touch.
    """
    distinct = set(dates)
    if not distinct:
        return Ordering(None, ())
    spelled = [date for date in distinct if date.is_spelled]
    digits = [date for date in distinct if not date.is_spelled]
    if not digits:
        return Ordering(next(iter(spelled[0].readings())), ("month-first", "day-first"))
    proved = {next(iter(found)) for date in digits if len(found := date.readings()) == 1}
    if "year-first" in proved and len(proved) > 1:
        return Ordering(None, (), _MIXTURE)
    if len(proved) > 1:
        return Ordering(None, ("month-first", "day-first"), CONTRADICTION)
    if proved:
        order = proved.pop()
        return Ordering(order, (order,), _off_day(digits, (order,), on))
    return _settle(digits, list(spans), list(turns), on)


def order_as_asked(dates: Iterable[DateText], asked: DateOrder, on: dt.date | None) -> Ordering:
    """Return the order that a human named; raise FileRefused where a date contradicts it."""
    digits = [date for date in set(dates) if not date.is_spelled]
    if any(asked not in date.readings() for date in digits):
        raise FileRefused(_IMPOSSIBLE.format(order=asked.replace("-", " ")))
    return Ordering(asked, (asked,), _off_day(digits, (asked,), on) if digits else None)


def _settle(
    dates: list[DateText], spans: list[Span], turns: list[Span], on: dt.date | None
) -> Ordering:
    """Decide between month first and day first where every date allows both."""
    both: tuple[DateOrder, ...] = ("month-first", "day-first")
    possible = tuple(order for order in both if _is_coherent(spans, order, _LONGEST)) or both
    if len(possible) > 1:
        possible = tuple(order for order in both if _is_coherent(turns, order, None)) or both
    if len(possible) > 1 and all(date.is_dotted for date in dates):
        possible = ("day-first",)
    if len(possible) > 1 and on is not None:
        possible = tuple(order for order in both if _touches(dates, order, on)) or both
    if len(possible) == 1:
        return Ordering(possible[0], possible, _off_day(dates, possible, on))
    is_open = any(date.month_first != date.day_first for date in dates)
    warning = _off_day(dates, both, on) or (TWO_ORDERS if is_open else None)
    return Ordering(None, both, warning)


def _is_coherent(spans: list[Span], order: DateOrder, longest: dt.timedelta | None) -> bool:
    for begin, end in spans:
        if begin.date and end.date and begin.date != end.date:
            first, last = _day_in(begin.date, order), _day_in(end.date, order)
            if first and last and (last < first or (longest and last - first > longest)):
                return False
    return True


def _day_in(date: DateText, order: DateOrder) -> dt.date | None:
    """A month in words is read alike in every order."""
    readings = date.readings()
    return next(iter(readings.values())) if date.is_spelled else readings.get(order)


def _touches(dates: Iterable[DateText], order: DateOrder, on: dt.date) -> bool:
    """A file kept in another zone may be a day off; the two orders are always weeks apart."""
    return any(abs(date.readings().get(order, dt.date.min) - on) <= _DAY for date in dates)


def _off_day(
    dates: Iterable[DateText], possible: Iterable[DateOrder], on: dt.date | None
) -> str | None:
    every = list(dates)
    if on is None or any(_touches(every, order, on) for order in possible):
        return None
    return _NOT_THE_DAY.format(on=on.isoformat())


class Calendar:
    """Places the moments of one file on days, once the order of its dates is known."""

    #: Stands in for the day of a bare time, only to see how long and at once with whom it was.
    SOME_DAY = dt.date(1900, 1, 1)

    def __init__(
        self, ordering: Ordering, on: dt.date | None = None, begins: dt.time = dt.time.min
    ) -> None:
        """`begins` is when a meeting over midnight begins: bare times before it are a day later."""
        self._ordering = ordering
        self._begins = begins
        self._certain: dict[DateText | None, dt.date | None] = {None: on}
        self._perhaps: dict[DateText | None, dt.date | None] = {None: on or self.SOME_DAY}

    def certain(self, moment: Moment) -> dt.datetime | None:
        """Return the local moment, or None where its date is not certain or not written.

        A bare time of day stands on the day of the live session, if that was named.
        """
        date = moment.date
        if date not in self._certain and date is not None:
            self._certain[date] = self._ordering.day(date)
        return self._place(self._certain[date], moment)

    def perhaps(self, moment: Moment) -> dt.datetime | None:
        """Place a moment on a day that may be wrong: lengths are right where the orders agree."""
        date = moment.date
        if date not in self._perhaps and date is not None:
            readings = date.readings()
            days = (readings[order] for order in self._ordering.possible if order in readings)
            self._perhaps[date] = next(days, None)
        return self._place(self._perhaps[date], moment)

    def _place(self, day: dt.date | None, moment: Moment) -> dt.datetime | None:
        if day is None or moment.time is None:
            return None
        placed = dt.datetime.combine(day, moment.time)
        return placed + _DAY if moment.date is None and moment.time < self._begins else placed


def spans_of(joined: Iterable[Moment | None], left: Iterable[Moment | None]) -> Iterator[Span]:
    """Return distinct pairs of joining and leaving dates, the only place where orders differ."""
    seen: set[tuple[DateText | None, DateText | None]] = set()
    for first, last in zip(joined, left, strict=True):
        if first and last and (first.date, last.date) not in seen:
            seen.add((first.date, last.date))
            yield first, last
