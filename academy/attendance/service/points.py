"""Listening points: opened, changed, taken back and brought back; nobody overwrites another."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from academy.attendance.listening.points import PointError, PointFacts
from academy.attendance.models import Evidence, Identity, ListeningPoint, Match, PointEntry
from academy.attendance.service.deciding import exclude, find_standing, undo_decision
from academy.attendance.service.hosts import apply_hosts
from academy.attendance.service.matching import match_identities, match_series_again
from academy.attendance.service.point_evidence import keep_minutes, note_people, withdraw_people
from academy.attendance.service.presence import compute_attendance
from academy.db import now, session, transaction
from academy.lib.jobs import DESK, announce
from academy.programme.models import LiveSession
from academy.programme.service import lock_series
from academy.security import audit

_DEVICE = "listening_point"
_ENTRIES = (
    selectinload(ListeningPoint.entries)
    .joinedload(PointEntry.evidence)
    .joinedload(Evidence.identity)
)


class PointsClosed(PointError):
    """The live session has not opened its door yet, was called off, or ended too long ago."""


class HostHasPoint(PointError):
    """The host has told of a listening point in this live session already."""


class PointChanged(Exception):
    """Somebody changed the point, or took it back, after the reader looked."""


class NotTheirs(Exception):
    """An organiser took the point back: its host cannot bring it back."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who says something of a point: its host from afar, or the desk, which may at any time."""

    person_id: int
    at_desk: bool = False


def open_point(
    live_session: LiveSession, facts: PointFacts, host_id: int | None, actor: Actor
) -> ListeningPoint:
    """Store a new listening point and count those whom it names.

    Raises a PointError with what is wrong: PointsClosed, HostHasPoint, or what PointFacts.check
    says. A host whose point an organiser took back opens no second one.
    """
    with transaction():
        lock_series(live_session.series_id)
        _check(live_session, facts, actor)
        _refuse_second(live_session, host_id, actor)
        point = ListeningPoint(
            live_session_id=live_session.id, hosted_by=host_id, created_by=actor.person_id
        )
        _write(point, facts, actor)
        session.add(point)
        session.flush()
        _follow(point, live_session, facts, actor, "opened")
    return point


def _check(live_session: LiveSession, facts: PointFacts, actor: Actor) -> None:
    _refuse_closed(live_session, actor)
    facts.check(live_session.minutes)


def _refuse_closed(live_session: LiveSession, actor: Actor) -> None:
    """The desk may be late, but nobody was at a listening point before the door opened."""
    has_begun = live_session.listening_points_open[0] <= now()
    late_is_fine = actor.at_desk and has_begun and live_session.status != "cancelled"
    if not (late_is_fine or live_session.takes_listening_points):
        raise PointsClosed


def _refuse_second(
    live_session: LiveSession, host_id: int | None, actor: Actor, but: int | None = None
) -> None:
    statement = select(ListeningPoint.id).where(
        ListeningPoint.live_session_id == live_session.id,
        ListeningPoint.hosted_by == host_id,
        ListeningPoint.id != (but or 0),
    )
    if actor.at_desk:
        statement = statement.where(ListeningPoint.withdrawn_at.is_(None))
    if host_id is not None and session.scalar(statement.limit(1)) is not None:
        raise HostHasPoint


def _write(point: ListeningPoint, facts: PointFacts, actor: Actor) -> None:
    point.place, point.country = facts.place, facts.country
    point.women, point.men, point.others = facts.women, facts.men, facts.others
    point.from_minute, point.until_minute = facts.from_minute, facts.until_minute
    point.changed_by, point.changed_at = actor.person_id, now()


def change_point(
    point: ListeningPoint, facts: PointFacts, host_id: int | None, *, seen: int, actor: Actor
) -> None:
    """Let the point say what `facts` say, where its version is still the one `seen`.

    Raises PointChanged where it is not, where the point was taken back, and what open_point raises.
    """
    with transaction():
        live_session = _lock(point)
        if point.version != seen or point.withdrawn_at is not None:
            raise PointChanged
        _check(live_session, facts, actor)
        _refuse_second(live_session, host_id, actor, but=point.id)
        point.hosted_by = host_id
        _write(point, facts, actor)
        point.version += 1
        _follow(point, live_session, facts, actor, "changed")


def _lock(point: ListeningPoint) -> LiveSession:
    """Hold the series and read the point once more; return its live session."""
    live_session = session.get_one(LiveSession, point.live_session_id)
    lock_series(live_session.series_id)
    statement = (
        select(ListeningPoint)
        .where(ListeningPoint.id == point.id)
        .options(_ENTRIES)
        .execution_options(populate_existing=True)
    )
    session.scalars(statement).one()
    return live_session


