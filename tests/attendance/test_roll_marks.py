"""Marks of a roll that come late: done once, the later act holds, and whoever lost is told."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from academy.attendance.models import Attendance, Evidence
from academy.attendance.service import withdraw_evidence
from academy.db import now, session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession, Registration
from tests.attendance.conftest import change, register
from tests.cast import Cast

ClientOf = Callable[[Person], FlaskClient]
HERE = "/desk/live-sessions/may-1/attendance/roll/"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def aisyah(client_of: ClientOf, cast: Cast, siti: Person) -> FlaskClient:
    return client_of(cast.organiser)


@pytest.fixture
def tenzin(client_of: ClientOf, cast: Cast, siti: Person) -> FlaskClient:
    return client_of(cast.administrator)


@pytest.fixture
def begin() -> datetime:
    return now() - 30 * MINUTE


def _mark(browser: FlaskClient, person: Person, is_here: bool, at: datetime) -> TestResponse:  # noqa: FBT001
    words = f"{person.id} {int(is_here)} {int(at.timestamp() * 1000)}"
    return browser.post(HERE + "marks", data={"mark": words})


def _is_here(person: Person) -> bool:
    statement = select(Attendance.id).where(Attendance.person_id == person.id)
    return session.scalar(statement) is not None


def _facts() -> list[Evidence]:
    session.expire_all()
    return list(session.scalars(select(Evidence).order_by(Evidence.id)))


def test_a_mark_is_answered_with_the_row_as_it_is_now(
    aisyah: FlaskClient, siti: Person, begin: datetime
) -> None:
    row = _mark(aisyah, siti, True, begin).text
    assert (" checked" in row, "ticked by you" in row) == (True, True)
    assert " checked" not in _mark(aisyah, siti, False, begin + MINUTE).text


def test_a_mark_counts_from_the_moment_at_which_it_was_made(
    aisyah: FlaskClient, siti: Person, begin: datetime
) -> None:
    _mark(aisyah, siti, True, begin)
    assert abs(_facts()[0].recorded_at - begin) < timedelta(milliseconds=2)


def test_the_same_mark_sent_again_is_done_once(
    aisyah: FlaskClient, siti: Person, begin: datetime
) -> None:
    for _ in range(3):
        _mark(aisyah, siti, True, begin)
    assert len(_facts()) == 1
    for _ in range(3):
        _mark(aisyah, siti, False, begin + MINUTE)
    assert (len(_facts()), _is_here(siti)) == (1, False)


def test_a_tick_that_comes_late_does_not_undo_what_was_done_after_it(
    aisyah: FlaskClient, tenzin: FlaskClient, siti: Person, begin: datetime
) -> None:
    _mark(aisyah, siti, True, begin)
    _mark(tenzin, siti, False, begin + 2 * MINUTE)
    late = _mark(aisyah, siti, True, begin + MINUTE).text
    assert "Tenzin took the tick of Siti Aminah back after yours." in late
    assert not _is_here(siti)


def test_a_tick_taken_back_late_does_not_undo_a_tick_made_after_it(
    aisyah: FlaskClient, tenzin: FlaskClient, siti: Person, begin: datetime
) -> None:
    _mark(aisyah, siti, True, begin)
    _mark(tenzin, siti, True, begin + 2 * MINUTE)
    late = _mark(aisyah, siti, False, begin + MINUTE).text
    assert "Tenzin ticked Siti Aminah after you took the tick back." in late
    assert _is_here(siti)


def test_the_later_of_two_acts_holds_in_whatever_order_they_come(
    aisyah: FlaskClient, tenzin: FlaskClient, siti: Person, begin: datetime
) -> None:
    _mark(aisyah, siti, True, begin)
    _mark(aisyah, siti, True, begin + 3 * MINUTE)
    _mark(tenzin, siti, False, begin + 2 * MINUTE)
    assert _is_here(siti)
    _mark(tenzin, siti, False, begin + 4 * MINUTE)
    assert not _is_here(siti)
    _mark(aisyah, siti, True, begin + 5 * MINUTE)
    assert _is_here(siti)


def test_ones_own_later_act_is_no_news(aisyah: FlaskClient, siti: Person, begin: datetime) -> None:
    _mark(aisyah, siti, True, begin)
    _mark(aisyah, siti, False, begin + MINUTE)
    assert "data-tick-told" not in _mark(aisyah, siti, True, begin).text


def test_a_clock_that_is_ahead_wins_nothing(
    aisyah: FlaskClient, tenzin: FlaskClient, siti: Person, begin: datetime
) -> None:
    _mark(aisyah, siti, True, now() + timedelta(days=400))
    assert _facts()[0].recorded_at <= now()
    _mark(tenzin, siti, False, now())
    assert not _is_here(siti)


def test_a_tick_withdrawn_elsewhere_can_be_set_again(
    aisyah: FlaskClient, siti: Person, begin: datetime, cast: Cast
) -> None:
    _mark(aisyah, siti, True, begin)
    withdraw_evidence(_facts()[0].id, cast.organiser.id)
    _mark(aisyah, siti, True, now())
    assert _is_here(siti)


def test_many_marks_of_one_phone_come_at_once(
    aisyah: FlaskClient, live_session: LiveSession, begin: datetime
) -> None:
    people = [register(live_session.series, f"G{n}", f"g{n}@example.org") for n in range(40)]
    at = int(begin.timestamp() * 1000)
    rows = aisyah.post(HERE + "marks", data={"mark": [f"{one.id} 1 {at}" for one in people]}).text
    assert rows.count(" checked") == 40
    assert "40 of 41 ticked" in aisyah.get(HERE + "totals").text


def test_somebody_who_took_the_registration_back_can_still_be_ticked(
    aisyah: FlaskClient, live_session: LiveSession, siti: Person, begin: datetime
) -> None:
    with transaction() as current:
        current.execute(update(Registration).values(cancelled_at=begin))
    row = _mark(aisyah, siti, True, begin).text
    assert "walked in, not registered" in row
    assert _is_here(siti)


def test_somebody_who_never_registered_is_not_ticked_by_a_forged_mark(
    aisyah: FlaskClient, cast: Cast, begin: datetime
) -> None:
    assert "data-tick=" not in _mark(aisyah, cast.learner, True, begin).text
    assert _facts() == []


@pytest.mark.parametrize(
    "marks", [[], ["x"], ["1 1"], ["1 2 1700000000000"], ["0 1 1700000000000"], ["1 1 17"],
              ["٣ 1 1700000000000"], ["1 1 1700000000000"] * 501],
)  # fmt: skip
def test_what_is_no_mark_ticks_nobody(aisyah: FlaskClient, marks: list[str]) -> None:
    answer = aisyah.post(HERE + "marks", data={"mark": marks})
    assert answer.status_code in {200, 400}
    assert _facts() == []


def test_before_the_door_opens_marks_are_refused_and_the_phone_keeps_them(
    aisyah: FlaskClient, live_session: LiveSession, siti: Person, begin: datetime
) -> None:
    change(live_session, starts_at=now() + timedelta(hours=1))
    assert _mark(aisyah, siti, True, begin).status_code == 409


def test_the_whole_roll_comes_in_long_parts(aisyah: FlaskClient, live_session: LiveSession) -> None:
    for number in range(250):
        register(live_session.series, f"Guest {number:03}", f"guest{number}@example.org")
    first = aisyah.get(HERE + "rows").text
    assert (first.count("data-tick="), "rows?page=2" in first) == (250, True)
    second = aisyah.get(HERE + "rows?page=2").text
    assert (second.count("data-tick="), "data-roll-next" in second) == (1, False)


def test_who_ticks_elsewhere_is_heard_of_without_names(
    aisyah: FlaskClient, siti: Person, begin: datetime
) -> None:
    _mark(aisyah, siti, True, begin)
    totals = aisyah.get(HERE + "totals").text
    assert f'data-roll-ticked="{siti.id}"' in totals
    assert "Siti" not in totals
