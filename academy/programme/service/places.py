"""Places: given by a conditional UPDATE, so that none is ever given twice; the others wait."""

from collections.abc import Collection, Sequence

from sqlalchemy import bindparam, delete, insert, or_, select, update

from academy.db import now, session, table_of, transaction
from academy.programme import letters
from academy.programme.errors import LiveSessionFullError, LiveSessionOverError, NotRegisteredError
from academy.programme.models import LiveSession, Place, Registration
from academy.programme.service.locks import lock_series
from academy.security import audit

_AS_WRITTEN = {"synchronize_session": False}


# These two are built once: building them costs more than running them.
_LIVE_SESSIONS, _PLACES = table_of(LiveSession), table_of(Place)
_COUNT_IN = (
    update(_LIVE_SESSIONS)
    .where(
        _LIVE_SESSIONS.c.id.in_(bindparam("which", expanding=True)),
        or_(
            _LIVE_SESSIONS.c.capacity.is_(None),
            _LIVE_SESSIONS.c.places_taken < _LIVE_SESSIONS.c.capacity,
        ),
    )
    .values(places_taken=_LIVE_SESSIONS.c.places_taken + 1)
    .returning(_LIVE_SESSIONS.c.id)
)
_QUEUE_UP = (
    update(_LIVE_SESSIONS)
    .where(_LIVE_SESSIONS.c.id.in_(bindparam("which", expanding=True)))
    .values(next_in_queue=_LIVE_SESSIONS.c.next_in_queue + 1)
    .returning(_LIVE_SESSIONS.c.id, _LIVE_SESSIONS.c.next_in_queue)
)
_SEAT = insert(_PLACES)


def take_places(registration_id: int, live_session_ids: Collection[int]) -> None:
    """Give the registration a place in each live session, or a number in its queue.

    The series is locked already, and the registration has no place in any of them yet.
    """
    if not live_session_ids:
        return
    going = _count_in(live_session_ids)
    queue = _queue_up([each for each in live_session_ids if each not in going])
    rows = [
        {
            "registration_id": registration_id,
            "live_session_id": each,
            "state": "going" if each in going else "waiting",
            "queue_number": queue.get(each),
        }
        for each in live_session_ids
    ]
    session.execute(_SEAT, rows)


def _count_in(live_session_ids: Collection[int]) -> set[int]:
    """Take one place in each live session that has one; return which had."""
    return set(session.scalars(_COUNT_IN, {"which": list(live_session_ids)}))


def _queue_up(live_session_ids: Sequence[int]) -> dict[int, int]:
    """Draw one number in the queue of each live session."""
    if not live_session_ids:
        return {}
    rows = session.execute(_QUEUE_UP, {"which": list(live_session_ids)})
    return {each: following - 1 for each, following in rows}


def say_no(registration: Registration, live_session: LiveSession) -> None:
    """Let a person stay away from one live session; the first who waits gets the place."""
    with transaction():
        version = lock_series(registration.series_id)
        place = _get_open_place(registration, live_session)
        was_going = place.state == "going"
        place.state, place.queue_number, place.changed_at = "not_going", None, now()
        session.flush()
        if was_going:
            release_places([live_session.id])
            promote(live_session.id, version)


def say_yes(registration: Registration, live_session: LiveSession) -> str:
    """Let a person come after all; returns "going", or "waiting" where no place is free."""
    with transaction():
        lock_series(registration.series_id)
        place = _get_open_place(registration, live_session)
        if place.state != "not_going":
            return place.state
        if _count_in([live_session.id]):
            place.state = "going"
        else:
            place.state, place.queue_number = (
                "waiting",
                _queue_up([live_session.id])[live_session.id],
            )
        place.changed_at = now()
    return place.state


def give_place(place: Place, *, given_by: int | None = None) -> None:
    """Give somebody who waits a place by hand, whatever the queue says.

    Raises LiveSessionFullError where none is free: raise the capacity first.
    """
    with transaction():
        version = lock_series(place.live_session.series_id)
        session.refresh(place)
        if place.live_session.is_over or place.state == "not_going":
            raise LiveSessionOverError
        if place.state == "going":
            return
        if not _count_in([place.live_session_id]):
            raise LiveSessionFullError
        place.state, place.queue_number, place.changed_at = "going", None, now()
        session.flush()
        letters.write_promoted([place.id], version)
        audit.note("place.give", f"place:{place.id}", actor_id=given_by)


def _get_open_place(registration: Registration, live_session: LiveSession) -> Place:
    session.refresh(registration)
    if registration.cancelled_at is not None:
        raise NotRegisteredError
    if live_session.is_over:
        raise LiveSessionOverError
    statement = (
        select(Place)
        .where(Place.registration_id == registration.id, Place.live_session_id == live_session.id)
        .execution_options(populate_existing=True)
    )
    place = session.scalars(statement).one_or_none()
    if place is None:
        raise NotRegisteredError
    return place


def release_places(live_session_ids: Collection[int]) -> None:
    """Count one person less among those who go to each live session."""
    session.execute(
        update(LiveSession)
        .where(LiveSession.id.in_(live_session_ids))
        .values(places_taken=LiveSession.places_taken - 1)
        .execution_options(**_AS_WRITTEN)
    )


def drop_places(registration_id: int, live_session_ids: Collection[int], version: int) -> None:
    """Take away the registration's places in these live sessions; those who wait move up."""
    mine = Place.registration_id == registration_id, Place.live_session_id.in_(live_session_ids)
    going = select(Place.live_session_id).where(*mine, Place.state == "going")
    freed = sorted(session.scalars(going))
    session.execute(delete(Place).where(*mine).execution_options(**_AS_WRITTEN))
    release_places(freed)
    for each in freed:
        promote(each, version)


def promote(live_session_id: int, version: int) -> int:
    """Give every free place to the first of those who wait, and write to them.

    Returns how many got one. The series is locked already.
    """
    going = _first_in_queue(live_session_id)
    if not going:
        return 0
    session.execute(
        update(LiveSession)
        .where(LiveSession.id == live_session_id)
        .values(places_taken=LiveSession.places_taken + len(going))
        .execution_options(**_AS_WRITTEN)
    )
    session.execute(
        update(Place)
        .where(Place.id.in_(going))
        .values(state="going", queue_number=None, changed_at=now())
        .execution_options(**_AS_WRITTEN)
    )
    letters.write_promoted(going, version)
    return len(going)


def _first_in_queue(live_session_id: int) -> list[int]:
    statement = select(LiveSession.capacity, LiveSession.places_taken).where(
        LiveSession.id == live_session_id
    )
    capacity, taken = session.execute(statement).one()
    waiting = (
        select(Place.id)
        .where(Place.live_session_id == live_session_id, Place.state == "waiting")
        .order_by(Place.queue_number)
    )
    if capacity is not None:
        waiting = waiting.limit(max(capacity - taken, 0))
    return list(session.scalars(waiting))
