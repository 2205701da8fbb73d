"""Organisers' use cases: creating, extending, changing and calling off."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from academy.db import session
from academy.messaging.models import Message
from academy.programme.errors import (
    BadCapacityError,
    BadLengthError,
    BadSlugError,
    BadTitleError,
    BadWeeksError,
    CapacityBelowTakenError,
    LiveSessionFullError,
    LiveSessionOverError,
    ProgrammeError,
    SlugTakenError,
)
from academy.programme.models import LiveSession, Place, Registration, Series
from academy.programme.service import (
    LiveSessionFacts,
    SeriesFacts,
    add_live_sessions,
    cancel_live_session,
    cancel_series,
    change_live_session,
    change_series,
    create_series,
    give_place,
    publish_series,
    register,
    withdraw_series,
)
from academy.programme.weekly import to_local
from academy.security.models import AuditEntry
from tests.cast import Cast
from tests.programme.scenes import a_series, check_counts, somebody, states

pytestmark = pytest.mark.usefixtures("app")


def _facts(live_session: LiveSession, **other: object) -> LiveSessionFacts:
    facts: dict[str, object] = {
        "title": live_session.title, "minutes": live_session.minutes,
        "start": to_local(live_session.starts_at, live_session.zone),
        "capacity": live_session.capacity,
    }  # fmt: skip
    return LiveSessionFacts(**(facts | other))  # type: ignore[arg-type]


def test_five_live_sessions_are_numbered_and_named_after_the_series() -> None:
    series = a_series("weaving", weeks=5)
    assert [each.slug for each in series.live_sessions] == [f"weaving-{n}" for n in range(1, 6)]
    assert session.scalars(select(AuditEntry.action)).all() == ["series.create"]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"slug": "Weaving!"}, BadSlugError), ({"slug": "a" * 81}, BadSlugError),
        ({"title": " "}, BadTitleError), ({"title": "a\nb"}, BadTitleError),
        ({"minutes": 0}, BadLengthError), ({"minutes": 1441}, BadLengthError),
        ({"weeks": 0}, BadWeeksError), ({"weeks": 61}, BadWeeksError),
        ({"capacity": 0}, BadCapacityError), ({"capacity": 10**12}, BadCapacityError),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_stored(
    wrong: dict[str, object], error: type[ProgrammeError]
) -> None:
    plan: dict[str, object] = {
        "slug": "weaving", "title": "Weaving", "zone": "Asia/Tokyo", "minutes": 90, "weeks": 2,
        "first_start": datetime.fromisoformat("2030-01-05T10:00"),
    }  # fmt: skip
    with pytest.raises(error):
        create_series(**(plan | wrong))  # type: ignore[arg-type]
    assert session.query(Series).count() == 0


def test_two_series_cannot_share_an_address() -> None:
    a_series("weaving")
    with pytest.raises(SlugTakenError):
        a_series("weaving")


def test_more_weeks_go_on_at_the_same_hour() -> None:
    series = a_series("weaving", weeks=2)
    add_live_sessions(series, 2)
    starts = [each.starts_at for each in series.live_sessions]
    assert [later - earlier for earlier, later in pairwise(starts)] == [timedelta(weeks=1)] * 3


def test_more_capacity_lets_several_people_in_who_wait() -> None:
    series = a_series(capacity=1)
    for name in ("A", "B", "C", "D"):
        register(somebody(name), series)
    change_series(series, SeriesFacts(), capacity=3, registration_closes_at=None)
    assert list(states(series.live_sessions[0]).values()).count("going") == 3
    assert states(series.live_sessions[0])["D"] == "waiting"
    check_counts(series.live_sessions[0])


def test_no_limit_lets_everybody_in() -> None:
    series = a_series(capacity=1)
    for name in ("A", "B", "C"):
        register(somebody(name), series)
    live_session = series.live_sessions[0]
    change_live_session(live_session, _facts(live_session, capacity=None))
    assert set(states(live_session).values()) == {"going"}
    check_counts(live_session)


def test_a_capacity_below_those_who_go_sends_nobody_away() -> None:
    series = a_series(capacity=2)
    for name in ("A", "B"):
        register(somebody(name), series)
    live_session = series.live_sessions[0]
    session.refresh(live_session)
    with pytest.raises(CapacityBelowTakenError):
        change_live_session(live_session, _facts(live_session, capacity=1))
    check_counts(live_session)


def test_a_live_session_that_moves_is_told_to_those_who_come(cast: Cast) -> None:
    series = a_series()
    register(cast.learner, series)
    live_session = series.live_sessions[0]
    later = to_local(live_session.starts_at, live_session.zone) + timedelta(hours=2)
    change_live_session(live_session, _facts(live_session, start=later))
    assert session.scalars(select(Message.kind).order_by(Message.id)).all() == [
        "registered",
        "moved",
    ]


def test_a_live_session_that_moves_into_the_future_seats_those_who_came_late() -> None:
    series = a_series(weeks=2, in_days=-2)
    register(somebody("Late"), series)
    live_session = series.live_sessions[0]
    later = to_local(live_session.starts_at, live_session.zone) + timedelta(days=4)
    change_live_session(live_session, _facts(live_session, start=later))
    assert states(live_session) == {"Late": "going"}
    check_counts(live_session)


def test_a_live_session_called_off_is_told_once_and_stays_so(cast: Cast) -> None:
    series = a_series(weeks=2)
    register(cast.learner, series)
    cancel_live_session(series.live_sessions[0])
    with pytest.raises(LiveSessionOverError):
        cancel_live_session(series.live_sessions[0])
    told = session.scalars(select(Message.kind).order_by(Message.id)).all()
    assert told == ["registered", "live_session_cancelled"]


def test_a_series_called_off_is_told_once_to_everybody_registered(cast: Cast) -> None:
    series = a_series(weeks=3)
    register(cast.learner, series, source="import")
    cancel_series(series)
    cancel_series(series)
    assert session.scalars(select(Message.kind).order_by(Message.id)).all() == ["series_cancelled"]
    assert {each.status for each in series.live_sessions} == {"cancelled"}


def test_publishing_and_withdrawing_take_the_live_sessions_with_them() -> None:
    series = a_series(weeks=2, published=False)
    publish_series(series)
    assert {each.status for each in series.live_sessions} == {"published"}
    withdraw_series(series)
    assert [series.status, *(each.status for each in series.live_sessions)] == ["draft"] * 3


def test_a_place_given_by_hand_needs_a_free_one() -> None:
    series = a_series(capacity=1)
    for name in ("A", "B"):
        register(somebody(name), series)
    waiting = session.scalars(select(Place).where(Place.state == "waiting")).one()
    with pytest.raises(LiveSessionFullError):
        give_place(waiting)
    assert states(series.live_sessions[0])["B"] == "waiting"


def test_a_file_that_comes_late_does_not_overfill_a_live_session() -> None:
    series = a_series(capacity=1)
    for name in ("A", "B"):
        register(somebody(name), series, source="import")
    assert session.query(Registration).count() == 2
    check_counts(series.live_sessions[0])
