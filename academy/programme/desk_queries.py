"""Reads of the programme for the desk: all series, registrants, places and who waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from academy.db import session
from academy.i18n.zones import is_zone, zone_of
from academy.messaging.models import MailChoices
from academy.messaging.quiet import Quiet, is_quiet
from academy.people.models import EmailAddress, Person
from academy.programme.models import LiveSession, Place, Registration, Series
from academy.programme.policy import visible_registrations, visible_series
from academy.programme.queries import REGISTRANTS

PAGE = 50


@dataclass(frozen=True, slots=True)
class DeskSeries:
    """One series in the desk's list."""

    series: Series
    live_sessions: int
    registrants: int


def list_desk_series(person: Person, words: str = "", status: str = "") -> list[DeskSeries]:
    """Return the series that `person` may see, the newest first; one statement."""
    statement = visible_series(person).order_by(Series.created_at.desc(), Series.id.desc())
    if words:
        statement = statement.where(
            or_(Series.title.icontains(words, autoescape=True),
                Series.slug.icontains(words, autoescape=True))
        )  # fmt: skip
    if status:
        statement = statement.where(Series.status == status)
    counted = statement.add_columns(
        select(func.count(LiveSession.id)).where(LiveSession.series_id == Series.id)
        .scalar_subquery(),
        REGISTRANTS,
    )  # fmt: skip
    return [DeskSeries(*row) for row in session.execute(counted)]


@dataclass(frozen=True, slots=True)
class PlaceCounts:
    """How many go, wait and stay away."""

    going: int = 0
    waiting: int = 0
    not_going: int = 0


def count_places(series: Series) -> dict[int, PlaceCounts]:
    """Return the counts by the id of the live session; one statement."""
    if series.anonymised_at is not None:
        return _frozen_places(series)
    statement = (
        select(Place.live_session_id, Place.state, func.count())
        .join(LiveSession)
        .where(LiveSession.series_id == series.id)
        .group_by(Place.live_session_id, Place.state)
    )
    counts: dict[int, dict[str, int]] = {}
    for live_session_id, state, number in session.execute(statement):
        counts.setdefault(live_session_id, {})[state] = number
    return {which: PlaceCounts(**states) for which, states in counts.items()}


def _frozen_places(series: Series) -> dict[int, PlaceCounts]:
    counts = series.frozen["places"]
    return {each.id: PlaceCounts(**counts.get(each.slug, {})) for each in series.live_sessions}


def count_standing(series: Series) -> int:
    """Return how many registrations stand, or stood when the people were forgotten."""
    if series.anonymised_at is not None:
        return int(series.frozen["registrants"])
    statement = select(func.count(Registration.id)).where(
        Registration.series_id == series.id, Registration.cancelled_at.is_(None)
    )
    return session.scalar(statement) or 0


def count_coming(live_session_id: int) -> int:
    """Return how many go or wait: so many people are told of a change."""
    statement = select(func.count(Place.id)).where(
        Place.live_session_id == live_session_id, Place.state.in_(("going", "waiting"))
    )
    return session.scalar(statement) or 0


def count_asleep(live_session: LiveSession) -> int:
    """Return for how many of those it begins in their quiet hours, on their clock; one statement.

    Who has told nobody their clock is taken to live on that of the live session.
    """
    statement = (
        select(Person.zone, MailChoices.quiet_begins, MailChoices.quiet_ends, func.count())
        .select_from(Place)
        .join(Registration, Registration.id == Place.registration_id)
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(MailChoices, MailChoices.person_id == Person.id)
        .where(Place.live_session_id == live_session.id, Place.state.in_(("going", "waiting")))
        .group_by(Person.zone, MailChoices.quiet_begins, MailChoices.quiet_ends)
    )
    asleep = 0
    for zone, begins, ends, number in session.execute(statement):
        quiet = Quiet() if begins is None else Quiet(begins, ends)
        there = zone_of(zone if is_zone(zone) else live_session.zone)
        asleep += number if is_quiet(live_session.starts_at, there, quiet) else 0
    return asleep


@dataclass(frozen=True, slots=True)
class Search:
    """Which registrants are looked for."""

    words: str = ""
    country: str = ""
    order: str = "newest"


@dataclass(frozen=True, slots=True)
class Registrant:
    """One registration with its person and primary address."""

    registration: Registration
    address: str


