"""Deciding by hand: remembered for the series, undone at any time, never overwritten."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from academy import db
from academy.attendance import service
from academy.attendance.models import Attendance, Identity, Match, Tally
from academy.db import session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession, Series
from academy.security.models import AuditEntry
from tests.attendance.came import GUEST, identity_of, let_come, next_week
from tests.attendance.conftest import register
from tests.cast import Cast


@pytest.fixture
def guest(live_session: LiveSession, siti: Person) -> Identity:
    """Return an identity that the ladder leaves open."""
    let_come(live_session, GUEST)
    return identity_of(GUEST[0])


def _tally(live_session: LiveSession) -> tuple[int, int, int]:
    session.expire_all()
    tally = session.get_one(Tally, live_session.id)
    return tally.matched, tally.unmatched, tally.excluded


def test_a_decision_counts_at_once(
    live_session: LiveSession, guest: Identity, siti: Person, cast: Cast
) -> None:
    assert _tally(live_session) == (0, 1, 0)
    service.decide(guest, siti.id, seen=None, actor_id=cast.organiser.id)
    assert _tally(live_session) == (1, 0, 0)
    assert session.scalars(select(Attendance.person_id)).all() == [siti.id]


def test_who_is_not_to_be_counted_stays_as_evidence(
    live_session: LiveSession, guest: Identity, cast: Cast
) -> None:
    match = service.exclude(guest, "second_device", seen=None, actor_id=cast.organiser.id)
    assert _tally(live_session) == (0, 0, 1)
    assert (match.decision, match.reason, match.person_id) == ("excluded", "second_device", None)


def test_somebody_new_is_created_without_an_address(
    live_session: LiveSession, guest: Identity, cast: Cast
) -> None:
    service.create_and_decide(guest, "Noor Body", "MY", seen=None, actor_id=cast.organiser.id)
    person = session.scalars(select(Person).where(Person.name == "Noor Body")).one()
    assert (person.country, person.addresses) == ("MY", [])
    assert _tally(live_session) == (1, 0, 0)


def test_the_second_of_two_overwrites_nothing_and_is_told_what_stands(
    guest: Identity, siti: Person, budi: Person, cast: Cast
) -> None:
    service.decide(guest, siti.id, seen=None, actor_id=cast.organiser.id)
    with pytest.raises(service.ChangedMeanwhile) as told:
        service.decide(guest, budi.id, seen=None, actor_id=cast.administrator.id)
    assert told.value.standing is not None
    assert (told.value.standing.person, told.value.standing.by) == (siti.name, cast.organiser.name)
    assert session.scalars(select(Match.person_id)).all() == [siti.id]


def test_somebody_new_is_not_created_where_another_was_quicker(
    guest: Identity, siti: Person, cast: Cast
) -> None:
    service.decide(guest, siti.id, seen=None, actor_id=cast.organiser.id)
    with pytest.raises(service.ChangedMeanwhile):
        service.create_and_decide(guest, "Noor", None, seen=None, actor_id=cast.organiser.id)
    assert session.scalars(select(Person).where(Person.name == "Noor")).all() == []


def test_whoever_saw_the_decision_may_replace_it(
    guest: Identity, siti: Person, budi: Person, cast: Cast
) -> None:
    first = service.decide(guest, siti.id, seen=None, actor_id=cast.organiser.id)
    second = service.decide(guest, budi.id, seen=first.id, actor_id=cast.organiser.id)
    standing = select(Match.id).where(Match.undone_at.is_(None))
    assert session.scalars(standing).all() == [second.id]


def test_a_decision_is_undone_and_the_ladder_does_not_repeat_it(
    live_session: LiveSession, guest: Identity, siti: Person, cast: Cast
) -> None:
    match = service.decide(guest, siti.id, seen=None, actor_id=cast.organiser.id)
    service.undo_decision(match, cast.administrator.id)
    service.match_again(live_session)
    assert _tally(live_session) == (0, 1, 0)
    with pytest.raises(service.ChangedMeanwhile):
        service.undo_decision(match, cast.administrator.id)


def test_a_decision_over_the_ladder_gives_way_to_it_when_it_is_undone(
    live_session: LiveSession, siti: Person, budi: Person, cast: Cast
) -> None:
    row = (siti.name, "siti@example.org", "14:00:00", "15:00:00")
    let_come(live_session, row)
    identity = session.scalars(select(Identity)).one()
    seen = service.find_standing(identity.id)
    assert seen is not None
    match = service.decide(identity, budi.id, seen=seen.match_id, actor_id=cast.organiser.id)
    service.undo_decision(match, cast.organiser.id)
    assert session.scalars(select(Attendance.person_id)).all() == [siti.id]


def test_a_decision_is_remembered_in_thenext_week(
    live_session: LiveSession, guest: Identity, siti: Person, cast: Cast
) -> None:
    service.decide(guest, siti.id, seen=None, actor_id=cast.organiser.id)
    following = next_week(live_session)
    let_come(following, GUEST)
    assert _tally(following) == (1, 0, 0)
    assert "remembered" in session.scalars(select(Match.rule)).all()


def test_a_decision_reaches_other_weeks_at_once_and_leaves_them_when_undone(
    live_session: LiveSession, guest: Identity, siti: Person, cast: Cast
) -> None:
    following = next_week(live_session)
    let_come(following, GUEST)
    match = service.decide(guest, siti.id, seen=None, actor_id=cast.organiser.id)
    assert _tally(following) == (1, 0, 0)
    service.undo_decision(match, cast.organiser.id)
    assert _tally(following) == (0, 1, 0)


def test_nonsense_decides_nothing(guest: Identity, cast: Cast) -> None:
    with pytest.raises(service.UnknownPerson):
        service.decide(guest, 99_999, seen=None, actor_id=cast.organiser.id)
    with pytest.raises(service.UnknownReason):
        service.exclude(guest, "dislike", seen=None, actor_id=cast.organiser.id)
    assert session.scalars(select(Match)).all() == []


def test_the_log_says_who_decided(guest: Identity, siti: Person, cast: Cast) -> None:
    service.decide(guest, siti.id, seen=None, actor_id=cast.organiser.id)
    statement = select(AuditEntry).where(AuditEntry.action == "attendance.decided")
    entry = session.scalars(statement).one()
    assert (entry.actor_id, entry.subject) == (cast.organiser.id, f"identity:{guest.id}")


def test_the_database_lets_only_one_decision_stand(
    guest: Identity, siti: Person, cast: Cast
) -> None:
    service.decide(guest, siti.id, seen=None, actor_id=cast.organiser.id)
    row = {"identity_id": guest.id, "person_id": siti.id, "decision": "person", "rule": "by_hand"}
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(insert(Match), [{**row, "decided_at": db.now(), "reason": ""}])


def test_of_eight_at_the_same_moment_one_decides(own_database: Flask) -> None:
    siti, identity_id, actors = _scene_of_its_own()

    def try_it(actor_id: int) -> bool:
        try:
            identity = session.get_one(Identity, identity_id)
            service.decide(identity, siti, seen=None, actor_id=actor_id)
        except service.ChangedMeanwhile:
            return False
        finally:
            session.remove()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(try_it, actors * 4)) == 1
    assert session.scalar(select(func.count(Match.id))) == 1


def _scene_of_its_own() -> tuple[int, int, list[int]]:
    cast = Cast()
    with transaction() as current:
        series = Series(slug="may", title="May", zone="Asia/Kuala_Lumpur", status="published")
        current.add(series)
    siti = register(series, "Siti Aminah", "siti@example.org")
    with transaction() as current:
        live_session = LiveSession(
            series_id=series.id, slug="may-1", number=1, title="Principles", minutes=150,
            starts_at=db.now(), zone="UTC", status="published",
        )  # fmt: skip
        current.add(live_session)
        current.flush()
        identity = Identity(
            live_session_id=live_session.id, key="guest", shown_name="Guest", names=["Guest"]
        )
        current.add(identity)
    numbers = siti.id, identity.id, [cast.organiser.id, cast.administrator.id]
    session.remove()
    return numbers
