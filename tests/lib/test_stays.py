"""The strip of stays: each where it was, none too thin to be seen, none beyond the edge."""

import re

import pytest

from academy.lib.stays import draw_stays


def _places(svg: str) -> list[tuple[int, int]]:
    found = re.findall(r'stay__here" x="(\d+)" width="(\d+)"', svg)
    return [(int(left), int(wide)) for left, wide in found]


def test_each_stay_is_where_it_was() -> None:
    assert _places(draw_stays([(0, 1800), (3600, 9000)], 9000)) == [(0, 200), (400, 600)]


@pytest.mark.parametrize("stay", [(100, 101), (9000, 9000), (8999, 9000)])
def test_a_moment_can_be_seen_and_stays_within_the_edge(stay: tuple[int, int]) -> None:
    [(left, wide)] = _places(draw_stays([stay], 9000))
    assert wide >= 8
    assert left + wide <= 1000


def test_it_is_read_by_no_screen_reader_for_the_words_stand_beside_it() -> None:
    assert 'aria-hidden="true"' in draw_stays([], 9000)
