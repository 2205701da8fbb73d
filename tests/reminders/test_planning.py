"""Planning reminders: once for everybody with a place, late ones once, none for nothing."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from academy.attendance.service import record_presence
from academy.db import session, transaction
from academy.messaging.models import MailChoices, Message
from academy.messaging.service import deliver_due, delivery
from academy.messaging.service.choices import Choices, choose
from academy.people.models import Person
from academy.programme.models import LiveSession, Registration
from academy.programme.personal_links import link_path
from academy.programme.service import (
    LiveSessionFacts,
    cancel_live_session,
    cancel_registration,
    change_live_session,
    register,
    say_no,
)
from academy.programme.weekly import to_local
from academy.reminders import gate
from academy.reminders.kinds import STARTED
from academy.reminders.models import SwitchedOff
from academy.reminders.service import list_due, plan_reminders
from tests.programme.scenes import a_series, somebody

pytestmark = pytest.mark.usefixtures("app")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def live_session() -> LiveSession:
    """Return a live session in seven days, at 14:00 in Kuala Lumpur."""
    return a_series().live_sessions[0]


@pytest.fixture
def siti(live_session: LiveSession) -> Registration:
    """Return the registration of Siti, whose confirmation has been sent."""
    registration = register(_awake("Siti"), live_session.series)
    deliver_due()
    return registration


def _awake(name: str, zone: str = "Asia/Kuala_Lumpur") -> Person:
    person = somebody(name)
    with transaction():
        person.zone = zone
    return person


@pytest.fixture
def clock(live_session: LiveSession) -> Iterator[time_machine.Traveller]:
    """Turn the clock to four days before the start; tests move it on."""
    with time_machine.travel(live_session.starts_at - 4 * DAY, tick=False) as traveller:
        yield traveller


def _tick() -> None:
    """Do what beat asks for every minute."""
    plan_reminders()
    deliver_due()


def _reminders(state: str) -> list[str]:
    statement = select(Message.kind).where(
        Message.kind.startswith("reminder_"), Message.state == state
    )
    kinds = session.scalars(statement.order_by(Message.due_at, Message.id))
    return [kind.removeprefix("reminder_") for kind in kinds]


def _why(kind: str) -> str:
    session.expire_all()
    statement = select(Message.reason).where(Message.kind == f"reminder_{kind}")
    return session.scalars(statement).one()


def test_everybody_with_a_place_is_reminded_four_times_and_planned_once(
    siti: Registration, live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    assert (plan_reminders(), plan_reminders()) == (4, 0)
    for moment in (-3 * DAY, -DAY, -HOUR, timedelta(minutes=5)):
        clock.move_to(live_session.starts_at + moment)
        _tick()
    assert _reminders("sent") == ["three_days", "one_day", "one_hour", "started"]


def test_nobody_is_reminded_before_it_is_due(
    siti: Registration, live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    clock.move_to(live_session.starts_at - 3 * DAY - timedelta(seconds=1))
    _tick()
    assert _reminders("sent") == []


def test_when_beat_stood_still_only_the_last_of_the_late_ones_is_sent(
    siti: Registration, live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    plan_reminders()
    clock.move_to(live_session.starts_at - timedelta(minutes=30))
    _tick()
    assert (_reminders("sent"), _reminders("suppressed")) == (
        ["one_hour"], ["three_days", "one_day"],
    )  # fmt: skip
    assert _why("one_day") == gate.A_LATER_ONE


def test_a_later_one_counts_though_it_is_in_another_batch(
    siti: Registration, live_session: LiveSession, clock: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    plan_reminders()
    monkeypatch.setattr(delivery, "BATCH", 1)
    clock.move_to(live_session.starts_at - DAY)
    _tick()
    assert (_reminders("sent"), _reminders("suppressed")) == (["one_day"], ["three_days"])


def test_a_later_one_that_does_not_leave_holds_back_nothing(
    siti: Registration, live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    plan_reminders()
    with transaction() as current:
        current.add(SwitchedOff(series_id=live_session.series_id, kind="reminder_one_day"))
    clock.move_to(live_session.starts_at - DAY)
    _tick()
    assert (_reminders("sent"), _why("one_day")) == (["three_days"], gate.SWITCHED_OFF)


def test_planned_late_it_is_the_last_one_too(
    siti: Registration, live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    clock.move_to(live_session.starts_at - 2 * HOUR)
    _tick()
    assert (_reminders("sent"), _reminders("planned")) == (["one_day"], ["one_hour", "started"])


def test_a_late_one_waits_for_the_end_of_the_night(
    siti: Registration, live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    plan_reminders()
    clock.move_to(live_session.starts_at - 12 * HOUR)
    assert list_due(live_session.starts_at - 12 * HOUR) == []
    _tick()
    assert (_reminders("sent"), _reminders("planned")) == ([], ["one_day", "one_hour", "started"])
    clock.move_to(live_session.starts_at - 7 * HOUR)
    _tick()
    assert _reminders("sent") == ["one_day"]


def test_what_could_only_come_at_night_does_not_come(
    siti: Registration, live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    choose(siti.person_id, Choices(True, 1 * 60, 14 * 60 + 30))
    clock.move_to(live_session.starts_at - 3 * HOUR)
    _tick()
    assert _reminders("sent") == []
    assert session.scalars(select(Message.cause)).all().count("missed") == 1


def test_what_is_due_as_the_night_begins_leaves_then(
    siti: Registration, live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    choose(siti.person_id, Choices(True, 12 * 60, 20 * 60))
    clock.move_to(live_session.starts_at - DAY - 2 * HOUR + timedelta(minutes=2))
    _tick()
    assert _reminders("sent") == ["one_day"]


def test_once_it_has_begun_a_reminder_is_missed_and_listed(
    siti: Registration, live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    plan_reminders()
    clock.move_to(live_session.starts_at + timedelta(minutes=1))
    _tick()
    missed = session.scalars(select(Message.kind).where(Message.cause == "missed")).all()
    assert (_reminders("sent"), len(missed)) == ([], 3)


def test_who_registers_two_hours_before_is_not_told_of_days(
    live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    clock.move_to(live_session.starts_at - 2 * HOUR)
    register(_awake("Late"), live_session.series)
    _tick()
    assert (_reminders("sent"), _reminders("planned")) == ([], ["one_hour", "started"])


def test_a_live_session_that_moves_is_reminded_of_at_its_new_time_only(
    siti: Registration, live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    plan_reminders()
    start = live_session.starts_at
    later = to_local(start + timedelta(hours=5), live_session.zone)
    facts = LiveSessionFacts(title=live_session.title, start=later, minutes=150)
    change_live_session(live_session, facts)
    clock.move_to(start - HOUR)
    _tick()
    assert "one_hour" not in _reminders("sent")
    clock.move_to(start + 4 * HOUR)
    _tick()
    assert "one_hour" in _reminders("sent")


@pytest.mark.parametrize("leave", ["the series", "the live session", "nobody: it is called off"])
def test_who_leaves_between_planning_and_sending_gets_no_reminder(
    siti: Registration, live_session: LiveSession, clock: time_machine.Traveller, leave: str
) -> None:
    plan_reminders()
    if leave == "the series":
        cancel_registration(siti)
    elif leave == "the live session":
        say_no(siti, live_session)
    else:
        cancel_live_session(live_session)
    clock.move_to(live_session.starts_at - HOUR)
    _tick()
    assert _reminders("sent") == []


def test_who_has_come_in_is_not_asked_to_come(
    siti: Registration, live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    plan_reminders()
    clock.move_to(live_session.starts_at + timedelta(minutes=5))
    record_presence(live_session, siti.person_id, "link")
    _tick()
    assert (_reminders("sent"), _why("started")) == ([], gate.CAME_IN)


def test_reminders_that_are_switched_off_are_not_sent(
    siti: Registration, live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    with transaction() as current:
        current.add(SwitchedOff(series_id=live_session.series_id, kind="reminder_three_days"))
    clock.move_to(live_session.starts_at - 3 * DAY)
    _tick()
    assert (_reminders("sent"), _why("three_days")) == ([], gate.SWITCHED_OFF)


def test_who_does_not_want_reminders_gets_none(
    siti: Registration, live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    with transaction() as current:
        current.add(MailChoices(person_id=siti.person_id, refused=["reminders"]))
    clock.move_to(live_session.starts_at - DAY)
    _tick()
    assert (_reminders("sent"), _why("one_day")) == ([], gate.REFUSED)


def test_in_new_york_it_is_the_evening_before_and_nobody_is_woken(
    live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    register(_awake("Ana", "America/New_York"), live_session.series)
    plan_reminders()
    statement = select(Message.kind, Message.due_at).where(Message.kind.startswith("reminder_"))
    hours = {
        row[0]: to_local(row[1], "America/New_York").hour for row in session.execute(statement)
    }
    assert STARTED not in hours
    assert set(hours.values()) == {21}


def test_the_words_are_the_readers_and_the_link_is_their_own(
    siti: Registration, live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    with transaction():
        siti.person.language = "id"
    clock.move_to(live_session.starts_at - DAY)
    _tick()
    message = session.scalars(select(Message).where(Message.kind == "reminder_one_day")).one()
    assert message.text.startswith("Halo Siti,")
    assert "14.00 di Kuala Lumpur" in message.text
    assert link_path(siti) in message.text
