"""Live sessions: more weeks, other times, other capacities, called off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select

from academy.db import session, transaction
from academy.programme import letters
from academy.programme.errors import CapacityBelowTakenError, LiveSessionOverError
from academy.programme.models import LiveSession, Place, Registration, Series
from academy.programme.ports import tell_registrants_changed
from academy.programme.rules import (
    check_capacity,
    check_megabytes,
    check_minutes,
    check_title,
    check_web_address,
    check_weeks,
)
from academy.programme.service.locks import lock_series
from academy.programme.service.places import promote
from academy.programme.weekly import to_local, to_moment, weekly_starts
from academy.security import audit


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveSessionFacts:
    """Everything that an organiser may change of a live session."""

    title: str
    #: Naive: the hour on the clocks of the live session's zone.
    start: datetime
    minutes: int
    capacity: int | None = None
    summary: str = ""
    hosts: tuple[str, ...] = ()
    #: Where that day's room is; for those who go in by their personal link alone.
    room_url: str = ""
    recording_url: str = ""
    #: What watching it costs in data; None where nobody said.
    recording_megabytes: int | None = None


def make_live_sessions(series: Series, starts: Sequence[datetime], minutes: int) -> None:
    """Add live sessions after the last one; every standing registration gets a place in each."""
    first = 1 + max((each.number for each in series.live_sessions), default=0)
    for number, starts_at in enumerate(starts, start=first):
        live_session = LiveSession(
            slug=f"{series.slug}-{number}", number=number, title=series.title, zone=series.zone,
            starts_at=starts_at, minutes=minutes, capacity=series.capacity,
            status=series.status, hosts=[],
        )  # fmt: skip
        series.live_sessions.append(live_session)
    session.flush()
    for each in series.live_sessions:
        if each.number >= first:
            _seat_everybody(each)


def _seat_everybody(live_session: LiveSession) -> None:
    """Give those registrations a place that have none: the first to register come first."""
    missing = _without_place(live_session)
    if not missing:
        return
    free = len(missing)
    if live_session.capacity is not None:
        free = min(free, live_session.capacity - live_session.places_taken)
    queue = live_session.next_in_queue
    rows = [
        {
            "registration_id": each,
            "live_session_id": live_session.id,
            "state": "going" if index < free else "waiting",
            "queue_number": None if index < free else queue + index - free,
        }
        for index, each in enumerate(missing)
    ]
    session.execute(insert(Place), rows)
    live_session.places_taken += free
    live_session.next_in_queue += len(missing) - free
    session.flush()


def _without_place(live_session: LiveSession) -> list[int]:
    seated = select(Place.registration_id).where(Place.live_session_id == live_session.id)
    statement = (
        select(Registration.id)
        .where(
            Registration.series_id == live_session.series_id,
            Registration.cancelled_at.is_(None),
            Registration.registered_at < live_session.ends_at,
            Registration.id.not_in(seated),
        )
        .order_by(Registration.registered_at, Registration.id)
    )
    return list(session.scalars(statement))


def add_live_sessions(series: Series, weeks: int, *, added_by: int | None = None) -> None:
    """Go on for `weeks` more weeks at the hour of the last live session.

    Raises BadWeeksError and StartMissingError.
    """
    check_weeks(weeks)
    with transaction():
        lock_series(series.id)
        session.refresh(series)
        last = max(series.live_sessions, key=lambda each: each.starts_at)
        starts = following_starts(last, weeks)
        make_live_sessions(series, starts, last.minutes)
        audit.note("series.extend", f"series:{series.slug}", actor_id=added_by, weeks=weeks)


def following_starts(last: LiveSession, weeks: int) -> list[datetime]:
    """Return the moments of the next weeks at the same hour on the clock."""
    local = to_local(last.starts_at, last.zone)
    return weekly_starts(local + timedelta(weeks=1), last.zone, weeks)


def change_live_session(
    live_session: LiveSession, facts: LiveSessionFacts, *, changed_by: int | None = None
) -> None:
    """Change words, time, capacity, hosts, room and recording; tell a new time to who comes.

    Raises BadTitleError, BadLengthError, BadCapacityError, CapacityBelowTakenError,
    StartMissingError, BadWebAddressError, BadSizeError.
    """
    _check(facts)
    starts_at = to_moment(facts.start, live_session.zone)
    with transaction():
        version = lock_series(live_session.series_id, for_words=True)
        session.refresh(live_session)
        has_moved = live_session.starts_at != starts_at
        has_new_window = has_moved or live_session.minutes != facts.minutes
        has_new_room = live_session.room_url != facts.room_url.strip()
        if has_new_window or live_session.title != facts.title.strip():
            live_session.sequence += 1
        live_session.starts_at, live_session.minutes = starts_at, facts.minutes
        live_session.title, live_session.summary = facts.title.strip(), facts.summary.strip()
        hosts = [name.strip() for name in facts.hosts if name.strip()]
        has_new_hosts, live_session.hosts = hosts != live_session.hosts, hosts
        live_session.room_url = facts.room_url.strip()
        live_session.recording_url = facts.recording_url.strip()
        live_session.recording_megabytes = facts.recording_megabytes
        change_capacity(live_session, facts.capacity, version)
        if has_moved:
            _move(live_session)
        if has_new_window or has_new_hosts:
            session.flush()
            tell_registrants_changed(live_session.series_id)
        audit.note(
            "live_session.change", f"live_session:{live_session.slug}", actor_id=changed_by,
            moved=has_moved, new_room=has_new_room,
        )  # fmt: skip


def _check(facts: LiveSessionFacts) -> None:
    check_title(facts.title)
    check_minutes(facts.minutes)
    check_capacity(facts.capacity)
    check_web_address(facts.room_url.strip(), "room_url")
    check_web_address(facts.recording_url.strip(), "recording_url")
    check_megabytes(facts.recording_megabytes)


def change_capacity(live_session: LiveSession, capacity: int | None, version: int) -> None:
    """Set the capacity and let in as many of those who wait as it allows.

    Raises CapacityBelowTakenError where more people go already: nobody is sent away.
    """
    if capacity is not None and capacity < live_session.places_taken:
        raise CapacityBelowTakenError(live_session.places_taken)
    if capacity == live_session.capacity:
        return
    live_session.capacity = capacity
    session.flush()
    if not live_session.is_over:
        promote(live_session.id, version)
        session.refresh(live_session)


def _move(live_session: LiveSession) -> None:
    session.flush()
    if live_session.is_over:
        return
    _seat_everybody(live_session)
    letters.write_moved(live_session)


def cancel_live_session(live_session: LiveSession, *, cancelled_by: int | None = None) -> None:
    """Call off one live session and tell those who go or wait; their places stay as they were.

    Raises LiveSessionOverError where it has ended or was called off before.
    """
    with transaction():
        lock_series(live_session.series_id)
        session.refresh(live_session)
        if live_session.is_over:
            raise LiveSessionOverError
        live_session.status = "cancelled"
        live_session.sequence += 1
        letters.write_live_session_cancelled(live_session)
        audit.note(
            "live_session.cancel", f"live_session:{live_session.slug}", actor_id=cancelled_by
        )