@dataclass(frozen=True, slots=True)
class RegistrantsPage:
    """A part of the registrants of a series."""

    rows: Sequence[Registrant]
    total: int
    first: int
    last: int
    has_next: bool


def find_registrants(person: Person, series_id: int, search: Search, page: int) -> RegistrantsPage:
    """Return the page (from 1) of the standing registrants whom `person` may see."""
    found = _registrants(person, series_id, search)
    total = session.scalar(select(func.count()).select_from(found.order_by(None).subquery())) or 0
    start = (page - 1) * PAGE
    rows = _read(found.limit(PAGE).offset(start))
    last = start + len(rows)
    return RegistrantsPage(rows, total, start + 1 if rows else 0, last, has_next=last < total)


def all_registrants(person: Person, series_id: int, search: Search) -> Sequence[Registrant]:
    """Return all standing registrants whom `person` may see, for a file."""
    return _read(_registrants(person, series_id, search))


def _read(statement: Select[Registration]) -> list[Registrant]:
    address = (
        select(EmailAddress.address)
        .where(EmailAddress.person_id == Person.id, EmailAddress.is_primary)
        .correlate(Person)
        .scalar_subquery()
    )
    with_people = statement.options(contains_eager(Registration.person)).add_columns(address)
    return [Registrant(one, mail or "") for one, mail in session.execute(with_people)]


def _registrants(person: Person, series_id: int, search: Search) -> Select[Registration]:
    statement = visible_registrations(person).where(
        Registration.series_id == series_id, Registration.cancelled_at.is_(None)
    )
    if search.country:
        wanted = None if search.country == "unknown" else search.country
        statement = statement.where(Person.country == wanted)
    if search.words:
        statement = statement.where(_has(search.words))
    return statement.order_by(*_order(search.order))


def _has(words: str) -> ColumnElement[bool]:
    address = select(EmailAddress.person_id).where(
        EmailAddress.normal.contains(words.casefold(), autoescape=True)
    )
    return or_(
        Person.name.icontains(words, autoescape=True),
        Person.organisation.icontains(words, autoescape=True),
        Person.id.in_(address),
    )


def _order(order: str) -> tuple[ColumnElement[Any], ...]:
    orders: dict[str, tuple[ColumnElement[Any], ...]] = {
        "newest": (Registration.registered_at.desc(), Registration.id.desc()),
        "oldest": (Registration.registered_at.asc(), Registration.id.asc()),
        "name": (func.lower(Person.name), Registration.id.asc()),
        "country": (func.coalesce(Person.country, "~"), func.lower(Person.name)),
    }
    return orders.get(order, orders["newest"])


def list_countries(person: Person, series_id: int) -> list[str | None]:
    """Return the countries of the standing registrants whom `person` may see; one statement."""
    statement = (
        visible_registrations(person)
        .where(Registration.series_id == series_id, Registration.cancelled_at.is_(None))
        .with_only_columns(Person.country)
        .distinct()
    )
    return list(session.scalars(statement))


def places_of(registration_ids: Sequence[int]) -> dict[tuple[int, int], str]:
    """Return (registration, live session) → state, in parts that every database takes."""
    found: dict[tuple[int, int], str] = {}
    for start in range(0, len(registration_ids), 1000):
        part = registration_ids[start : start + 1000]
        statement = select(Place).where(Place.registration_id.in_(part))
        for place in session.scalars(statement):
            found[place.registration_id, place.live_session_id] = place.state
    return found


def list_places(
    person: Person, live_session_id: int, state: str, page: int
) -> tuple[list[Place], bool]:
    """Return a page of places in `state` with their people, and whether there are more.

    Those who wait stand in the order of the queue, the others by name.
    """
    reachable = visible_registrations(person).with_only_columns(Registration.id)
    statement = (
        select(Place)
        .join(Place.registration)
        .join(Registration.person)
        .where(
            Place.live_session_id == live_session_id,
            Place.state == state,
            Registration.id.in_(reachable),
        )
        .order_by(Place.queue_number, func.lower(Person.name), Place.id)
        .options(contains_eager(Place.registration).contains_eager(Registration.person))
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    found = list(session.scalars(statement))
    return found[:PAGE], len(found) > PAGE


def find_place(place_id: int) -> Place | None:
    """Return a place with its live session."""
    return session.get(Place, place_id, options=[joinedload(Place.live_session)])
