"""The definition of academy/attendance/counting.py for all people of many live sessions at once.

Everything is a column. Who came to one live session is a group; moments are microseconds after its
start. A group and a moment make one number, so that one sort puts everything into order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from academy.attendance.envelopes import Envelope, most_minutes
from academy.attendance.rules.rules import Rules, counted_parts

Numbers = NDArray[np.int64]
Truths = NDArray[np.bool_]

SECOND = 1_000_000
MINUTE = 60 * SECOND
#: Stands for minutes that nobody knows.
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Spans:
    """From when to when each group was there."""

    group: Numbers
    start: Numbers
    end: Numbers

    def where(self, chosen: Truths) -> "Spans":
        """Return some of the spans."""
        return Spans(self.group[chosen], self.start[chosen], self.end[chosen])


@dataclass(frozen=True, slots=True)
class Facts:
    """The evidence of all groups."""

    #: How many groups there are, and the length in minutes of the live session of each.
    lengths: Numbers
    #: Evidence with both times, and whether they are a first joining and a last leaving.
    spans: Spans
    is_envelope: Truths
    #: Minutes that the envelopes state, and the file that does: 0 for other spans.
    stated_within: Numbers
    files: Numbers
    #: Evidence without both times: whose, and the minutes or UNKNOWN.
    loose: Numbers
    loose_minutes: Numbers
    #: One number for each identity of each file.
    loose_sources: Numbers


@dataclass(frozen=True, slots=True)
class Stays:
    """How long each group was there; `spans` are in whole seconds, ordered by group and start."""

    came: Truths
    minutes: Numbers
    spans: Spans


def count_stays(facts: Facts, rules: Rules) -> Stays:
    """Return the stays of all groups, exactly as `count_stay` gives them one by one."""
    count = len(facts.lengths)
    inside = _within(facts.spans, facts.lengths, rules)
    is_inside = _any(inside.group, count)
    is_marked = _any(facts.loose[facts.loose_minutes == UNKNOWN], count)
    stated = _stated(facts, count)
    is_elsewhere = _any(facts.spans.group, count) & ~is_inside
    minutes = np.where(is_inside, _minutes(facts, inside, rules), _capped(facts, stated, rules))
    came = ~is_elsewhere | is_marked | (stated != UNKNOWN)
    came &= (minutes == UNKNOWN) | (minutes >= rules.smallest_stay) | is_marked
    spans = inside.where(came[inside.group])
    return Stays(came, minutes, Spans(spans.group, spans.start // SECOND, spans.end // SECOND))


def _within(spans: Spans, lengths: Numbers, rules: Rules) -> Spans:
    """Return the spans merged, inside the windows and outside the breaks."""
    merged = _merge(_clip(spans, np.int64(0), lengths[spans.group] * MINUTE))
    if not rules.breaks or not len(merged.group):
        return merged
    pieces = [
        _clip(merged, np.int64(first * MINUTE), np.int64(last * MINUTE))
        for first, last in counted_parts(rules.breaks, int(lengths.max(initial=0)))
    ]
    return _in_order(_together([*pieces, _clip(merged, np.int64(0), np.int64(0))]))


def _clip(spans: Spans, first: np.int64, last: np.int64 | Numbers) -> Spans:
    start, end = np.maximum(spans.start, first), np.minimum(spans.end, last)
    return Spans(spans.group, start, end).where(start < end)


def _merge(spans: Spans) -> Spans:
    """Merge what overlaps or touches: a span begins where all before it of its group are over."""
    if not len(spans.group):
        return spans
    stride = np.int64(spans.end.max() + 1)
    start = spans.group * stride + spans.start
    order = np.argsort(start)
    start = start[order]
    reached = np.maximum.accumulate((spans.group * stride + spans.end)[order])
    begins = np.flatnonzero(start[1:] > reached[:-1]) + 1
    first = np.concatenate(([0], begins))
    last = np.concatenate((begins, [len(start)])) - 1
    group = start[first] // stride
    return Spans(group, start[first] - group * stride, reached[last] - group * stride)


def _together(pieces: Sequence[Spans]) -> Spans:
    return Spans(
        np.concatenate([piece.group for piece in pieces]),
        np.concatenate([piece.start for piece in pieces]),
        np.concatenate([piece.end for piece in pieces]),
    )


def _in_order(spans: Spans) -> Spans:
    order = np.lexsort((spans.start, spans.group))
    return Spans(spans.group[order], spans.start[order], spans.end[order])


def _any(groups: Numbers, count: int) -> Truths:
    found = np.zeros(count, np.bool_)
    found[groups] = True
    return found


def _sum(groups: Numbers, values: Numbers, count: int) -> Numbers:
    """Add up by group; exact, because no sum comes near 2**53."""
    return np.bincount(groups, weights=values, minlength=count).astype(np.int64)


def _minutes(facts: Facts, inside: Spans, rules: Rules) -> Numbers:
    """The union; of an envelope at most the minutes stated are added to what is certain."""
    count = len(facts.lengths)
    found = _sum(inside.group, inside.end - inside.start, count) // MINUTE
    has_envelope = _any(facts.spans.group[facts.is_envelope], count)
    if not has_envelope.any():
        return found
    plain = facts.spans.where(has_envelope[facts.spans.group] & ~facts.is_envelope)
    certain = _within(plain, facts.lengths, rules)
    known = _sum(certain.group, certain.end - certain.start, count) // MINUTE
    known += _sum(facts.spans.group, facts.stated_within, count)
    several = np.bincount(facts.spans.group[facts.is_envelope], minlength=count) > 1
    for group, most, stated in _allowed(facts, several, rules):
        known[group] += most - stated
    return np.where(has_envelope, np.minimum(found, known), found)


def _allowed(facts: Facts, groups: Truths, rules: Rules) -> Iterator[tuple[int, int, int]]:
    """Yield each of these groups with the minutes that its envelopes allow, and state together."""
    chosen = np.flatnonzero(facts.is_envelope & groups[facts.spans.group])
    columns = (facts.spans.group, facts.spans.start, facts.spans.end, facts.stated_within,
               facts.files)  # fmt: skip
    rows: dict[int, list[Envelope]] = {}
    for group, *row in zip(*(column[chosen].tolist() for column in columns), strict=True):
        rows.setdefault(group, []).append(Envelope(*row))
    for group, envelopes in rows.items():
        parts = counted_parts(rules.breaks, int(facts.lengths[group]))
        windows = [(first * MINUTE, last * MINUTE) for first, last in parts]
        stated = sum(envelope.minutes for envelope in envelopes)
        yield group, most_minutes(envelopes, windows), stated


def _stated(facts: Facts, count: int) -> Numbers:
    """Return the minutes stated without times, UNKNOWN where none are: the most of any source."""
    known = facts.loose_minutes != UNKNOWN
    _sources, first, places = np.unique(
        facts.loose_sources[known], return_index=True, return_inverse=True
    )
    most = np.full(count, UNKNOWN, np.int64)
    minutes = _sum(places, facts.loose_minutes[known], len(first))
    np.maximum.at(most, facts.loose[known][first], minutes)
    return most


def _capped(facts: Facts, stated: Numbers, rules: Rules) -> Numbers:
    lengths = facts.lengths.copy()
    for length in np.unique(lengths):
        parts = counted_parts(rules.breaks, int(length))
        lengths[facts.lengths == length] = sum(last - first for first, last in parts)
    return np.minimum(stated, lengths)
