"""Hosts of listening points who were not there: no other act brings them back by itself."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from academy.attendance import service
from academy.attendance.listening.points import PointFacts
from academy.attendance.models import Attendance, Identity, ListeningPoint, Objection
from academy.attendance.service import Actor, Word
from academy.db import session
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.cast import Cast

Act = Callable[[ListeningPoint, Actor], None]
HALL = PointFacts("Balai Desa Sukamaju", "ID", women=4)


@pytest.fixture
def desk(cast: Cast) -> Actor:
    """Return the organiser at the desk."""
    return Actor(cast.organiser.id, at_desk=True)


@pytest.fixture
def point(recent: LiveSession, siti: Person, desk: Actor) -> ListeningPoint:
    """Return a listening point that Siti hosts."""
    return service.open_point(recent, HALL, siti.id, desk)


@pytest.fixture
def objection(point: ListeningPoint, siti: Person, desk: Actor) -> Objection:
    """Return her word that she was not there, which the organiser has confirmed."""
    said = service.object_to(point.live_session, siti.id, Word("not_me"))
    hers = session.scalars(select(Identity.id).where(Identity.key == f"person:{siti.id}")).one()
    service.confirm_not_theirs(said, [hers], seen=said.version, actor_id=desk.person_id)
    assert _minutes() == []
    return said


def _minutes() -> list[int | None]:
    session.expire_all()
    return list(session.scalars(select(Attendance.minutes)))


def _undo(objection: Objection, desk: Actor) -> None:
    service.undo_answer(objection, seen=objection.version, actor_id=desk.person_id)


def _follow(point: ListeningPoint, _desk: Actor) -> None:
    service.follow_programme(point.live_session.series_id)
    service.match_again(point.live_session)


def _change(point: ListeningPoint, desk: Actor) -> None:
    facts = PointFacts(HALL.place, "ID", women=5, from_minute=30)
    service.change_point(point, facts, point.hosted_by, seen=point.version, actor=desk)


def _withdraw(point: ListeningPoint, desk: Actor) -> None:
    service.withdraw_point(point, desk)


def _return(point: ListeningPoint, desk: Actor) -> None:
    service.withdraw_point(point, desk)
    service.return_point(point, desk)


@pytest.mark.parametrize("act", [_follow, _change, _withdraw, _return])
def test_a_host_who_was_not_there_does_not_come_back(
    point: ListeningPoint, objection: Objection, desk: Actor, act: Act
) -> None:
    act(point, desk)
    assert _minutes() == []


@pytest.mark.parametrize(
    ("act", "minutes"), [(_follow, [150]), (_change, [120]), (_withdraw, []), (_return, [150])]
)
def test_an_undone_answer_brings_back_what_the_point_says_now(
    point: ListeningPoint, objection: Objection, desk: Actor, act: Act, minutes: list[int]
) -> None:
    act(point, desk)
    _undo(objection, desk)
    assert _minutes() == minutes


def test_she_comes_back_with_the_point_if_its_answer_was_undone_before(
    point: ListeningPoint, objection: Objection, desk: Actor
) -> None:
    service.withdraw_point(point, desk)
    _undo(objection, desk)
    service.return_point(point, desk)
    assert _minutes() == [150]


@pytest.mark.parametrize("has_another", [False, True])
def test_who_hosts_no_more_is_not_brought_back_by_an_undone_answer(
    point: ListeningPoint, objection: Objection, budi: Person, desk: Actor, *, has_another: bool
) -> None:
    host_id = budi.id if has_another else None
    service.change_point(point, HALL, host_id, seen=point.version, actor=desk)
    _undo(objection, desk)
    session.expire_all()
    assert session.scalars(select(Attendance.person_id)).all() == [host_id][: bool(host_id)]
