"""Where a file belongs: to which live session, on which clock, in which order of its dates.

The witness is the presence that the file tells of: how much of it lies within the time of a live
session. What two readings fit alike is a question for a human and never decided here.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from academy.attendance.importing.answers import Answers
from academy.attendance.intervals import Interval
from academy.attendance.reading.connections import Line
from academy.attendance.reading.dating import Dating, date_lines
from academy.attendance.reading.files import OpenedFile
from academy.attendance.reading.moments import DateOrder
from academy.attendance.reading.ordering import CONTRADICTION, Calendar, Ordering
from academy.i18n.zones import zone_of

#: So many connections, spread over the file, tell as much as all of them.
_SAMPLE = 300
#: From this share of its presence on, a file is of that live session.
_FITS = 0.3
#: Another clock is asked about where it fits so much better than the expected one.
_CLEARLY_BETTER = 0.25
_AS_GOOD = 0.1
_MOST_ZONES = 4
#: People come before the beginning and stay after the end.
_DOOR = dt.timedelta(minutes=30)
_POINT = dt.timedelta(minutes=1)
_NIGHT = dt.timedelta(days=1)


class Window(NamedTuple):
    """The time of one live session."""

    id: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    zone: str


@dataclass(frozen=True)
class Placement:
    """One meeting of a file put to a live session, and what is open about that."""

    window: Window | None
    answers: Answers
    #: How much of the presence in the file lies within the live session; None without times.
    share: float | None = None
    #: Zones on whose clock it may have been exported, the likeliest first; () where that is clear.
    zones: tuple[str, ...] = ()
    orders: tuple[DateOrder, ...] = ()
    meetings: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether a human has to answer something."""
        return bool(self.zones or self.orders or self.meetings)


class _Fit(NamedTuple):
    """One way to read one meeting of the file, and how well the presence then lies."""

    share: float
    window: Window
    order: DateOrder | None
    meeting: str | None
    zone: str


@dataclass(frozen=True)
class Search:
    """What a file may belong to, and what was said of it."""

    windows: Sequence[Window]
    answers: Answers
    #: The live session that a human chose, or on whose page the file was dropped.
    chosen: Window | None = None
    dropped_at: Window | None = None
    #: Clocks on which it may have been exported, the likeliest first.
    zones: Sequence[str] = ()


def place_file(opened: OpenedFile, search: Search) -> list[Placement]:
    """Return where the file belongs: one placement for each live session that it has a part of.

    There is always at least one; it has no live session where the file does not tell it.
    """
    told = _Told(opened, search.answers)
    windows = _eligible(told, search)
    fits = [
        fit for window in windows for fit in told.fits(window, [_expected(told, window, search)])
    ]
    good = [fit for fit in fits if fit.share >= _FITS]
    if not good:
        return [_elsewhere(told, windows, search)]
    if (open_order := _order_is_open(good, search)) is not None:
        return [open_order]
    if told.is_bare and len({fit.window for fit in good}) > 1:
        return [Placement(None, search.answers)]
    groups = _by_window(good, search)
    return [_placement(told, window, found, search) for window, found in groups]


def _eligible(told: "_Told", search: Search) -> list[Window]:
    """Times without a day fit every week alike: then the page on which it was dropped counts."""
    here = search.chosen or (search.dropped_at if told.is_bare else None)
    return [here] if here else list(search.windows)


def _expected(told: "_Told", window: Window, search: Search) -> str:
    return told.zone or search.answers.zone or window.zone


def _order_is_open(good: list[_Fit], search: Search) -> Placement | None:
    orders = tuple(dict.fromkeys(fit.order for fit in good if fit.order))
    if search.answers.date_order or len(orders) <= 1:
        return None
    if search.dropped_at and any(fit.window == search.dropped_at for fit in good):
        return None  # the page on which it was dropped is the witness
    return Placement(None, search.answers, orders=orders)


