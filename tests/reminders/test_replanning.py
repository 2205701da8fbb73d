"""What waits follows its reader: to a new address, on a new clock, at other quiet hours."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete, select

from academy.db import session, transaction
from academy.messaging.models import Message
from academy.messaging.service import deliver_due
from academy.messaging.service.choices import Choices, choose
from academy.people.models import EmailAddress, Person
from academy.people.service.persons import change_profile
from academy.programme.models import LiveSession, Registration
from academy.programme.service import register
from academy.programme.weekly import to_local
from academy.reminders.kinds import BEFORE, STARTED
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
    """Return the registration of Siti, who lives in Kuala Lumpur."""
    person = somebody("Siti")
    with transaction():
        person.zone = "Asia/Kuala_Lumpur"
    registration = register(person, live_session.series)
    deliver_due()
    return registration


@pytest.fixture
def clock(live_session: LiveSession, siti: Registration) -> Iterator[time_machine.Traveller]:
    """Turn the clock to four days before the start and plan; tests move it on."""
    with time_machine.travel(live_session.starts_at - 4 * DAY, tick=False) as traveller:
        plan_reminders()
        yield traveller


def _tick() -> None:
    plan_reminders()
    deliver_due()


def _due() -> dict[str, timedelta]:
    """Return how long before the start each that waits leaves."""
    session.expire_all()
    start = session.scalars(select(LiveSession.starts_at)).one()
    waiting = select(Message).where(Message.state == "planned").order_by(Message.due_at)
    return {one.kind: start - one.due_at for one in session.scalars(waiting)}


def _sent(kind: str) -> Message:
    session.expire_all()
    return session.scalars(select(Message).where(Message.kind == kind)).one()


def _leave_addresses(person_id: int) -> None:
    session.execute(delete(EmailAddress).where(EmailAddress.person_id == person_id))
    session.expire_all()


def test_it_goes_to_the_address_that_is_theirs_when_it_leaves(
    siti: Registration, live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    new = "siti.new@example.org"
    with transaction() as current:
        _leave_addresses(siti.person_id)
        current.add(
            EmailAddress(
                person_id=siti.person_id, address=new, normal=new, is_primary=True, source="self"
            )
        )
    clock.move_to(live_session.starts_at - 3 * DAY)
    assert {one["address"] for one in list_due(live_session.starts_at - DAY)} == {new}
    _tick()
    message = _sent("reminder_three_days")
    assert (message.state, message.address) == ("sent", new)


def test_who_has_no_address_any_more_gets_nothing(
    siti: Registration, live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    with transaction():
        _leave_addresses(siti.person_id)
    clock.move_to(live_session.starts_at - 3 * DAY)
    _tick()
    message = _sent("reminder_three_days")
    assert (message.state, message.cause) == ("suppressed", "no_address")


def test_new_quiet_hours_move_what_waits(
    siti: Registration, live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    choose(siti.person_id, Choices(True, 12 * 60, 20 * 60))
    assert _due() == {
        "reminder_three_days": 3 * DAY + 2 * HOUR, "reminder_one_day": DAY + 2 * HOUR,
        "reminder_one_hour": 2 * HOUR,
    }  # fmt: skip
    choose(siti.person_id, Choices(True, 0, 0))
    assert _due() == {**BEFORE, STARTED: -timedelta(minutes=5)}


def test_a_new_zone_moves_what_waits(
    siti: Registration, live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    change_profile(session.get_one(Person, siti.person_id), zone="America/New_York")
    assert STARTED not in _due()
    moments = session.scalars(select(Message.due_at).where(Message.state == "planned"))
    assert {to_local(one, "America/New_York").hour for one in moments} == {21}


def test_what_was_sent_is_not_planned_again(
    siti: Registration, live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    clock.move_to(live_session.starts_at - 3 * DAY)
    _tick()
    choose(siti.person_id, Choices(True, 12 * 60, 20 * 60))
    assert _due() == {"reminder_one_day": DAY + 2 * HOUR, "reminder_one_hour": 2 * HOUR}


def test_what_had_its_time_is_not_planned_after_all(
    siti: Registration, live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    clock.move_to(live_session.starts_at - 3 * DAY)
    with transaction():
        session.execute(delete(Message).where(Message.kind == "reminder_three_days"))
    choose(siti.person_id, Choices(True, 12 * 60, 20 * 60))
    assert "reminder_three_days" not in _due()


def test_what_is_late_at_the_new_hours_leaves_at_once_and_one_only(
    siti: Registration, live_session: LiveSession, clock: time_machine.Traveller
) -> None:
    clock.move_to(live_session.starts_at - DAY - HOUR)
    choose(siti.person_id, Choices(True, 12 * 60, 14 * 60 + 30))
    assert _due() == {"reminder_one_day": DAY + 2 * HOUR, "reminder_one_hour": 2 * HOUR}
