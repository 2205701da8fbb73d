"""Reads about listening points, each in a counted number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from academy.attendance.models import HOST, Identity, ListeningPoint, Match, PointEntry
from academy.attendance.policy import visible_points
from academy.attendance.standing import AT_POINT, is_seen
from academy.db import session
from academy.people.models import Person
from academy.programme.models import LiveSession

PAGE = 50
DEVICES_SHOWN = 25


@dataclass(frozen=True, slots=True)
class PointRow:
    """One listening point in the desk's list."""

    point: ListeningPoint
    #: How many its host entered by name.
    named: int
    #: The host's name, where the reader may know it.
    host: str
    device: str


def find_own_point(live_session_id: int, person_id: int) -> ListeningPoint | None:
    """Return the point that the person hosts: the one that stands, else the last one of theirs."""
    statement = (
        _with_people(select(ListeningPoint))
        .where(
            ListeningPoint.live_session_id == live_session_id,
            ListeningPoint.hosted_by == person_id,
        )
        .order_by(ListeningPoint.withdrawn_at.is_not(None), ListeningPoint.id.desc())
        .limit(1)
    )
    return session.scalars(statement).one_or_none()


def find_point(point_id: int, person: Person) -> ListeningPoint | None:
    """Return the point with those it names, its host and its series; two statements."""
    statement = _with_people(select(ListeningPoint)).where(
        ListeningPoint.id == point_id, visible_points(person)
    )
    return session.scalars(statement).one_or_none()


def _with_people(statement: Select[ListeningPoint]) -> Select[ListeningPoint]:
    return statement.options(
        joinedload(ListeningPoint.live_session).joinedload(LiveSession.series),
        joinedload(ListeningPoint.host).selectinload(Person.addresses),
        joinedload(ListeningPoint.device),
        selectinload(ListeningPoint.entries),
    ).execution_options(populate_existing=True)


def list_points(
    live_session: LiveSession, person: Person, page: int
) -> tuple[Sequence[PointRow], bool]:
    """Return a page of the points that the person may see, and whether more follow."""
    named = (
        select(func.count())
        .select_from(PointEntry)
        .where(
            PointEntry.point_id == ListeningPoint.id,
            PointEntry.number != HOST,
            PointEntry.taken_off_at.is_(None),
        )
        .scalar_subquery()
    )
    statement = (
        select(ListeningPoint, named, Person, Identity.shown_name)
        .outerjoin(Person, Person.id == ListeningPoint.hosted_by)
        .outerjoin(Identity, Identity.id == ListeningPoint.device_id)
        .where(ListeningPoint.live_session_id == live_session.id, visible_points(person))
        .order_by(ListeningPoint.withdrawn_at.is_not(None), ListeningPoint.id)
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    )
    found = session.execute(statement).all()
    return [_row(person, *row) for row in found[:PAGE]], len(found) > PAGE


def _row(
    reader: Person, point: ListeningPoint, named: int, host: Person | None, device: str | None
) -> PointRow:
    limits = None if _sees_everybody(reader) else reader.focal_countries
    may_know = host is not None and (limits is None or host.country in limits)
    return PointRow(point, named, host.name if host and may_know else "", device or "")


def _sees_everybody(reader: Person) -> bool:
    return reader.has_role("organiser", "administrator")


def search_devices(point: ListeningPoint, words: str) -> Sequence[Any]:
    """Return what may be the device of the point, as (identity, its standing match, whose).

    Without words: what was seen under the host's name, and whoever nobody has matched yet.
    """
    person = aliased(Person)
    statement = (
        select(Identity, Match, person.name)
        .outerjoin(Match, (Match.identity_id == Identity.id) & Match.undone_at.is_(None))
        .outerjoin(person, person.id == Match.person_id)
        .where(
            Identity.live_session_id == point.live_session_id,
            is_seen(),
            ~Identity.key.startswith(AT_POINT),
        )
        .order_by((Match.person_id == point.hosted_by).desc(), func.lower(Identity.shown_name))
        .limit(DEVICES_SHOWN)
    )
    for word in words.lower().split():
        statement = statement.where(func.lower(Identity.shown_name).contains(word, autoescape=True))
    if not words.strip():
        likely = Match.id.is_(None) | (Match.person_id == (point.hosted_by or 0))
        statement = statement.where(likely, Identity.excluded_because == "")
    return session.execute(statement).all()
