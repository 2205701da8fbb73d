"""Registering for a series: a standing registration with a place in every live session to come."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from academy.db import now, session
from academy.messaging.models import Message
from academy.programme.errors import NotRegisteredError, RegistrationClosedError
from academy.programme.models import Place
from academy.programme.service import (
    add_live_sessions,
    cancel_registration,
    register,
    say_no,
    say_yes,
)
from tests.cast import Cast
from tests.programme.scenes import a_series, check_counts, somebody, states

pytestmark = pytest.mark.usefixtures("app")


def test_a_registration_has_a_place_in_every_live_session_to_come(cast: Cast) -> None:
    series = a_series(weeks=3)
    register(cast.learner, series)
    assert [states(each) for each in series.live_sessions] == [{cast.learner.name: "going"}] * 3


def test_a_live_session_that_has_ended_has_no_place_for_somebody_who_registers_today() -> None:
    series = a_series(weeks=3, in_days=-8)
    register(somebody("Late"), series)
    assert [states(each) for each in series.live_sessions] == [{}, {}, {"Late": "going"}]


def test_a_file_from_before_the_live_sessions_gives_places_in_them() -> None:
    series = a_series(weeks=2, in_days=-30)
    registered_at = now() - timedelta(days=40)
    register(somebody("Early"), series, source="import", registered_at=registered_at)
    assert [states(each) for each in series.live_sessions] == [{"Early": "going"}] * 2


def test_registering_twice_is_registering_once(cast: Cast) -> None:
    series = a_series(weeks=2)
    first = register(cast.learner, series, consents={"recording": False})
    second = register(cast.learner, series, consents={"recording": True})
    assert (first.id, second.consents) == (second.id, {"recording": True})
    check_counts(series.live_sessions[0])


def test_registering_again_after_cancelling_stands_again(cast: Cast) -> None:
    series = a_series(weeks=2)
    cancel_registration(register(cast.learner, series))
    assert states(series.live_sessions[0]) == {}
    assert register(cast.learner, series).cancelled_at is None
    assert states(series.live_sessions[1]) == {cast.learner.name: "going"}


def test_a_full_live_session_puts_the_next_person_on_the_waiting_list() -> None:
    series = a_series(capacity=1)
    for name in ("First", "Second", "Third"):
        register(somebody(name), series)
    assert states(series.live_sessions[0]) == {
        "First": "going", "Second": "waiting", "Third": "waiting"
    }  # fmt: skip


def test_who_cancels_makes_room_for_the_first_who_waits() -> None:
    series = a_series(capacity=1)
    first = register(somebody("First"), series)
    for name in ("Second", "Third"):
        register(somebody(name), series)
    cancel_registration(first)
    assert states(series.live_sessions[0]) == {"Second": "going", "Third": "waiting"}
    check_counts(series.live_sessions[0])


def test_saying_no_to_one_live_session_keeps_the_others(cast: Cast) -> None:
    series = a_series(weeks=2, capacity=1)
    registration = register(cast.learner, series)
    register(somebody("Next"), series)
    say_no(registration, series.live_sessions[0])
    assert states(series.live_sessions[0]) == {cast.learner.name: "not_going", "Next": "going"}
    assert states(series.live_sessions[1])[cast.learner.name] == "going"


def test_who_says_yes_after_all_waits_at_the_end_when_the_place_is_gone(cast: Cast) -> None:
    series = a_series(capacity=1)
    registration = register(cast.learner, series)
    register(somebody("Next"), series)
    say_no(registration, series.live_sessions[0])
    assert say_yes(registration, series.live_sessions[0]) == "waiting"
    assert say_yes(registration, series.live_sessions[0]) == "waiting"
    check_counts(series.live_sessions[0])


def test_more_weeks_give_every_standing_registration_a_place() -> None:
    series = a_series(capacity=1)
    register(somebody("First"), series)
    register(somebody("Second"), series)
    cancel_registration(register(somebody("Gone"), series))
    add_live_sessions(series, 2)
    assert states(series.live_sessions[2]) == {"First": "going", "Second": "waiting"}
    check_counts(series.live_sessions[2])


def test_a_draft_and_a_series_that_is_over_take_no_registrations(cast: Cast) -> None:
    for series in (a_series(published=False), a_series(in_days=-10)):
        with pytest.raises(RegistrationClosedError):
            register(cast.learner, series)


def test_a_registration_taken_back_has_no_say_about_places(cast: Cast) -> None:
    series = a_series()
    registration = register(cast.learner, series)
    cancel_registration(registration)
    with pytest.raises(NotRegisteredError):
        say_no(registration, series.live_sessions[0])


def test_every_change_of_registrations_makes_the_figures_stale(cast: Cast) -> None:
    series = a_series()
    before = series.version
    registration = register(cast.learner, series)
    say_no(registration, series.live_sessions[0])
    cancel_registration(registration)
    session.refresh(series)
    assert series.version == before + 3


def test_registering_moving_up_and_cancelling_are_told_once_each(cast: Cast) -> None:
    series = a_series(capacity=1)
    first = register(cast.learner, series)
    register(cast.other_learner, series)
    cancel_registration(first)
    told = session.execute(select(Message.person_id, Message.kind).order_by(Message.id)).all()
    assert [tuple(row) for row in told] == [
        (cast.learner.id, "registered"), (cast.other_learner.id, "registered"),
        (cast.learner.id, "cancelled"), (cast.other_learner.id, "promoted"),
    ]  # fmt: skip


def test_an_import_writes_to_nobody(cast: Cast) -> None:
    register(cast.learner, a_series(), source="import")
    assert session.scalars(select(Message)).all() == []
    assert len(session.scalars(select(Place)).all()) == 1
