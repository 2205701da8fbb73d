"""Listening points: many people on one device, each counted once, the device never."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.attendance import service
from academy.attendance.listening.points import (
    BadName,
    BadPlace,
    BadTimes,
    NegativePeople,
    NobodyThere,
    NumberTyped,
    PointFacts,
    TooManyPeople,
)
from academy.attendance.models import Attendance, Evidence, Identity, ListeningPoint, Match, Tally
from academy.attendance.service import Actor
from academy.db import now, session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession, Series
from academy.programme.service import LiveSessionFacts, change_live_session
from academy.security.models import AuditEntry
from tests.attendance.conftest import register
from tests.attendance.zoom_files import Row, zoom_file
from tests.cast import Cast

HALL = "Balai Desa Sukamaju"
SITI_BY_NAME: Row = ("Siti Aminah", "", "14:00:00", "15:00:00")
SITI_BY_ADDRESS: Row = ("Siti", "siti@example.org", "14:00:00", "15:00:00")


@pytest.fixture
def desk(cast: Cast) -> Actor:
    """Return the organiser at the desk, who may be late."""
    return Actor(cast.organiser.id, at_desk=True)


def open_hall(
    live_session: LiveSession, desk: Actor, *names: str, host: Person | None = None, women: int = 0
) -> ListeningPoint:
    """Open a listening point with these names and so many women."""
    facts = PointFacts(HALL, "ID", women=women, names=names)
    return service.open_point(live_session, facts, host.id if host else None, desk)


def _tally(live_session: LiveSession) -> tuple[int, int, int]:
    session.expire_all()
    tally = session.get_one(Tally, live_session.id)
    return tally.matched, tally.unmatched, tally.excluded


def _came() -> list[int | None]:
    return list(session.scalars(select(Attendance.person_id).order_by(Attendance.id)))


def test_whoever_is_entered_by_name_goes_through_the_ladder(
    live_session: LiveSession, siti: Person, desk: Actor
) -> None:
    open_hall(live_session, desk, "Siti Aminah", "Pak Guest", women=4)
    assert _tally(live_session) == (1, 1, 0)
    identities = session.scalars(select(Identity.key).order_by(Identity.id)).all()
    point = session.scalars(select(ListeningPoint)).one()
    assert identities == [f"point:{point.id}:1", f"point:{point.id}:2"]
    assert set(session.scalars(select(Evidence.source))) == {"listening_point"}


def test_numbers_without_names_are_in_no_attendance(live_session: LiveSession, desk: Actor) -> None:
    point = open_hall(live_session, desk, women=12)
    assert (point.people, point.together, _came()) == (12, 12, [])
    assert session.get(Tally, live_session.id) is None


@pytest.mark.parametrize("row", [SITI_BY_NAME, SITI_BY_ADDRESS])
@pytest.mark.parametrize("first", ["point", "file"])
@pytest.mark.parametrize("typed", ["Siti Aminah", "Siti Aminah <siti@example.org>"])
def test_one_who_is_at_a_point_and_in_a_file_is_counted_once(
    live_session: LiveSession, siti: Person, desk: Actor, *, row: Row, first: str, typed: str
) -> None:
    if first == "file":
        service.import_attendance(live_session, zoom_file([row]), "zoom.csv")
    open_hall(live_session, desk, typed)
    if first == "point":
        service.import_attendance(live_session, zoom_file([row]), "zoom.csv")
    assert (_tally(live_session), _came()) == ((1, 0, 0), [siti.id])


def test_one_name_at_two_points_is_left_to_a_human_and_takes_nothing_from_the_file(
    live_session: LiveSession, siti: Person, desk: Actor
) -> None:
    service.import_attendance(live_session, zoom_file([SITI_BY_NAME]), "zoom.csv")
    open_hall(live_session, desk, "Siti Aminah")
    open_hall(live_session, desk, "Siti Aminah")
    assert _tally(live_session) == (1, 2, 0)


def test_an_address_alone_is_enough_and_nobody_learns_whether_it_is_known(
    live_session: LiveSession, siti: Person, desk: Actor
) -> None:
    known = open_hall(live_session, desk, "siti@example.org")
    unknown = open_hall(live_session, desk, "nobody@example.org")
    assert _tally(live_session) == (1, 1, 0)
    assert [one.named[0].typed for one in (known, unknown)] == [
        "siti@example.org", "nobody@example.org",
    ]  # fmt: skip


def test_the_host_is_counted_and_their_device_is_not(
    live_session: LiveSession, siti: Person, desk: Actor
) -> None:
    service.import_attendance(live_session, zoom_file([SITI_BY_ADDRESS]), "zoom.csv")
    point = open_hall(live_session, desk, host=siti, women=5)
    assert _tally(live_session) == (1, 0, 0)
    _name_device(point, "Siti", desk)
    assert (_tally(live_session), _came()) == ((1, 0, 1), [siti.id])
    reason = session.scalars(select(Match.reason).where(Match.decision == "excluded")).one()
    assert reason == "listening_point"


def _name_device(point: ListeningPoint, name: str, desk: Actor) -> Identity:
    found = select(Identity).where(
        Identity.shown_name == name, ~Identity.key.startswith("p")
    )  # neither of a person nor of a point
    identity = session.scalars(found).one()
    standing = service.find_standing(identity.id)
    seen = standing.match_id if standing else None
    service.name_device(point, identity, seen=seen, actor=desk)
    return identity


def test_a_device_of_one_week_says_nothing_of_its_owner_in_the_next(
    live_session: LiveSession, siti: Person, desk: Actor
) -> None:
    service.import_attendance(live_session, zoom_file([SITI_BY_NAME]), "zoom.csv")
    _name_device(open_hall(live_session, desk, women=3), "Siti Aminah", desk)
    with transaction() as current:
        following = LiveSession(
            series_id=live_session.series_id, slug="may-2", number=2, title="Practice",
            starts_at=live_session.starts_at + timedelta(days=7), minutes=150,
            zone=live_session.zone, status="published",
        )  # fmt: skip
        current.add(following)
    later = zoom_file([SITI_BY_NAME]).replace(b"05/02/2020", b"05/09/2020")
    service.import_attendance(following, later, "zoom.csv")
    assert _tally(following) == (1, 0, 0)


def test_a_device_can_be_forgotten_and_counts_as_a_person_again(
    live_session: LiveSession, desk: Actor
) -> None:
    service.import_attendance(
        live_session, zoom_file([("Hall", "", "14:00:00", "15:00:00")]), "z.csv"
    )
    point = open_hall(live_session, desk, women=3)
    _name_device(point, "Hall", desk)
    assert _tally(live_session) == (0, 0, 1)
    service.name_device(point, None, seen=None, actor=desk)
    assert (_tally(live_session), point.device_id) == ((0, 1, 0), None)


def test_a_device_that_somebody_decided_about_meanwhile_is_not_taken(
    live_session: LiveSession, siti: Person, desk: Actor, cast: Cast
) -> None:
    service.import_attendance(
        live_session, zoom_file([("Hall", "", "14:00:00", "15:00:00")]), "z.csv"
    )
    point = open_hall(live_session, desk, women=3)
    hall = session.scalars(select(Identity)).one()
    service.decide(hall, siti.id, seen=None, actor_id=cast.administrator.id)
    with pytest.raises(service.ChangedMeanwhile):
        service.name_device(point, hall, seen=None, actor=desk)
    assert session.get_one(ListeningPoint, point.id).device_id is None


def test_a_point_is_taken_back_and_brought_back_with_its_people_and_its_device(
    live_session: LiveSession, siti: Person, budi: Person, desk: Actor
) -> None:
    service.import_attendance(
        live_session, zoom_file([("Hall", "", "14:00:00", "15:00:00")]), "z.csv"
    )
    point = open_hall(live_session, desk, "Budi Hartono", host=siti, women=3)
    _name_device(point, "Hall", desk)
    assert _tally(live_session) == (2, 0, 1)
    service.withdraw_point(point, desk)
    assert _tally(live_session) == (0, 1, 0)
    service.return_point(point, desk)
    assert _tally(live_session) == (2, 0, 1)
    with pytest.raises(service.PointChanged):
        service.return_point(point, desk)


def test_a_name_that_is_crossed_out_is_withdrawn_and_stays_as_evidence(
    live_session: LiveSession, siti: Person, budi: Person, desk: Actor
) -> None:
    point = open_hall(live_session, desk, "Siti Aminah", "Budi Hartono")
    facts = PointFacts(HALL, names=("Budi Hartono", "Somebody New"))
    service.change_point(point, facts, None, seen=1, actor=desk)
    assert (_came()[0], _tally(live_session)) == (budi.id, (1, 1, 0))
    assert session.scalar(select(func.count(Evidence.id))) == 3
    assert [one.typed for one in point.named] == ["Budi Hartono", "Somebody New"]


def test_other_times_are_new_evidence_and_the_old_one_is_withdrawn(
    live_session: LiveSession, siti: Person, desk: Actor
) -> None:
    point = open_hall(live_session, desk, "Siti Aminah", host=None)
    facts = PointFacts(HALL, names=("Siti Aminah",), from_minute=30, until_minute=90)
    service.change_point(point, facts, None, seen=1, actor=desk)
    minutes = session.scalars(select(Attendance.minutes)).one()
    withdrawn = select(func.count(Evidence.id)).where(Evidence.withdrawn_at.is_not(None))
    assert (minutes, session.scalar(withdrawn)) == (60, 1)


def test_whoever_listened_moves_with_a_live_session_whose_hour_was_wrong(
    live_session: LiveSession, siti: Person, desk: Actor
) -> None:
    open_hall(live_session, desk, "Siti Aminah")
    local = datetime(2020, 5, 2, 20, 0)  # noqa: DTZ001  what the clock showed there
    facts = LiveSessionFacts(title="Principles", start=local, minutes=120)
    change_live_session(live_session, facts)
    minutes = session.scalars(select(Attendance.minutes)).all()
    by = session.scalars(select(Evidence.recorded_by)).all()
    assert (minutes, by) == ([120], [desk.person_id] * 2)


def test_another_host_takes_the_place_of_the_first(
    live_session: LiveSession, siti: Person, budi: Person, desk: Actor
) -> None:
    point = open_hall(live_session, desk, host=siti, women=1)
    for host_id, came in ((budi.id, [budi.id]), (None, []), (siti.id, [siti.id])):
        service.change_point(
            point, PointFacts(HALL, women=1), host_id, seen=point.version, actor=desk
        )
        assert _came() == came


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        (PointFacts("", women=1), BadPlace),
        (PointFacts("x" * 201, women=1), BadPlace),
        (PointFacts(HALL), NobodyThere),
        (PointFacts(HALL, women=-1, men=2), NegativePeople),
        (PointFacts(HALL, women=501), TooManyPeople),
        (PointFacts(HALL, women=499, names=("A", "B")), TooManyPeople),
        (PointFacts(HALL, women=10**30), TooManyPeople),
        (PointFacts(HALL, women=1, from_minute=150), BadTimes),
        (PointFacts(HALL, women=1, from_minute=-1), BadTimes),
        (PointFacts(HALL, women=1, until_minute=151), BadTimes),
        (PointFacts(HALL, women=1, from_minute=20, until_minute=20), BadTimes),
        (PointFacts(HALL, names=("a@example.org b@example.org",)), BadName),
        (PointFacts(HALL, names=("what@is",)), BadName),
        (PointFacts(HALL, names=("x" * 400,)), BadName),
        (PointFacts(HALL, names=("Ibu Ani +62 812 3456 7890",)), NumberTyped),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(
    live_session: LiveSession, desk: Actor, facts: PointFacts, error: type[Exception]
) -> None:
    with pytest.raises(error):
        service.open_point(live_session, facts, None, desk)
    assert session.scalar(select(func.count(ListeningPoint.id))) == 0
    assert session.scalar(select(func.count(Identity.id))) == 0


def test_the_second_of_two_who_edit_overwrites_nothing(
    live_session: LiveSession, desk: Actor
) -> None:
    point = open_hall(live_session, desk, women=3)
    service.change_point(point, PointFacts(HALL, women=4), None, seen=1, actor=desk)
    with pytest.raises(service.PointChanged):
        service.change_point(point, PointFacts(HALL, women=9), None, seen=1, actor=desk)
    assert session.get_one(ListeningPoint, point.id).women == 4


def test_a_host_tells_between_the_opening_of_the_door_and_two_days_after_the_end(
    live_session: LiveSession, siti: Person
) -> None:
    host, facts = Actor(siti.id), PointFacts(HALL, women=3)
    for begins_in, is_open in ((-16, False), (-14, True), (150 + 2879, True), (150 + 2881, False)):
        with transaction():
            live_session.starts_at = now() - timedelta(minutes=begins_in)
        if is_open:
            service.withdraw_point(service.open_point(live_session, facts, siti.id, host), host)
            with transaction() as current:
                current.query(ListeningPoint).delete()
        else:
            with pytest.raises(service.PointsClosed):
                service.open_point(live_session, facts, siti.id, host)


def test_what_an_organiser_took_back_its_host_does_not_bring_back(
    live_session: LiveSession, siti: Person, desk: Actor
) -> None:
    with transaction():
        live_session.starts_at = now() - timedelta(minutes=30)
    host = Actor(siti.id)
    point = service.open_point(live_session, PointFacts(HALL, women=3), siti.id, host)
    service.withdraw_point(point, desk)
    with pytest.raises(service.NotTheirs):
        service.return_point(point, host)
    with pytest.raises(service.HostHasPoint):
        service.open_point(live_session, PointFacts(HALL, women=3), siti.id, host)
    service.return_point(point, desk)


def test_a_host_has_one_point_in_a_live_session(
    live_session: LiveSession, siti: Person, desk: Actor
) -> None:
    first = open_hall(live_session, desk, host=siti, women=1)
    with pytest.raises(service.HostHasPoint):
        open_hall(live_session, desk, host=siti, women=1)
    service.withdraw_point(first, desk)
    open_hall(live_session, desk, host=siti, women=2)
    with pytest.raises(service.HostHasPoint):
        service.return_point(first, desk)


def test_a_declared_host_is_not_counted_at_a_listening_point_either(
    live_session: LiveSession, desk: Actor
) -> None:
    with transaction():
        live_session.hosts = ["Ibu Ani"]
    open_hall(live_session, desk, "Ibu Ani", "Ibu Sri Rahayu")
    assert _tally(live_session) == (0, 1, 1)


def test_the_log_says_who_did_what_and_names_nobody(
    live_session: LiveSession, siti: Person, desk: Actor
) -> None:
    point = open_hall(live_session, desk, "Siti Aminah", women=2)
    service.withdraw_point(point, desk)
    statement = select(AuditEntry).where(AuditEntry.subject == f"listening-point:{point.id}")
    entries = session.scalars(statement.order_by(AuditEntry.id)).all()
    assert [one.action for one in entries] == [
        "listening_point.opened", "listening_point.withdrawn",
    ]  # fmt: skip
    assert entries[0].facts == {"people": 2, "named": 1}


def test_of_eight_who_edit_at_the_same_moment_one_is_heard(own_database: Flask) -> None:
    point_id, actor_id = _scene_of_its_own()

    def try_it(women: int) -> bool:
        try:
            point = session.get_one(ListeningPoint, point_id)
            facts = PointFacts(HALL, women=women)
            actor = Actor(actor_id, at_desk=True)
            service.change_point(point, facts, None, seen=1, actor=actor)
        except service.PointChanged:
            return False
        finally:
            session.remove()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(try_it, range(1, 9))) == 1
    assert session.get_one(ListeningPoint, point_id).version == 2


def _scene_of_its_own() -> tuple[int, int]:
    from_cast = Cast().organiser
    with transaction() as current:
        live_session = LiveSession(
            slug="may-1", number=1, title="Principles", minutes=150, starts_at=now(), zone="UTC",
            status="published",
            series=Series(slug="may", title="May", zone="UTC", status="published"),
        )  # fmt: skip
        current.add(live_session)
    register(live_session.series, "Siti Aminah", "siti@example.org")
    point = open_hall(live_session, Actor(from_cast.id, at_desk=True), women=1)
    numbers = point.id, from_cast.id
    session.remove()
    return numbers
