"""Reads for the roll of a live session: who is expected, who is ticked, and by whom."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    select,
)
from sqlalchemy.orm import aliased

from academy.attendance.models import Attendance, Evidence, Identity, Match
from academy.attendance.policy import visible_people
from academy.attendance.standing import FIRST_HAND
from academy.db import session
from academy.lib.paging import Page
from academy.people.models import Person
from academy.programme.models import LiveSession, Place, Registration

#: So many stand on a page, and so many come at once to a phone that fetches all of them.
PAGE, PART = 50, 250
SHOWS = ("all", "open", "ticked")
_ORDER = {"going": 0, "waiting": 1, "not_going": 2}
_FOUND = 20


@dataclass(frozen=True, slots=True)
class RollFilter:
    """Which of those on the roll are looked for."""

    words: str = ""
    country: str = ""
    show: str = "all"


EVERYBODY = RollFilter()


@dataclass(frozen=True, slots=True)
class RollRow:
    """Somebody on the roll."""

    person_id: int
    name: str
    country: str | None
    organisation: str
    #: That of the place, "" without one, "walked_in" without a registration.
    state: str
    #: Whether other evidence (a code, a file) says already that they came.
    is_counted: bool
    is_ticked: bool
    #: Who ticked, and when; None and empty where nobody did.
    ticker_id: int | None = None
    ticked_by: str = ""
    ticked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RollTotals:
    """How many are on the roll, and the ids of those who are ticked."""

    listed: int
    ticked: Sequence[int]


def list_roll(
    live_session: LiveSession, person: Person, wanted: RollFilter, page: int, size: int = PAGE
) -> Page[RollRow]:
    """Return a page of those whom `person` may see: going first, then by name; three statements."""
    found = _filtered(_roll(live_session, person), live_session.id, wanted)
    total = session.scalar(select(func.count()).select_from(found.order_by(None).subquery())) or 0
    rows = _rows(live_session, found.limit(size).offset((page - 1) * size))
    return Page(rows, page, total, size)


def read_rows(live_session: LiveSession, person: Person, ids: Collection[int]) -> list[RollRow]:
    """Return the rows of these people, of those whom `person` may see; two statements."""
    return _rows(live_session, _roll(live_session, person).where(Person.id.in_(ids)))


def read_totals(live_session: LiveSession, person: Person) -> RollTotals:
    """Return how many `person` may see, and who of them is ticked; two statements."""
    listed = _roll(live_session, person).order_by(None)
    ticked = listed.where(_is_ticked(live_session.id)).with_only_columns(Person.id)
    count = session.scalar(select(func.count()).select_from(listed.subquery())) or 0
    return RollTotals(count, session.scalars(ticked.order_by(Person.id)).all())


def list_roll_countries(live_session: LiveSession, person: Person) -> list[str]:
    """Return the countries of those on the roll; one statement."""
    countries = _roll(live_session, person).order_by(None).with_only_columns(Person.country)
    return sorted(code for code in session.scalars(countries.distinct()) if code)


def find_by_name(name: str, person: Person) -> list[Person]:
    """Return people whose name holds every word of `name`, as far as `person` may see them."""
    statement = select(Person).where(visible_people(person), _has(name)).order_by(Person.id)
    return list(session.scalars(statement.limit(_FOUND)))


def find_just_added(
    live_session: LiveSession, person: Person, person_ids: Collection[int]
) -> Sequence[Any]:
    """Return those whom somebody else ticked and `person` may see, with the name of who did."""
    if not person_ids:
        return []
    ticker = aliased(Person)
    statement = (
        select(Person, ticker.name)
        .join(Match, Match.person_id == Person.id)
        .join(Evidence, Evidence.identity_id == Match.identity_id)
        .outerjoin(ticker, ticker.id == Evidence.recorded_by)
        .where(
            Person.id.in_(person_ids),
            visible_people(person),
            Evidence.recorded_by.is_distinct_from(person.id),
            Evidence.live_session_id == live_session.id,
            Evidence.source == "roll",
            Evidence.withdrawn_at.is_(None),
        )
        .distinct()
        .order_by(Person.id)
    )
    return session.execute(statement).all()


def find_newest_person() -> int:
    """Return the highest number of a person, so that a form knows who came after it; 0 at first."""
    return session.scalar(select(func.max(Person.id))) or 0


def _roll(live_session: LiveSession, person: Person) -> Select[Any]:
    """Registered people, and whoever else was ticked, those who say they come first."""
    stands = and_(
        Registration.person_id == Person.id,
        Registration.series_id == live_session.series_id,
        Registration.cancelled_at.is_(None),
    )
    place = and_(Place.registration_id == Registration.id, Place.live_session_id == live_session.id)
    state = case(
        (Registration.id.is_(None), "walked_in"), else_=func.coalesce(Place.state, "")
    ).label("state")
    came = exists().where(
        Attendance.live_session_id == live_session.id, Attendance.person_id == Person.id
    )
    return (
        select(
            Person.id, Person.name, Person.country, Person.organisation, state,
            came.label("came"), _is_ticked(live_session.id).label("ticked"),
        )
        .outerjoin(Registration, stands)
        .outerjoin(Place, place)
        .where(
            visible_people(person),
            Registration.id.is_not(None) | _tick_of(live_session.id),
        )
        .order_by(case(_ORDER, value=state, else_=3), func.lower(Person.name), Person.id)
    )  # fmt: skip


def _tick_of(live_session_id: int, *terms: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether there is a tick for the person, also one taken back: it may be set again."""
    return (
        exists()
        .where(
            Identity.live_session_id == live_session_id,
            Identity.key == literal(FIRST_HAND) + cast(Person.id, String),
            Evidence.identity_id == Identity.id,
            Evidence.source == "roll",
            *terms,
        )
        .correlate(Person)
    )


