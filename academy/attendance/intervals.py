"""Arithmetic of presence: intervals, their union, their part of a window, their minutes.

Everything works alike on moments with a zone and on local ones, as long as they are not mixed.
"""

import datetime as dt
from collections.abc import Iterable

#: From when to when somebody was there; the end is not before the beginning.
Interval = tuple[dt.datetime, dt.datetime]

_MINUTE = dt.timedelta(minutes=1)


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the intervals in order, merged where they overlap or touch."""
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def clip(intervals: Iterable[Interval], window: Interval) -> list[Interval]:
    """Return the parts of the intervals that lie inside the window; empty parts are left out."""
    first, last = window
    clipped = ((max(start, first), min(end, last)) for start, end in intervals)
    return [(start, end) for start, end in clipped if start < end]


def minutes(intervals: Iterable[Interval]) -> int:
    """Return the whole minutes of the union: nobody is counted twice, seconds are dropped."""
    present = sum((end - start for start, end in union(intervals)), dt.timedelta())
    return present // _MINUTE
