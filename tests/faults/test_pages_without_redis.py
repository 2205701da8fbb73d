"""Redis is away, silent or full: registering goes on, nobody waits long, and limits still hold."""

import time
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

import pytest
from sqlalchemy import func, select

from academy.attendance.models import Evidence
from academy.db import now, session, transaction
from academy.security import digests
from tests.faults.how_long import IS_LONG, seconds
from tests.faults.post import Post
from tests.faults.readers import live_session_with_readers
from tests.faults.table import record
from tests.faults.visitors import (
    Answer,
    is_well,
    open_series,
    post,
    post_registration,
    registered,
    sign_in_new,
    ways_in,
)
from tests.operations.processes import SECRET

pytestmark = pytest.mark.operations
LONGEST = 5.0
READERS = 4
#: How many seconds Redis is of no use.
LASTS = seconds(short=1, long=120)
#: 20 a minute (programme/views/series.py), counted in each of the two processes by itself while
#: Redis is away.
MOST_POSTS = 2 * 20

FAULTS: list[tuple[str, Callable[[Post], None], Callable[[Post], None]]] = [
    ("down", lambda post: post.to_redis.drop(), lambda post: post.to_redis.mend()),
    ("a black hole", lambda post: post.to_redis.stall(), lambda post: post.to_redis.mend()),
    ("full", lambda post: post.broker.fill(), lambda post: post.broker.relieve()),
]


@pytest.mark.parametrize(("fault", "begin", "end"), FAULTS)
def test_registering_goes_on_without_redis(
    academy: Post, fault: str, begin: Callable[[Post], None], end: Callable[[Post], None]
) -> None:
    open_series("open")
    academy.stand_by()
    port = academy.serve(anew=IS_LONG)
    _, first = sign_in_new()
    assert is_well(post_registration(port, first, "open"))
    begin(academy)
    people, answers = _register_for(port, LASTS)
    limited = _post_too_often(port)
    end(academy)
    people_after, after = _register_for(port, 0.5)
    wanted, confirmed = people | people_after, 1 + len(people | people_after) + 1
    slowest = max(answer.seconds for answer in [*answers, *limited, *after])
    assert academy.look_until(lambda: academy.count("sent") == confirmed)
    refused = sum(1 for answer in [*answers, *after] if not is_well(answer))
    record(
        f"Redis {fault} for {LASTS:g} s: registering, and its mail", messages=confirmed,
        lost=len(wanted - registered()), doubled=len(academy.sink.doubled),
        note=f"{refused} of {len(wanted)} refused; slowest answer {slowest:.1f} s",
    )  # fmt: skip
    assert not refused
    assert wanted <= registered()
    assert slowest < LONGEST
    assert HTTPStatus.TOO_MANY_REQUESTS in {answer.status for answer in limited}
    assert {answer.status for answer in limited} <= {
        HTTPStatus.FOUND, HTTPStatus.TOO_MANY_REQUESTS
    }  # fmt: skip


def test_a_door_opens_though_redis_takes_everything_and_answers_nothing(
    academy: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "_key", [SECRET.encode()])
    live_session = live_session_with_readers(READERS, now() + timedelta(minutes=3))
    with transaction():
        live_session.room_url = "https://rooms.example.org/weaving"
        live_session.series.door_counts = True  # so that each opened door is told to the desk
    doors = ways_in(live_session.series_id)
    port, form = academy.serve(anew=IS_LONG), {"live_session": live_session.slug}
    first = post(port, doors[0], form)
    academy.to_redis.stall()
    answers = [post(port, door, form) for door in doors[1:]]
    slowest = max(answer.seconds for answer in answers)
    record(
        "Redis a black hole: opening the door", messages=0,
        note=f"{READERS} opened; slowest answer {slowest:.1f} s",
    )  # fmt: skip
    assert {answer.status for answer in (first, *answers)} == {HTTPStatus.SEE_OTHER}
    assert slowest < LONGEST
    assert session.scalar(select(func.count(Evidence.id))) == READERS


def _register_for(port: int, long: float) -> tuple[set[int], list[Answer]]:
    """Let one new person after the other register for so many seconds."""
    until, people, answers = time.monotonic() + long, set(), []
    while time.monotonic() < until:
        person_id, secret = sign_in_new()
        people.add(person_id)
        answers.append(post_registration(port, secret, "open"))
    return people, answers


def _post_too_often(port: int) -> list[Answer]:
    """Let one person send the form until it is refused."""
    _, secret = sign_in_new()
    answers: list[Answer] = []
    while len(answers) <= MOST_POSTS:
        answers.append(post_registration(port, secret, "open"))
        if answers[-1].status == HTTPStatus.TOO_MANY_REQUESTS:
            break
    return answers
