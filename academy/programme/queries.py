"""Reads of the programme for everybody's pages, each in a counted number of statements."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from academy.db import now, session
from academy.people.models import Person
from academy.programme.models import LiveSession, Place, Registration, Series
from academy.programme.policy import visible_live_sessions, visible_series
from academy.programme.rules import LONGEST_MINUTES


@dataclass(frozen=True, slots=True)
class Seat:
    """A person's place in one live session; `position` counts from 1 among those who wait."""

    state: str
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is to a series: the standing registration with its places, or nothing."""

    registration: Registration | None = None
    #: By the id of the live session.
    seats: dict[int, Seat] = field(default_factory=dict)

    @property
    def is_registered(self) -> bool:
        """Whether a registration stands."""
        return self.registration is not None


NO_STANDING = Standing()


def find_series(slug: str, person: Person | None) -> Series | None:
    """Return the series with its live sessions; two statements."""
    statement = visible_series(person).where(Series.slug == slug)
    return session.scalars(statement.options(selectinload(Series.live_sessions))).one_or_none()


def find_live_session(slug: str, person: Person | None) -> LiveSession | None:
    """Return the live session with its series; one statement."""
    statement = visible_live_sessions(person).where(LiveSession.slug == slug)
    return session.scalars(statement.options(contains_eager(LiveSession.series))).one_or_none()


@dataclass(frozen=True, slots=True)
class SeriesInShort:
    """One series in a list for everybody."""

    slug: str
    title: str
    summary: str
    illustrative: str
    zone: str
    registrants: int
    live_sessions_count: int
    #: None where it has no live session.
    first_start: datetime | None
    last_start: datetime | None
    #: Whether something of it is still to come.
    is_coming: bool


def list_series() -> list[SeriesInShort]:
    """Return the published series, the latest first; two statements."""
    standing = Registration.series_id == Series.id, Registration.cancelled_at.is_(None)
    registrants = select(func.count(Registration.id)).where(*standing).scalar_subquery()
    statement = (
        select(Series, registrants)
        .where(Series.status == "published")
        .options(selectinload(Series.live_sessions))
    )
    found = [_in_short(series, number) for series, number in session.execute(statement)]
    return sorted(found, key=lambda one: str(one.last_start), reverse=True)


def _in_short(series: Series, registrants: int) -> SeriesInShort:
    held = [each for each in series.live_sessions if each.status == "published"]
    return SeriesInShort(
        slug=series.slug, title=series.title, summary=series.summary,
        illustrative=series.illustrative, zone=series.zone, registrants=registrants,
        live_sessions_count=len(held),
        first_start=held[0].starts_at if held else None,
        last_start=held[-1].starts_at if held else None,
        is_coming=any(not each.is_over for each in held),
    )  # fmt: skip


def find_next_live_session() -> LiveSession | None:
    """Return the live session that goes on or comes next, with its series; one statement."""
    at = now()
    statement = (
        visible_live_sessions(None)
        .where(
            LiveSession.status == "published",
            LiveSession.starts_at > at - timedelta(minutes=LONGEST_MINUTES),
        )
        .order_by(LiveSession.starts_at, LiveSession.id)
        .options(contains_eager(LiveSession.series))
        .limit(50)
    )
    return next((each for each in session.scalars(statement) if not each.is_over), None)


def find_standing(person: Person | None, series_id: int) -> Standing:
    """Return what the person is to the series, with the positions in queues; one statement."""
    if person is None:
        return NO_STANDING
    statement = (
        select(Registration, Place.live_session_id, Place.state, _position())
        .outerjoin(Place, Place.registration_id == Registration.id)
        .where(
            Registration.series_id == series_id,
            Registration.person_id == person.id,
            Registration.cancelled_at.is_(None),
        )
    )
    rows = session.execute(statement).all()
    if not rows:
        return NO_STANDING
    seats = {which: Seat(state, position) for _one, which, state, position in rows if state}
    return Standing(rows[0][0], seats)


def _position() -> ColumnElement[int | None]:
    before = aliased(Place)
    ahead = (
        select(func.count())
        .where(
            before.live_session_id == Place.live_session_id,
            before.state == "waiting",
            before.queue_number <= Place.queue_number,
        )
        .correlate(Place)
        .scalar_subquery()
    )
    return case((Place.state == "waiting", ahead))


@dataclass(frozen=True, slots=True)
class Appointment:
    """A live session that somebody is registered for, and the place in it."""

    live_session: LiveSession
    seat: Seat


def list_appointments(person: Person) -> list[Appointment]:
    """Return the person's live sessions, the earliest first, with their series; one statement."""
    statement = (
        select(LiveSession, Place.state, _position())
        .join(Place, Place.live_session_id == LiveSession.id)
        .join(Registration, Registration.id == Place.registration_id)
        .where(Registration.person_id == person.id, Registration.cancelled_at.is_(None))
        .order_by(LiveSession.starts_at)
        .options(joinedload(LiveSession.series))
    )
    return [
        Appointment(live_session, Seat(state, position))
        for live_session, state, position in session.execute(statement)
    ]
