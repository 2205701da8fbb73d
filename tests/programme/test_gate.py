"""Letters that were planned and have nothing to tell any more when they would leave."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from academy.db import session
from academy.messaging import service as post_office
from academy.messaging.models import Message
from academy.programme import gate
from academy.programme.models import LiveSession, Registration
from academy.programme.service import (
    LiveSessionFacts,
    cancel_live_session,
    cancel_registration,
    change_live_session,
    register,
    say_no,
)
from academy.programme.weekly import to_local
from tests.programme.scenes import a_series, somebody

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def registration() -> Registration:
    """Return a registration whose letters have been sent."""
    made = register(somebody("Siti"), a_series())
    post_office.deliver_due()
    return made


def _live_session(registration: Registration) -> LiveSession:
    return registration.series.live_sessions[0]


def _move(live_session: LiveSession, days: int) -> None:
    start = to_local(live_session.starts_at + timedelta(days=days), live_session.zone)
    change_live_session(
        live_session,
        LiveSessionFacts(title=live_session.title, start=start, minutes=live_session.minutes),
    )


def _reasons(kind: str) -> list[tuple[str, str]]:
    post_office.deliver_due()
    statement = select(Message.state, Message.reason).where(Message.kind == kind)
    return [(row[0], row[1]) for row in session.execute(statement.order_by(Message.id))]


def test_a_confirmation_does_not_leave_when_the_registration_was_taken_back() -> None:
    cancel_registration(register(somebody("Siti"), a_series()))
    assert _reasons("registered") == [("suppressed", gate.TAKEN_BACK)]
    assert _reasons("cancelled") == [("sent", "")]


def test_whoever_leaves_is_not_told_the_new_time(registration: Registration) -> None:
    _move(_live_session(registration), days=1)
    say_no(registration, _live_session(registration))
    assert _reasons("moved") == [("suppressed", gate.TAKEN_BACK)]


def test_only_the_last_of_two_new_times_is_told(registration: Registration) -> None:
    _move(_live_session(registration), days=1)
    _move(_live_session(registration), days=2)
    assert _reasons("moved") == [("suppressed", gate.MOVED_AGAIN), ("sent", "")]


def test_a_new_time_is_not_told_of_what_was_called_off(registration: Registration) -> None:
    _move(_live_session(registration), days=1)
    cancel_live_session(_live_session(registration))
    assert _reasons("moved") == [("suppressed", gate.CALLED_OFF)]
    assert _reasons("live_session_cancelled") == [("sent", "")]


def test_a_place_that_was_given_back_is_not_promised() -> None:
    series = a_series(capacity=1)
    first = register(somebody("First"), series)
    second = register(somebody("Second"), series)
    cancel_registration(first)
    cancel_registration(second)
    assert _reasons("promoted") == [("suppressed", gate.NO_PLACE)]
