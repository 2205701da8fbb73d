"""Reads of the programme for everybody's pages, each in a counted number of statements."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, case, func, select
from sqlalchemy.orm import aliased, contains_eager, defer, joinedload

from academy.db import now, session
from academy.people.models import Person
from academy.programme.models import LiveSession, Place, Registration, Series
from academy.programme.personal_links import Named, link_path
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
    """Return the series with its live sessions; one statement."""
    found = session.scalars(_series_called(visible_series(person)), {"slug": slug})
    return found.unique().one_or_none()


@lru_cache(maxsize=8)
def _series_called(visible: Select[Series]) -> Select[Series]:
    # Building a statement takes as long as running it; the policy gives one of two, always.
    called = visible.where(Series.slug == bindparam("slug"))
    return called.options(joinedload(Series.live_sessions))


def find_live_session(slug: str, person: Person | None) -> LiveSession | None:
    """Return the live session with its series; one statement."""
    statement = _live_session_called(visible_live_sessions(person))
    return session.scalars(statement, {"slug": slug}).one_or_none()


@lru_cache(maxsize=8)
def _live_session_called(visible: Select[LiveSession]) -> Select[LiveSession]:
    called = visible.where(LiveSession.slug == bindparam("slug"))
    return called.options(contains_eager(LiveSession.series))


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


_STANDING_NOW = (
    select(func.count(Registration.id))
    .where(Registration.series_id == Series.id, Registration.cancelled_at.is_(None))
    .correlate(Series)
    .scalar_subquery()
)
#: Registrations that stand; of a series whose people are forgotten, what was frozen.
REGISTRANTS = case(
    (Series.anonymised_at.is_not(None), Series.frozen["registrants"].as_integer()),
    else_=_STANDING_NOW,
)
#: One row for each live session of a published series, and one for a series without any.
_IN_SHORT = (
    select(
        Series.slug, Series.title, Series.summary, Series.illustrative, Series.zone,
        REGISTRANTS.label("registrants"), LiveSession.starts_at, LiveSession.minutes,
    )
    .outerjoin(
        LiveSession,
        and_(LiveSession.series_id == Series.id, LiveSession.status == "published"),
    )
    .where(Series.status == "published")
    .order_by(Series.id, LiveSession.starts_at)
)  # fmt: skip


def list_series() -> list[SeriesInShort]:
    """Return the published series, the latest first; one statement."""
    grouped = groupby(session.execute(_IN_SHORT), key=lambda row: row.slug)
    found = [_in_short(list(rows)) for _slug, rows in grouped]
    return sorted(found, key=lambda one: str(one.last_start), reverse=True)


def _in_short(rows: list[Row[Any]]) -> SeriesInShort:
    series, at = rows[0], now()
    held = [row for row in rows if row.starts_at is not None]
    return SeriesInShort(
        slug=series.slug, title=series.title, summary=series.summary,
        illustrative=series.illustrative, zone=series.zone, registrants=series.registrants,
        live_sessions_count=len(held),
        first_start=held[0].starts_at if held else None,
        last_start=held[-1].starts_at if held else None,
        is_coming=any(row.starts_at + timedelta(minutes=row.minutes) > at for row in held),
    )  # fmt: skip


#: What may go on at the moment `since` or begins later; the earliest first.
_FROM_NOW_ON = (
    visible_live_sessions(None)
    .where(LiveSession.status == "published", LiveSession.starts_at > bindparam("since"))
    .order_by(LiveSession.starts_at, LiveSession.id)
    .options(contains_eager(LiveSession.series))
    .limit(50)
)


def find_next_live_session() -> LiveSession | None:
    """Return the live session that goes on or comes next, with its series; one statement."""
    since = {"since": now() - timedelta(minutes=LONGEST_MINUTES)}
    return next((each for each in session.scalars(_FROM_NOW_ON, since) if not each.is_over), None)


def find_standing(person: Person | None, series_id: int) -> Standing:
    """Return what the person is to the series, with the positions in queues; one statement."""
    if person is None:
        return NO_STANDING
    rows = session.execute(_STANDING, {"series_id": series_id, "person_id": person.id}).all()
    if not rows:
        return NO_STANDING
    seats = {which: Seat(state, number) for _one, which, state, number in rows if state}
    return Standing(rows[0][0], seats)


def position() -> ColumnElement[int | None]:
    """Return the column of the place's number among those who wait; NULL for all others."""
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


_STANDING = (
    select(Registration, Place.live_session_id, Place.state, position())
    .outerjoin(Place, Place.registration_id == Registration.id)
    .where(
        Registration.series_id == bindparam("series_id"),
        Registration.person_id == bindparam("person_id"),
        Registration.cancelled_at.is_(None),
    )
    .options(defer(Registration.answers), defer(Registration.consents))
)


@dataclass(frozen=True, slots=True)
class Appointment:
    """A live session that somebody is registered for, the place in it, and the way in."""

    live_session: LiveSession
    seat: Seat
    link_path: str


_APPOINTMENTS = (
    visible_live_sessions(None)
    .join(Place, Place.live_session_id == LiveSession.id)
    .join(Registration, Registration.id == Place.registration_id)
    .where(Registration.person_id == bindparam("person_id"), Registration.cancelled_at.is_(None))
    .order_by(LiveSession.starts_at)
    .options(contains_eager(LiveSession.series))
    .add_columns(Place.state, position(), Registration.id, Registration.link_version)
)


def list_appointments(person: Person) -> list[Appointment]:
    """Return the person's live sessions, the earliest first, with their series; one statement."""
    return [
        Appointment(live_session, Seat(state, number), link_path(Named(*named)))
        for live_session, state, number, *named in session.execute(
            _APPOINTMENTS, {"person_id": person.id}
        )
    ]