def _by_window(good: list[_Fit], search: Search) -> list[tuple[Window, list[_Fit]]]:
    """Give each meeting to the live session that it fits best; group them by live session."""
    best: dict[str | None, _Fit] = {}
    for fit in sorted(good, key=lambda fit: _rank(fit, search), reverse=True):
        best.setdefault(fit.meeting, fit)
    groups: dict[Window, list[_Fit]] = {}
    for fit in best.values():
        groups.setdefault(fit.window, []).append(fit)
    ordered = sorted(groups.items(), key=lambda pair: pair[0].starts_at)
    here = [pair for pair in ordered if pair[0] == search.dropped_at]
    return here or ordered


def _rank(fit: _Fit, search: Search) -> tuple[bool, float]:
    return fit.window == search.dropped_at, fit.share


def _placement(told: "_Told", window: Window, fits: list[_Fit], search: Search) -> Placement:
    best = max(fits, key=lambda fit: fit.share)
    said = search.answers
    keys = tuple(fit.meeting for fit in fits if fit.meeting)
    is_asked = told.must_choose and len(keys) > 1 and not said.meeting
    meeting = best.meeting if told.must_choose and not is_asked else said.meeting
    return Placement(
        window,
        Answers(None if told.zone else best.zone, said.date_order, meeting),
        best.share,
        zones=_better_zones(told, best, search),
        meetings=keys if is_asked else (),
    )


def _better_zones(told: "_Told", fit: _Fit, search: Search) -> tuple[str, ...]:
    """Return other clocks where one fits clearly better; the expected one stays a choice."""
    if told.zone or search.answers.zone:
        return ()
    shares = {
        other.zone: other.share
        for other in told.fits(fit.window, [fit.zone, *search.zones], dt.timedelta())
        if other.meeting == fit.meeting and other.order == fit.order
    }
    top = max(shares.values(), default=0.0)
    if top < shares.get(fit.zone, 0.0) + _CLEARLY_BETTER:
        return ()
    return (*_likely(shares, top, fit.window), fit.zone)


def _likely(shares: dict[str, float], top: float, window: Window) -> list[str]:
    """Zones that fit about as well as the best: one of each clock, in the order given."""
    clocks: dict[dt.timedelta | None, str] = {}
    for zone, share in shares.items():
        if share >= top - _AS_GOOD:
            clocks.setdefault(window.starts_at.astimezone(zone_of(zone)).utcoffset(), zone)
    return sorted(clocks.values(), key=lambda zone: -round(shares[zone], 1))[:_MOST_ZONES]


def _elsewhere(told: "_Told", windows: list[Window], search: Search) -> Placement:
    """Nothing fits on the expected clock: perhaps on another one, else it is left to a human."""
    stands = search.chosen or search.dropped_at
    meeting = search.answers.meeting
    if not told.has_times or told.zone or search.answers.zone:
        return Placement(stands, search.answers, None if not told.has_times else 0.0)
    found = [fit for window in windows for fit in told.fits(window, search.zones)]
    best = max(found, key=lambda fit: (fit.share, fit.window == stands), default=None)
    if best is None or best.share < _FITS or told.is_bare:
        return Placement(stands, search.answers, 0.0)
    near = told.fits(best.window, search.zones, dt.timedelta())
    shares = {fit.zone: fit.share for fit in near if fit[2:4] == best[2:4]}
    said = Answers(None, search.answers.date_order, best.meeting if told.must_choose else meeting)
    zones = _likely(shares, max(shares.values()), best.window)
    return Placement(best.window, said, 0.0, zones=tuple(zones))


