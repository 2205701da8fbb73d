"""A host tells of a listening point beforehand: it counts as it happens, and nobody has to act."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from academy.attendance import service
from academy.attendance.listening.points import PointFacts
from academy.attendance.models import Attendance, ListeningPoint, Tally
from academy.attendance.recomputing.series import recompute_series
from academy.attendance.service.digest import digest_of
from academy.db import now, session
from academy.figures.queries import find_head, read_ledger, report_attendance
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.attendance.conftest import change
from tests.cast import Cast

#: Every place that asks what time it is, on the way from a host's words to a figure.
CLOCKS = (
    "academy.programme.models.now",
    "academy.attendance.standing.now",
    "academy.attendance.service.points.now",
    "academy.attendance.service.point_evidence.now",
    "academy.attendance.service.point_counting.now",
    "academy.attendance.service.presence.now",
    "academy.attendance.recomputing.evidence.now",
    "academy.figures.queries.now",
)


class Clock:
    """A clock that tests turn; it stands `minute` minutes after the start of the live session."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, starts_at: datetime) -> None:
        self._starts_at, self._minute = starts_at, 0
        for place in CLOCKS:
            monkeypatch.setattr(place, self.read)

    def read(self) -> datetime:
        return self._starts_at + timedelta(minutes=self._minute)

    def turn(self, minute: int) -> None:
        """Let it be that minute, and the timetable's minute pass."""
        self._minute = minute
        session.expire_all()
        service.sweep_points()
        session.expire_all()


@pytest.fixture
def clock(live_session: LiveSession, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return a clock five minutes before the start."""
    clock = Clock(monkeypatch, live_session.starts_at)
    clock.turn(-5)
    return clock


@pytest.fixture
def point(live_session: LiveSession, siti: Person, cast: Cast, clock: Clock) -> ListeningPoint:
    """Return a point that its organiser told of five minutes before the start: Siti and 6 more."""
    facts = PointFacts("Balai Desa", "ID", women=4, men=2, names=("Siti Aminah",))
    return service.open_point(live_session, facts, None, service.Actor(cast.organiser.id, True))


def _counted() -> list[tuple[int | None, int | None]]:
    return [(one.person_id, one.minutes) for one in session.scalars(select(Attendance)).all()]


def _reached(live_session: LiveSession) -> int:
    head = find_head(live_session.series.slug)
    assert head is not None
    return int(report_attendance(read_ledger(head))["attendances_reached"])


def test_before_the_start_nobody_was_there(
    live_session: LiveSession, point: ListeningPoint, clock: Clock
) -> None:
    clock.turn(-1)
    assert (_counted(), session.get(Tally, live_session.id)) == ([], None)


def test_while_it_lasts_they_came_and_nobody_knows_for_how_long(
    live_session: LiveSession, siti: Person, point: ListeningPoint, clock: Clock
) -> None:
    clock.turn(1)
    assert _counted() == [(siti.id, None)]
    clock.turn(149)
    assert _counted() == [(siti.id, None)]


def test_when_it_is_over_the_whole_counts_and_nobody_had_to_act(
    live_session: LiveSession, siti: Person, point: ListeningPoint, clock: Clock
) -> None:
    clock.turn(1)
    clock.turn(150)
    assert _counted() == [(siti.id, 150)]
    assert session.scalars(select(ListeningPoint.counts_next_at)).all() == [None]


def test_a_worker_that_slept_through_it_counts_the_whole(
    siti: Person, point: ListeningPoint, clock: Clock
) -> None:
    clock.turn(600)
    clock.turn(601)
    assert _counted() == [(siti.id, 150)]


def test_who_left_before_the_end_is_counted_when_they_left(
    live_session: LiveSession, siti: Person, cast: Cast, clock: Clock
) -> None:
    facts = PointFacts("Hall", names=("Siti Aminah",), from_minute=10, until_minute=40)
    service.open_point(live_session, facts, None, service.Actor(cast.organiser.id, True))
    seen = []
    for minute in (5, 10, 39, 40, 150):
        clock.turn(minute)
        seen.append([minutes for _person, minutes in _counted()])
    assert seen == [[], [None], [None], [30], [30]]


def test_a_live_session_that_is_moved_takes_its_listeners_along(
    live_session: LiveSession, siti: Person, point: ListeningPoint, clock: Clock
) -> None:
    clock.turn(1)
    change(live_session, starts_at=clock.read() + timedelta(minutes=59))
    service.follow_programme(live_session.series_id)
    assert _counted() == []
    clock.turn(61)
    assert _counted() == [(siti.id, None)]
    clock.turn(60 + 150)
    assert _counted() == [(siti.id, 150)]


def test_people_without_a_name_are_reached_once_it_has_begun(
    live_session: LiveSession, point: ListeningPoint, clock: Clock
) -> None:
    before = _reached(live_session)
    clock.turn(1)
    assert (before, _reached(live_session)) == (0, 7)


@pytest.mark.parametrize("minute", [-1, 1, 75, 150, 300])
def test_computing_everything_anew_says_the_same_at_any_moment(
    live_session: LiveSession, siti: Person, point: ListeningPoint, clock: Clock, minute: int
) -> None:
    clock.turn(minute)
    before = digest_of(live_session.series_id)
    changes = recompute_series(live_session.series_id)
    assert digest_of(live_session.series_id) == before
    assert (changes.added, changes.changed, changes.removed) == (0, 0, 0)


def test_the_desk_and_the_host_are_told_when_it_counts(
    client_of: Callable[[Person], FlaskClient],
    live_session: LiveSession,
    siti: Person,
    cast: Cast,
) -> None:
    change(live_session, starts_at=now() + timedelta(minutes=5))
    session.expire_all()
    facts = PointFacts("Hall", women=3)
    desk = service.Actor(cast.organiser.id, at_desk=True)
    service.open_point(live_session, facts, siti.id, desk)
    points = "/desk/live-sessions/may-1/listening-points/"
    assert "counts as soon as it begins" in client_of(cast.organiser).get(points).text
    assert "It counts as it happens" in client_of(siti).get("/listening-points/may-1/").text
    change(live_session, starts_at=now() - timedelta(minutes=5))
    assert "counts as soon as it begins" not in client_of(cast.organiser).get(points).text


def test_what_was_told_afterwards_counts_at_once(
    live_session: LiveSession, siti: Person, cast: Cast
) -> None:
    assert live_session.ends_at < now()
    facts = PointFacts("Hall", names=("Siti Aminah",))
    point = service.open_point(live_session, facts, None, service.Actor(cast.organiser.id, True))
    assert (_counted(), point.counts_next_at) == ([(siti.id, 150)], None)
