"""Trust: what each level asks, what it allows, and how a decision takes it away."""

from itertools import pairwise

import pytest

from academy.moderation.trust import (
    ALLOWED,
    LEVELS,
    Record,
    Step,
    level_of,
    next_level,
    steps_to,
    waits_first,
)

MEMBER = Record(shown=3, days=1)
REGULAR = Record(shown=10, days=30, useful=5, people=3)


@pytest.mark.parametrize(
    ("record", "level"),
    [
        (Record(), "newcomer"),
        (Record(shown=2, days=400), "newcomer"),
        (Record(shown=50, days=0), "newcomer"),
        (MEMBER, "member"),
        (Record(shown=500, days=500), "member"),
        (Record(shown=10, days=30, useful=5, people=2), "member"),
        (Record(shown=10, days=29, useful=5, people=3), "member"),
        (REGULAR, "regular"),
    ],
)
def test_trust_asks_for_time_and_for_posts_that_others_found_useful(
    record: Record, level: str
) -> None:
    assert level_of(record) == level


@pytest.mark.parametrize(
    ("against", "level"), [*enumerate(["regular", "member", "newcomer", "newcomer"])]
)
def test_each_decision_takes_a_level_until_it_is_long_ago(against: int, level: str) -> None:
    record = Record(shown=10, days=30, useful=5, people=3, against=against)
    assert level_of(record) == level


def test_a_first_post_waits_and_so_do_those_of_a_newcomer_who_was_decided_against() -> None:
    assert waits_first(Record())
    assert not waits_first(Record(shown=1))
    assert waits_first(Record(shown=1, against=1))
    assert not waits_first(MEMBER)
    assert not waits_first(Record(shown=10, days=30, useful=5, people=3, against=1))


def test_somebody_reads_what_is_missing_for_the_next_level() -> None:
    record = Record(shown=3, days=12, useful=1, people=1)
    steps = {step.name: (step.has, step.needs, step.is_done) for step in _next(record)}
    assert steps == {
        "shown": (3, 10, False), "days": (12, 30, False), "useful": (1, 5, False),
        "people": (1, 3, False),
    }  # fmt: skip
    assert [step.name for step in _next(Record())] == ["shown", "days"]
    assert _next(REGULAR) == []
    fallen = _next(Record(shown=10, days=30, useful=5, people=3, against=1))
    assert [(step.name, step.is_done) for step in fallen if not step.is_done] == [
        ("against", False)
    ]


def _next(record: Record) -> list[Step]:
    return steps_to(record, next_level(record))


def test_no_level_allows_less_than_the_one_below() -> None:
    allowed = [ALLOWED[level] for level in LEVELS]
    for lower, higher in pairwise(allowed):
        assert higher.posts_a_minute >= lower.posts_a_minute
        assert (higher.links, higher.words) >= (lower.links, lower.words)