class _Told:
    """What a file tells of who was there when: a sample for each meeting in each possible order."""

    def __init__(self, opened: OpenedFile, answers: Answers) -> None:
        report = opened.report
        self.zone = report.zone
        self.must_choose = report.must_choose and len(report.meetings) > 1
        self._report = report
        self._samples = _samples(opened, answers.meeting)
        every = [line for sample in self._samples.values() for line in sample]
        dating = date_lines(report, opened.lines, None, answers.date_order)
        self.has_times = any(line.joined for line in every)
        self._said = answers.date_order
        self._days = {key: self._dating(key, None).day for key in self._samples}
        self.is_bare = self.has_times and dating.is_bare and None in self._days.values()
        self._dated = {} if dating.is_bare else {
            (meeting, order): _spans(sample, Calendar(ordering))
            for meeting, sample in self._samples.items()
            for order, ordering in _orderings(dating.ordering, opened.lines).items()
        }  # fmt: skip

    def _dating(self, meeting: str | None, on: dt.date | None) -> Dating:
        """Read one meeting of bare times; the day that the file names for it wins."""
        dates = [one.dates for one in self._report.meetings if one.key == meeting and one.dates]
        report = replace(self._report, meeting_dates=dates[0]) if dates else self._report
        return date_lines(report, self._samples[meeting], on, self._said)

    def fits(self, window: Window, zones: Iterable[str], door: dt.timedelta = _DOOR) -> list[_Fit]:
        """Return how the presence lies within the window, for each way to read the file."""
        found = []
        for zone in dict.fromkeys(zones):
            clock = zone_of(zone)
            first, last = (
                (window.starts_at - door).astimezone(clock).replace(tzinfo=None),
                (window.ends_at + door).astimezone(clock).replace(tzinfo=None),
            )
            for (meeting, order), spans in self._readings(first.date()):
                share = _share_within(spans, (first, last))
                found.append(_Fit(share, window, order, meeting, zone))
        return found

    def _readings(
        self, day: dt.date
    ) -> list[tuple[tuple[str | None, DateOrder | None], list[Interval]]]:
        if self._dated:
            return list(self._dated.items())
        return [
            (
                (meeting, None),
                _spans(sample, self._dating(meeting, self._days[meeting] or day).calendar),
            )
            for meeting, sample in self._samples.items()
        ]


def _samples(opened: OpenedFile, asked: str | None) -> dict[str | None, list[Line]]:
    """Part the lines by meeting, and take of each some that are spread over it."""
    keys = [meeting.key for meeting in opened.report.meetings]
    if len(keys) <= 1:
        return {None: _spread(opened.lines)}
    parts: dict[str, list[Line]] = {key: [] for key in keys}
    for line in opened.lines:
        if line.section.meeting in parts:
            parts[line.section.meeting].append(line)
    return {key: _spread(part) for key, part in parts.items() if asked in {None, key}}


def _spread(lines: list[Line]) -> list[Line]:
    timed = [line for line in lines if line.joined is not None]
    return timed[:: len(timed) // _SAMPLE + 1]


def _orderings(ordering: Ordering, lines: list[Line]) -> dict[DateOrder | None, Ordering]:
    """Return the orders in which the file may be read.

    Where they make no difference, or where none holds for all dates, there is nothing to ask.
    """
    if ordering.order:
        return {ordering.order: ordering}
    if ordering.warning == CONTRADICTION or not any(map(differs, lines)):
        return {None: ordering}
    return {order: Ordering(order, (order,)) for order in ordering.possible}


def differs(line: Line) -> bool:
    """Say whether a line has a date that two orders of day and month read differently."""
    return any(moment.differs for moment in (line.joined, line.left) if moment)


def _spans(lines: list[Line], calendar: Calendar) -> list[Interval]:
    spans = []
    for line in lines:
        start = calendar.certain(line.joined) if line.joined else None
        end = calendar.certain(line.left) if line.left else None
        if start is not None:
            # Only a time without a day can be past midnight; with a day the row is damaged.
            is_bare = line.left is not None and line.left.date is None
            end = end + _NIGHT if end is not None and end < start and is_bare else end
            is_sound = end is not None and end - start < _NIGHT
            spans.append((start, end if end is not None and is_sound else start))
    return spans


def _share_within(spans: list[Interval], window: Interval) -> float:
    """Return the part of the presence within the window; somebody without a length counts a bit."""
    within = total = dt.timedelta()
    for start, end in spans:
        until = max(end, start + _POINT)
        total += until - start
        within += max(min(until, window[1]) - max(start, window[0]), dt.timedelta())
    return within / total if total else 0.0
