"""Arithmetic of presence: intervals, their union, their minutes, and how many are there when.

Everything works alike on moments with a zone and on local ones, as long as they are not mixed.
"""

import datetime as dt
from collections.abc import Iterable
from itertools import accumulate

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


def curve(people: Iterable[Iterable[Interval]], window: Interval) -> list[int]:
    """Return for each minute of the window how many people were there at some moment of it.

    Each element of `people` holds one person's intervals, who counts once however many devices
    they use. A last, shorter minute counts as a minute.
    """
    first, last = window
    size = -((first - last) // _MINUTE)
    steps = [0] * (size + 1)
    for intervals in people:
        for start, stop in _minutes_touched(clip(union(intervals), window), first):
            steps[start] += 1
            steps[stop] -= 1
    return list(accumulate(steps[:size]))


def _minutes_touched(intervals: list[Interval], first: dt.datetime) -> list[tuple[int, int]]:
    """Return half-open runs of minute numbers, so that a rejoin within a minute counts once."""
    runs: list[tuple[int, int]] = []
    for start, end in intervals:
        begin, stop = (start - first) // _MINUTE, -((first - end) // _MINUTE)
        if runs and begin < runs[-1][1]:
            begin = runs.pop()[0]
        runs.append((begin, stop))
    return runs


def peak(people: Iterable[Iterable[Interval]]) -> int:
    """Return the largest number of people who were there at one and the same moment."""
    changes: list[tuple[dt.datetime, int]] = []
    for intervals in people:
        for start, end in union(intervals):
            if start < end:
                changes += ((start, 1), (end, -1))
    changes.sort()
    return max(accumulate(step for _moment, step in changes), default=0)
