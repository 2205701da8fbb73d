"""Many at once, on a database where commits are real: ticks, codes and guesses."""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.attendance.codes.room_codes import code_at
from academy.attendance.models import Attendance, Evidence, Identity
from academy.attendance.service.entering import CodeRefused, enter_code
from academy.attendance.service.roll import JustAdded, Mark, add_walk_in, mark_roll
from academy.db import now, session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession, Series
from tests.attendance.conftest import register

SECRET = "forty-eight looms in the village of Pochampally"


@pytest.fixture
def people(own_database: Flask) -> list[int]:
    """Return the ids of thirty people who are registered for a live session that goes on."""
    with transaction() as current:
        series = Series(slug="may", title="May", zone="Asia/Kuala_Lumpur", status="published")
        series.live_sessions.append(LiveSession(
            slug="may-1", number=1, title="May", starts_at=now() - timedelta(minutes=9),
            minutes=150, zone="Asia/Kuala_Lumpur", status="published",
        ))  # fmt: skip
        current.add(series)
    return [register(series, f"G{n}", f"g{n}@example.org").id for n in range(30)]


def _at_once(deed: Callable[[LiveSession, int], object], count: int) -> list[object]:
    """Do the deed in as many threads, each with its own session."""

    def run(number: int) -> object:
        try:
            with transaction() as current:
                live_session = current.scalars(select(LiveSession)).one()
            return deed(live_session, number)
        except (CodeRefused, JustAdded) as refused:
            return type(refused).__name__
        finally:
            session.remove()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(run, range(count)))


def _count(column: object, *where: object) -> int:
    with transaction() as current:
        return current.scalar(select(func.count(column)).where(*where)) or 0  # type: ignore[arg-type]


def test_eight_tickers_at_once_tick_everybody_once(people: list[int]) -> None:
    def tick(live_session: LiveSession, number: int) -> None:
        marks = [Mark(one, is_here=True, at=now()) for one in people]
        mark_roll(live_session, marks[number:] + marks[:number], actor_id=people[number])

    _at_once(tick, 8)
    assert _count(Identity.id) == 30
    assert _count(Attendance.id) == 30
    assert _count(Attendance.person_id.distinct()) == 30


def test_one_form_sent_eight_times_at_once_adds_one_person(people: list[int]) -> None:
    def add(live_session: LiveSession, _number: int) -> None:
        add_walk_in(live_session, "Noor", "MY", actor_id=people[0], newest=max(people))

    _at_once(add, 8)
    assert _count(Person.id, Person.name == "Noor") == 1
    assert _count(Attendance.id) == 1


def test_one_walk_in_added_by_eight_tickers_at_once_is_one_person(people: list[int]) -> None:
    def add(live_session: LiveSession, number: int) -> object:
        name = "Noor" if number % 2 else "NOOR"
        return add_walk_in(live_session, name, "MY", actor_id=people[number], newest=max(people))

    told = Counter(_at_once(add, 8))
    assert told["JustAdded"] == 7
    assert _count(Person.id, func.lower(Person.name) == "noor") == 1
    assert _count(Attendance.id) == 1


@pytest.mark.parametrize("last", [14, 15])
def test_of_acts_that_come_in_any_order_the_latest_holds(people: list[int], last: int) -> None:
    begin = now() - timedelta(minutes=5)

    def act(live_session: LiveSession, number: int) -> None:
        at = begin + timedelta(seconds=number)
        mark_roll(live_session, [Mark(people[0], number % 2 == 0, at)], actor_id=people[number])

    _at_once(act, 1)
    late = random.Random(last).sample(range(1, last + 1), last)
    _at_once(lambda live_session, number: act(live_session, late[number]), last)
    assert _count(Attendance.id) == (last + 1) % 2


def test_a_right_code_pressed_twenty_times_is_one_piece_of_evidence(people: list[int]) -> None:
    def enter(live_session: LiveSession, _number: int) -> object:
        code = code_at(SECRET, live_session.id, now())
        return enter_code(live_session, people[0], code, secret=SECRET, network="10.0.0.1")

    _at_once(enter, 20)
    assert _count(Evidence.id) == 1


def test_forty_guesses_at_once_are_five_that_are_looked_at(people: list[int]) -> None:
    def guess(live_session: LiveSession, number: int) -> object:
        right = code_at(SECRET, live_session.id, now())
        wrong = f"{(int(right) + 40_000 + number) % 100_000:05}"
        return enter_code(live_session, people[0], wrong, secret=SECRET, network="10.0.0.1")

    told = Counter(_at_once(guess, 40))
    assert told == {"WrongRoomCode": 5, "TooManyRoomCodes": 35}
    assert (_count(Evidence.id), _count(Person.id)) == (0, 30)
