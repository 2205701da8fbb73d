"""From the evidence of one person to the attendance that follows: pure, one person at a time.

This is the definition. academy/attendance/recomputing/stays.py does the same for a whole series at
once, and a test holds that both give the same rows.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from academy.attendance.envelopes import Envelope, most_minutes
from academy.attendance.intervals import Interval, clip, minutes, union
from academy.attendance.rules.rules import Rules, counted_parts

#: Whose rows are added up where they have no times: one file (or none), and one identity in it.
Source = tuple[int | None, int]


@dataclass(slots=True)
class Trace:
    """What all evidence of one person, or of one unmatched identity, says together."""

    intervals: list[Interval] = field(default_factory=list)
    #: From the first joining to the last leaving, with gaps that the file did not write down.
    envelopes: list[Interval] = field(default_factory=list)
    #: Of each envelope the minutes that its file states, and which file that is.
    stated_within: list[tuple[int, int]] = field(default_factory=list)
    #: Minutes that were stated without times, by whom of which file.
    stated_by: dict[Source, int] = field(default_factory=dict)
    #: Whether something says that they came, and not for how long: a tick, a check-in.
    is_marked: bool = False

    def add(
        self,
        joined: datetime | None,
        left: datetime | None,
        stated: int | None,
        *,
        is_envelope: bool,
        source: Source = (None, 0),
    ) -> None:
        """Take up one row of evidence."""
        if joined and left and is_envelope and stated is not None:
            self.envelopes.append((joined, left))
            self.stated_within.append((stated, source[0] or 0))
        elif joined and left:
            self.intervals.append((joined, left))
        elif stated is not None:
            self.stated_by[source] = self.stated_by.get(source, 0) + stated
        else:
            self.is_marked = True

    @property
    def stated(self) -> int | None:
        """Minutes stated without times: two files, or two devices, may tell of the same ones."""
        return max(self.stated_by.values(), default=None)


def happened_by(
    moment: datetime, joined: datetime | None, left: datetime | None
) -> tuple[datetime | None, datetime | None]:
    """Return what is certain by `moment` of a stay that its host told beforehand.

    Nobody has stayed yet as long as they mean to: until the end it is known that they came, and not
    for how long (docs/decisions/listening-points.md).
    """
    return (joined, left) if left is None or left <= moment else (None, None)


@dataclass(frozen=True, slots=True)
class Stay:
    """How long somebody who came was there."""

    #: [[start, end], …] in whole seconds after the start, merged, clipped, without the breaks.
    intervals: list[list[int]]
    #: Whole minutes; None where the evidence gives none.
    minutes: int | None


def count_stay(trace: Trace, starts_at: datetime, length: int, rules: Rules) -> Stay | None:
    """Return the stay of one who came to a live session of `length` minutes; None for who did not.

    Presence is the union over all devices and sources, inside the window and outside the breaks.
    Who was there at other times only did not come, unless something without times says they did.
    A known stay under the smallest one is none; what has no known length is kept.
    """
    parts = [
        (starts_at + timedelta(minutes=first), starts_at + timedelta(minutes=last))
        for first, last in counted_parts(rules.breaks, length)
    ]
    inside = _within(parts, [*trace.intervals, *trace.envelopes])
    if inside:
        known: int | None = _minutes(trace, inside, parts, starts_at)
    elif (trace.intervals or trace.envelopes) and trace.stated is None and not trace.is_marked:
        return None
    else:
        known = _capped(trace.stated, sum(minutes([part]) for part in parts))
    if known is not None and known < rules.smallest_stay and not trace.is_marked:
        return None
    return Stay([[_seconds(a, starts_at), _seconds(b, starts_at)] for a, b in inside], known)


def _within(parts: list[Interval], intervals: list[Interval]) -> list[Interval]:
    merged = union(intervals)
    return [piece for part in parts for piece in clip(merged, part)]


def _minutes(
    trace: Trace, inside: list[Interval], parts: list[Interval], starts_at: datetime
) -> int:
    """The union; of envelopes at most what their files allow, beside what is certain."""
    found = minutes(inside)
    if not trace.envelopes:
        return found
    envelopes = [
        Envelope(*_microseconds(interval, starts_at), stated, file)
        for interval, (stated, file) in zip(trace.envelopes, trace.stated_within, strict=True)
    ]
    windows = [_microseconds(part, starts_at) for part in parts]
    certain = minutes(_within(parts, trace.intervals))
    return min(found, certain + most_minutes(envelopes, windows))


def _microseconds(interval: Interval, starts_at: datetime) -> tuple[int, int]:
    start, end = ((moment - starts_at) // timedelta(microseconds=1) for moment in interval)
    return start, end


def _seconds(moment: datetime, starts_at: datetime) -> int:
    return int((moment - starts_at).total_seconds())


def _capped(stated: int | None, length: int) -> int | None:
    return None if stated is None else min(stated, length)