def _follow(
    point: ListeningPoint, live_session: LiveSession, facts: PointFacts, actor: Actor, did: str
) -> None:
    """Bring the evidence in line, match and count anew, and write down who did what."""
    note_people(point, live_session, facts.names, actor.person_id)
    _count(point, live_session, actor, did)


def _count(point: ListeningPoint, live_session: LiveSession, actor: Actor, did: str) -> None:
    session.flush()
    apply_hosts(live_session)
    match_identities(live_session)
    compute_attendance(live_session)
    audit.note(f"listening_point.{did}", f"listening-point:{point.id}", actor_id=actor.person_id,
               people=point.people, named=len(point.named))  # fmt: skip
    announce("job.changed", DESK, id=f"review:{live_session.id}")


def withdraw_point(point: ListeningPoint, actor: Actor) -> None:
    """Let the point count no longer, neither its people nor the leaving out of its device.

    Raises PointsClosed for a host who is too late, and PointChanged where it was taken back.
    """
    with transaction():
        live_session = _lock(point)
        if point.withdrawn_at is not None:
            raise PointChanged
        if not actor.at_desk:
            _refuse_closed(live_session, actor)
        point.withdrawn_at, point.withdrawn_by = now(), actor.person_id
        point.version += 1
        withdraw_people(point, actor.person_id)
        _give_up_device(point, actor)
        _count(point, live_session, actor, "withdrawn")


def return_point(point: ListeningPoint, actor: Actor) -> None:
    """Let a point that was taken back count again, as it was.

    Raises PointChanged where it stands, PointsClosed, HostHasPoint, and NotTheirs for a host whose
    point an organiser took back.
    """
    with transaction():
        live_session = _lock(point)
        if point.withdrawn_at is None:
            raise PointChanged
        _refuse_closed(live_session, actor)
        if not actor.at_desk and point.withdrawn_by != actor.person_id:
            raise NotTheirs
        _refuse_second(live_session, point.hosted_by, actor, but=point.id)
        taken_back_at = point.withdrawn_at
        point.withdrawn_at = point.withdrawn_by = None
        point.version += 1
        names = [one.typed for one in point.named]
        note_people(point, live_session, names, actor.person_id, taken_back_at)
        _take_device_again(point, actor)
        _count(point, live_session, actor, "returned")


def follow_programme(series_id: int) -> None:
    """Match the series again, for its registrants or hours changed.

    Who told of a listening point told minutes after the start: they move with the live session.
    """
    statement = (
        select(ListeningPoint)
        .join(LiveSession, LiveSession.id == ListeningPoint.live_session_id)
        .where(LiveSession.series_id == series_id, ListeningPoint.withdrawn_at.is_(None))
        .options(_ENTRIES, joinedload(ListeningPoint.live_session))
        .execution_options(populate_existing=True)
    )
    with transaction():
        for point in session.scalars(statement).all():
            keep_minutes(point, point.live_session, None)
        session.flush()
        match_series_again(series_id)


def name_device(
    point: ListeningPoint, identity: Identity | None, *, seen: int | None, actor: Actor
) -> None:
    """Say which identity is the device of the point: it is not counted as a person. None: forget.

    `seen` is the match that stood about the identity when the human looked. Raises
    ChangedMeanwhile where another one stands now, and PointChanged where the point was taken back.
    """
    with transaction():
        live_session = _lock(point)
        if point.withdrawn_at is not None:
            raise PointChanged
        _give_up_device(point, actor)
        if identity is not None:
            exclude(identity, _DEVICE, seen=seen, actor_id=actor.person_id)
        point.device_id = identity.id if identity is not None else None
        point.version += 1
        _count(point, live_session, actor, "device_named")


def _give_up_device(point: ListeningPoint, actor: Actor) -> None:
    """Open the device's identity again, unless a human has decided otherwise meanwhile."""
    standing = _standing_device(point)
    if standing is not None:
        undo_decision(standing, actor.person_id)


def _standing_device(point: ListeningPoint) -> Match | None:
    statement = (
        select(Match)
        .where(
            Match.identity_id == point.device_id,
            Match.reason == _DEVICE,
            Match.undone_at.is_(None),
        )
        .options(joinedload(Match.identity))
    )
    return session.scalars(statement).one_or_none()


def _take_device_again(point: ListeningPoint, actor: Actor) -> None:
    """Leave the device out as before; where a human has decided about it since, that stands."""
    if point.device_id is None:
        return
    standing = find_standing(point.device_id)
    if standing is None or (standing.by is None and standing.is_for_hands):
        identity = session.get_one(Identity, point.device_id)
        seen = standing.match_id if standing else None
        exclude(identity, _DEVICE, seen=seen, actor_id=actor.person_id)
