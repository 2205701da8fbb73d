"""The SQL of the matrix: who has a row, who is chosen and in which order, what is known of them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    String,
    UnaryExpression,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union,
)
from sqlalchemy.orm import aliased

from academy.attendance.matrix.cells import Choice, Column
from academy.attendance.models import Attendance, Evidence, Identity, Match
from academy.attendance.policy import can_import, visible_people
from academy.attendance.standing import evidence_counts
from academy.people.models import Person
from academy.programme.models import LiveSession, Place, Registration, Series


@dataclass(frozen=True, slots=True)
class Loom:
    """A series with the live sessions that are the columns of its matrix, as a reader sees it."""

    series: Series
    columns: Sequence[Column]
    reader: Person

    @property
    def sees_all(self) -> bool:
        """Whether the reader sees everybody, and what nobody has matched."""
        return can_import(self.reader)

    @property
    def known(self) -> list[Column]:
        """The live sessions of which evidence says who came."""
        return [one for one in self.columns if one.is_known]

    @property
    def ids(self) -> list[int]:
        """The ids of its live sessions."""
        return [one.id for one in self.columns]

    def find(self, number: int) -> Column | None:
        """Return the live session of that number."""
        return next((one for one in self.columns if one.number == number), None)


def everybody(loom: Loom) -> CTE:
    """Who has a row: the standing registrants, and those who came, as far as the reader sees."""
    came = (
        select(
            Attendance.person_id.label("person_id"),
            func.count().label("times"),
            func.sum(Attendance.minutes).label("minutes"),
            func.count(Attendance.minutes).label("timed"),
            func.max(LiveSession.starts_at).label("last_seen"),
        )
        .join(LiveSession, LiveSession.id == Attendance.live_session_id)
        .where(*_attended(loom))
        .group_by(Attendance.person_id)
        .cte("came")
    )
    return (
        _rows(loom, select(came.c.person_id))
        .add_columns(
            func.coalesce(came.c.times, 0).label("times"),
            came.c.minutes.label("minutes"),
            func.coalesce(came.c.timed, 0).label("timed"),
            came.c.last_seen.label("last_seen"),
        )
        .outerjoin(came, came.c.person_id == Person.id)
        .cte("everybody")
    )


def _attended(loom: Loom) -> tuple[ColumnElement[bool], ...]:
    return Attendance.live_session_id.in_(loom.ids), Attendance.person_id.is_not(None)


def _rows(loom: Loom, came: Select[Any]) -> Select[Any]:
    """Return the visible registrants and those of the people who `came`, one row each."""
    standing = select(Registration.person_id).where(
        Registration.series_id == loom.series.id, Registration.cancelled_at.is_(None)
    )
    who = union(standing, came).subquery("who")
    columns: list[Any] = [
        Person.id.label("id"),
        Person.country.label("country"),
        Registration.registered_at.label("registered_at"),
        Registration.cancelled_at.label("cancelled_at"),
    ]
    return (
        select(*columns)
        .join(who, who.c.person_id == Person.id)
        .outerjoin(
            Registration,
            and_(Registration.person_id == Person.id, Registration.series_id == loom.series.id),
        )
        .where(visible_people(loom.reader))
    )


def chosen(everyone: CTE, loom: Loom, choice: Choice) -> Select[Any]:
    """Those whom the choice names, with the number of all of them as the first column."""
    columns = everyone.c
    return (
        select(
            func.count().over(),
            Person.id,
            Person.name,
            Person.organisation,
            Person.country,
            columns.registered_at,
            columns.cancelled_at,
            columns.times,
            columns.minutes,
            columns.timed,
            columns.last_seen,
        )
        .join(everyone, columns.id == Person.id)
        .where(*_conditions(everyone, loom, choice))
    )


def _conditions(everyone: CTE, loom: Loom, choice: Choice) -> Iterator[ColumnElement[bool]]:
    if choice.words:
        yield or_(
            Person.name.icontains(choice.words, autoescape=True),
            Person.organisation.icontains(choice.words, autoescape=True),
        )
    if choice.country:
        yield (
            Person.country.is_(None)
            if choice.country == "unknown"
            else (Person.country == choice.country)
        )
    if choice.status:
        yield _has_status(everyone, loom, choice)
    if choice.role:
        yield _role(everyone) == choice.role


def _has_status(everyone: CTE, loom: Loom, choice: Choice) -> ColumnElement[bool]:
    times, known = everyone.c.times, loom.known
    last = select(Attendance.person_id).where(
        Attendance.live_session_id == (known[-1].id if known else 0),
        Attendance.person_id.is_not(None),
    )
    return {
        "once": times > 0,
        "never": times == 0,
        "all": and_(times > 0, times == len(known)),
        "missed": Person.id.not_in(last),
        "exactly": times == choice.times,
    }[choice.status]


def _role(everyone: CTE) -> ColumnElement[str]:
    registered, left = everyone.c.registered_at, everyone.c.cancelled_at
    return case((registered.is_(None), "walk_in"), (left.is_(None), "registered"), else_="left")


def ordered(wanted: Select[Any], everyone: CTE, choice: Choice, loom: Loom) -> Select[Any]:
    """Put the people into the order of the choice; those who have nothing to sort by come last."""
    columns, name = everyone.c, func.lower(Person.name)
    column = loom.find(choice.number) if choice.number is not None else None
    if column is not None:
        there = aliased(Attendance)
        wanted = wanted.outerjoin(
            there, and_(there.person_id == Person.id, there.live_session_id == column.id)
        )
        first = there.id.is_(None), _turn(there.minutes.desc(), there.minutes.asc(), choice)
        return wanted.order_by(*first, name, Person.id)
    key = {
        "country": (Person.country.asc(), Person.country.desc()),
        "times": (columns.times.desc(), columns.times.asc()),
        "minutes": (columns.minutes.desc(), columns.minutes.asc()),
        "last": (columns.last_seen.desc(), columns.last_seen.asc()),
    }.get(choice.order, (name.asc(), name.desc()))
    return wanted.order_by(
        _turn(*key, choice), columns.minutes.desc().nulls_last(), name, Person.id
    )


def _turn(
    usual: UnaryExpression[Any], turned: UnaryExpression[Any], choice: Choice
) -> UnaryExpression[Any]:
    return (turned if choice.is_reversed else usual).nulls_last()


def facts_of(people: Collection[int], loom: Loom) -> Iterator[Select[Any]]:
    """What is known of these people: where they came, were seen, opened the door, or said no."""
    yield _facts(
        "came", Attendance.person_id, Attendance.live_session_id, Attendance.minutes
    ).where(Attendance.person_id.in_(people), Attendance.live_session_id.in_(loom.ids))
    yield (
        _facts(
            case((Evidence.source == "link", "door"), else_="seen"),
            Match.person_id,
            Identity.live_session_id,
        )
        .join(Identity, Identity.id == Match.identity_id)
        .join(Evidence, Evidence.identity_id == Identity.id)
        .where(
            Match.person_id.in_(people),
            Match.undone_at.is_(None),
            Identity.live_session_id.in_(loom.ids),
            # Asked of the identity, so that the evidence of those who came need not be looked at.
            ~exists().where(
                Attendance.live_session_id == Identity.live_session_id,
                Attendance.person_id == Match.person_id,
            ),
            evidence_counts(),
        )
        .distinct()
    )
    yield (
        _facts("declined", Registration.person_id, Place.live_session_id)
        .join(Place, Place.registration_id == Registration.id)
        .where(
            Registration.person_id.in_(people),
            Registration.cancelled_at.is_(None),
            Place.live_session_id.in_(loom.ids),
            Place.state == "not_going",
        )
    )


def totals(wanted: Select[Any], loom: Loom) -> Select[Any]:
    """Count of those who are chosen how many came to each live session."""
    ids = wanted.with_only_columns(Person.id)
    return (
        _facts("chosen", null(), Attendance.live_session_id, func.count())
        .where(Attendance.live_session_id.in_(loom.ids), Attendance.person_id.in_(ids))
        .group_by(Attendance.live_session_id)
    )


def census(loom: Loom) -> Select[Any]:
    """Count everybody by role and country; for that nobody's minutes need be added up."""
    came = select(Attendance.person_id).where(*_attended(loom)).distinct()
    everyone = _rows(loom, came).cte("census")
    role, country = _role(everyone), everyone.c.country
    return _facts("everybody", null(), null(), func.count(), role, country).group_by(role, country)


def _facts(kind: str | ColumnElement[str], *values: Any) -> Select[Any]:
    """Put different facts into one shape: kind, person, live session, number, role, country."""
    nothing: tuple[Any, ...] = (null(),)
    person, live_session, number, role, country = values + nothing * (5 - len(values))
    columns: list[Any] = [
        (literal(kind, String) if isinstance(kind, str) else kind).label("kind"),
        cast(person, Integer), cast(live_session, Integer), cast(number, Integer),
        cast(role, String), cast(country, String),
    ]  # fmt: skip
    return select(*columns)
