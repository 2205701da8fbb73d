"""Counting for a whole series at once gives what the definition gives one by one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from academy.attendance.counting import Stay, Trace, count_stay
from academy.attendance.recomputing.interval_text import write_intervals
from academy.attendance.recomputing.stays import UNKNOWN, Facts, Spans, count_stays
from academy.attendance.rules.rules import Rules, breaks_of

START = datetime(2020, 5, 2, 6, 0, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LENGTHS = (30, 150, 1)


@dataclass(frozen=True)
class Row:
    """One row of evidence: microseconds after the start, minutes stated."""

    joined: int | None
    left: int | None
    stated: int | None
    is_envelope: bool
    #: One file, or one device of several.
    source: int = 0


#: Whole minutes and odd microseconds, before, in and after the window, often the same ones.
_moments = st.one_of(
    st.integers(-20, 170).map(lambda minute: minute * 60_000_000),
    st.integers(-20, 170).map(lambda minute: minute * 60_000_000 + 1),
    st.integers(-(10**9), 10**10),
)
_rows = st.builds(
    lambda times, stated, envelope, source: Row(times[0], times[1], stated, envelope, source),
    st.one_of(
        st.tuples(_moments, _moments).map(lambda pair: tuple(sorted(pair))),
        st.tuples(_moments, st.none()),
        st.tuples(st.none(), st.none()),
    ),
    st.one_of(st.none(), st.integers(0, 200)),
    st.booleans(),
    st.integers(0, 2),
)
_groups = st.lists(st.tuples(st.sampled_from(LENGTHS), st.lists(_rows, min_size=1)), max_size=8)


@st.composite
def _rules(draw: st.DrawFn) -> Rules:
    edges = sorted(draw(st.sets(st.integers(0, 160), max_size=6)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return Rules(smallest_stay=draw(st.sampled_from((0, 1, 10))), breaks=breaks_of(pairs))


@given(_groups, _rules())
@settings(max_examples=400, deadline=None)
def test_all_at_once_is_the_same_to_the_byte_as_one_by_one(
    groups: list[tuple[int, list[Row]]], rules: Rules
) -> None:
    expected = [_one_by_one(rows, length, rules) for length, rows in groups]
    stays = count_stays(_facts(groups), rules)
    texts = write_intervals(stays.spans, len(groups))
    for number, stay in enumerate(expected):
        assert bool(stays.came[number]) == (stay is not None)
        if stay is not None:
            assert texts[number].decode() == json.dumps(stay.intervals)
            assert stays.minutes[number] == (UNKNOWN if stay.minutes is None else stay.minutes)


def _one_by_one(rows: Sequence[Row], length: int, rules: Rules) -> Stay | None:
    trace = Trace()
    for row in rows:
        joined, left = (
            None if moment is None else START + moment * MICROSECOND
            for moment in (row.joined, row.left)
        )
        trace.add(joined, left, row.stated, is_envelope=row.is_envelope, source=(row.source, 1))
    return count_stay(trace, START, length, rules)


def _facts(groups: Sequence[tuple[int, list[Row]]]) -> Facts:
    rows = [(number, row) for number, (_length, rows) in enumerate(groups) for row in rows]
    timed = [(n, row) for n, row in rows if row.joined is not None and row.left is not None]
    loose = [(n, row) for n, row in rows if row.left is None]
    is_envelope = [row.is_envelope and row.stated is not None for _n, row in timed]
    within = [row.stated if flag else 0 for (_n, row), flag in zip(timed, is_envelope, strict=True)]
    return Facts(
        lengths=_column([length for length, _rows in groups]),
        spans=Spans(
            _column([n for n, _row in timed]),
            _column([row.joined for _n, row in timed]),
            _column([row.left for _n, row in timed]),
        ),
        is_envelope=np.array(is_envelope, np.bool_),
        stated_within=_column(within),
        files=_column([row.source for _n, row in timed]),
        loose=_column([n for n, _row in loose]),
        loose_minutes=_column([UNKNOWN if row.stated is None else row.stated for _n, row in loose]),
        loose_sources=_column([3 * n + row.source for n, row in loose]),
    )


def _column(values: Sequence[int | None]) -> np.ndarray:
    return np.array(values, np.int64)
