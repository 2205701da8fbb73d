"""Pairs of joining and leaving out of a list that has a line for each of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from academy.attendance.reading.moments import DateOrder, DateText, Moment
from academy.lib.tables import Row

#: A meeting may cross midnight, and its dates may be read in either order of day and month.
_NEIGHBOURS = (-1, 0, 1)
_TWO_DAYS = 2
_ORDERS: tuple[DateOrder, ...] = ("month-first", "day-first", "year-first")


_Day = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Event:
    """Somebody came or went."""

    row: Row
    #: What events of one person at one meeting share.
    who: tuple[object, ...]
    is_joining: bool
    moment: Moment


@dataclass(frozen=True, slots=True)
class Stay:
    """A joining and the leaving that ends it, if the list has one."""

    joined: Event
    left: Event | None


def pair_events(events: Iterable[Event]) -> tuple[list[Stay], list[Event]]:
    """Return the stays in the order of the list, and the leavings that no joining precedes.

    A leaving ends the latest open joining of the same person: who was lost without a trace and
    came back was away in between, and two devices at once cover the same time either way.
    """
    people: dict[tuple[object, ...], list[Event]] = {}
    for event in events:
        people.setdefault(event.who, []).append(event)
    stays: list[Stay] = []
    orphans: list[Event] = []
    for group in people.values():
        _pair(_in_time(group), stays, orphans)
    stays.sort(key=lambda stay: stay.joined.row.number)
    return stays, orphans


def _pair(group: Sequence[Event], stays: list[Stay], orphans: list[Event]) -> None:
    still_open: list[Event] = []
    for event in group:
        if event.is_joining:
            still_open.append(event)
        elif still_open:
            stays.append(Stay(still_open.pop(), event))
        else:
            orphans.append(event)
    stays += (Stay(event, None) for event in still_open)


def _in_time(group: list[Event]) -> list[Event]:
    """Sort the events of one person, unless their dates do not say in which order they are."""
    days = _days([event.moment.date for event in group])
    if days is None:
        return group
    pairs = zip(days, group, strict=True)
    ordered = sorted(pairs, key=lambda pair: (pair[0], str(pair[1].moment.time)))
    return [event for _day, event in ordered]


def _days(dates: list[DateText | None]) -> list[int] | None:
    """Number the days in an order in which they lie together; None where there is none."""
    known = [date.readings() for date in dates if date]
    if len(known) < len(dates):
        return None
    for order in _ORDERS:
        days = [readings[order].toordinal() for readings in known if order in readings]
        if len(days) == len(dates) and max(days) - min(days) <= _TWO_DAYS:
            return days
    return None


def meetings_of(dates: Iterable[DateText | None]) -> Iterator[int]:
    """Yield for each date the number of its meeting: days that touch are one meeting.

    The order of day and month may still be open, so days that touch in either are kept together.
    """
    days = [_readings(date) for date in dates]
    parents: dict[_Day, _Day] = {}
    for same in days:
        first = _root(parents, parents.setdefault(same[0], same[0]))
        for order, day in same:
            parents.setdefault((order, day), first)
            for other in ((order, day + step) for step in _NEIGHBOURS):
                if other in parents:
                    parents[_root(parents, other)] = first
    numbers: dict[_Day, int] = {}
    for same in days:
        yield numbers.setdefault(_root(parents, same[0]), len(numbers))


def _readings(date: DateText | None) -> list[_Day]:
    found = date.readings() if date else {}
    return [(order, day.toordinal()) for order, day in found.items()] or [("", 0)]


def _root(parents: dict[_Day, _Day], day: _Day) -> _Day:
    while parents[day] != day:
        parents[day] = day = parents[parents[day]]
    return day