def _is_ticked(live_session_id: int) -> ColumnElement[bool]:
    return _tick_of(live_session_id, Evidence.withdrawn_at.is_(None))


def _filtered(statement: Select[Any], live_session_id: int, wanted: RollFilter) -> Select[Any]:
    if wanted.words:
        statement = statement.where(_has(wanted.words))
    if wanted.country:
        statement = statement.where(Person.country == wanted.country)
    if wanted.show == "open":
        statement = statement.where(~_is_ticked(live_session_id))
    if wanted.show == "ticked":
        statement = statement.where(_is_ticked(live_session_id))
    return statement


def _has(words: str) -> ColumnElement[bool]:
    parts = [
        Person.name.icontains(word, autoescape=True)
        | Person.organisation.icontains(word, autoescape=True)
        for word in words.split()
    ]
    return and_(True, *parts)


def _rows(live_session: LiveSession, statement: Select[Any]) -> list[RollRow]:
    found = session.execute(statement).all()
    marks = _read_marks(live_session.id, [row.id for row in found if row.ticked])
    return [
        RollRow(
            row.id, row.name, row.country, row.organisation, row.state,
            bool(row.came) and not row.ticked, bool(row.ticked), *marks.get(row.id, ()),
        )
        for row in found
    ]  # fmt: skip


def _read_marks(
    live_session_id: int, ids: Collection[int]
) -> dict[int, tuple[int | None, str, datetime]]:
    """Return who ticked these people last, and when."""
    if not ids:
        return {}
    keys = {f"{FIRST_HAND}{number}": number for number in ids}
    statement = (
        select(Identity.key, Person.id, func.coalesce(Person.name, ""), Evidence.recorded_at)
        .join(Evidence, Evidence.identity_id == Identity.id)
        .outerjoin(Person, Person.id == Evidence.recorded_by)
        .where(
            Identity.live_session_id == live_session_id,
            Identity.key.in_(keys),
            Evidence.source == "roll",
            Evidence.withdrawn_at.is_(None),
        )
        .order_by(Evidence.recorded_at)
    )
    return {keys[key]: (who, name, at) for key, who, name, at in session.execute(statement)}


def find_markable(live_session: LiveSession, person: Person, ids: Collection[int]) -> set[int]:
    """Return who of `ids` may be ticked by `person`: whoever was ever registered, or ticked."""
    registered = exists().where(
        Registration.person_id == Person.id, Registration.series_id == live_session.series_id
    )
    statement = select(Person.id).where(
        Person.id.in_(ids), visible_people(person), registered | _tick_of(live_session.id)
    )
    return set(session.scalars(statement))


def find_visible_person(person_id: int, person: Person) -> Person | None:
    """Return the person, if `person` may see them."""
    statement = select(Person).where(Person.id == person_id, visible_people(person))
    return session.scalars(statement).one_or_none()


def find_names(ids: Collection[int]) -> dict[int, str]:
    """Return the names of these people; one statement."""
    found = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row[0]: row[1] for row in found}
