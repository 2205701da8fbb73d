"""The arithmetic of presence holds for all intervals that Hypothesis can think of."""

import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from academy.attendance.intervals import Interval, clip, minutes, union

START = dt.datetime(2020, 5, 2, 14, tzinfo=dt.UTC)
WINDOW = (START, START + dt.timedelta(minutes=150))


def _interval(first: int, last: int) -> Interval:
    return START + dt.timedelta(seconds=first), START + dt.timedelta(seconds=last)


seconds = st.integers(min_value=-3_000, max_value=12_000)
intervals = st.lists(
    st.tuples(seconds, seconds).map(lambda pair: _interval(min(pair), max(pair))), max_size=8
)


def _covered(found: list[Interval]) -> set[int]:
    """Return every second that is covered, the slow and certain way."""
    return {
        second
        for start, end in found
        for second in range(
            int((start - START).total_seconds()), int((end - START).total_seconds())
        )
    }


@given(intervals)
def test_the_union_covers_exactly_what_its_parts_cover(found: list[Interval]) -> None:
    merged = union(found)
    assert _covered(merged) == _covered(found)
    assert all(first[1] < second[0] for first, second in pairwise(merged))


@given(intervals)
def test_minutes_are_whole_and_rounded_down(found: list[Interval]) -> None:
    assert minutes(found) == len(_covered(found)) // 60


@given(intervals)
def test_nothing_is_left_outside_the_window(found: list[Interval]) -> None:
    inside = clip(found, WINDOW)
    assert _covered(inside) == {second for second in _covered(found) if 0 <= second < 9_000}


def test_intervals_that_touch_are_one() -> None:
    assert union([_interval(60, 120), _interval(0, 60)]) == [_interval(0, 120)]


def test_two_devices_at_once_are_one_person() -> None:
    assert minutes([_interval(0, 600), _interval(0, 600)]) == 10


def test_local_moments_are_counted_like_those_with_a_zone() -> None:
    first = dt.datetime(2020, 5, 2, 23, 50)  # noqa: DTZ001 - files have local moments
    assert minutes([(first, first + dt.timedelta(minutes=20, seconds=59))]) == 20
