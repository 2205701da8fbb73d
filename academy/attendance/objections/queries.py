"""Reads for the desk of objections: what people say of their attendance, and what is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from academy.attendance.models import Attendance, Evidence, Identity, Match, Objection
from academy.attendance.policy import can_import
from academy.attendance.standing import evidence_counts
from academy.db import session
from academy.lib.paging import Page
from academy.people.models import Person
from academy.programme.models import LiveSession, Series

PAGE = 25
#: The lists of the desk, and the states that each shows.
SHOWS = {"open": ("open",), "answered": ("confirmed", "declined"), "taken-back": ("withdrawn",)}


@dataclass(frozen=True, slots=True)
class ObjectionPage(Page[Objection]):
    """One page of the list; `counts` has how many there are by state."""

    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class MatchedIdentity:
    """An identity that stands for the person in that live session, with what it rests on."""

    id: int
    shown_name: str
    rule: str
    source: str
    first: datetime | None
    last: datetime | None
    rows: int


@dataclass(frozen=True, slots=True)
class ObjectionContext:
    """Everything that a reviewer reads beside an objection."""

    objection: Objection
    came: bool
    minutes: int | None
    identities: Sequence[MatchedIdentity]
    #: Others that the same person made about the same live session, the latest first.
    others: Sequence[Objection]


def count_open_in_series(series_id: int) -> int:
    """Return how many wait for an answer in the whole series; one statement."""
    statement = (
        select(func.count(Objection.id))
        .join(LiveSession, LiveSession.id == Objection.live_session_id)
        .where(LiveSession.series_id == series_id, Objection.state == "open")
    )
    return session.scalar(statement) or 0


def count_open(live_session: LiveSession) -> int:
    """Return how many wait for an answer in one live session; one statement."""
    statement = select(func.count(Objection.id)).where(
        Objection.live_session_id == live_session.id, Objection.state == "open"
    )
    return session.scalar(statement) or 0


def list_objections(
    person: Person,
    show: str,
    page: int,
    live_session_id: int | None = None,
    series: Series | None = None,
) -> ObjectionPage:
    """Return a page of one list, the longest waiting first, the latest answered first.

    Of all series, of one, or of one live session; two statements.
    """
    within = _within(person, live_session_id)
    if series is not None:
        held = select(LiveSession.id).where(LiveSession.series_id == series.id)
        within.append(Objection.live_session_id.in_(held))
    counted = select(Objection.state, func.count()).where(*within).group_by(Objection.state)
    by_state = {row[0]: row[1] for row in session.execute(counted)}
    counts = {name: sum(by_state.get(each, 0) for each in states) for name, states in SHOWS.items()}
    order = Objection.id if show == "open" else Objection.changed_at.desc()
    statement = (
        _with_all().where(Objection.state.in_(SHOWS[show]), *within).order_by(order, Objection.id)
    )
    rows = session.scalars(statement.offset((page - 1) * PAGE).limit(PAGE)).all()
    return ObjectionPage(rows, page, counts[show], PAGE, counts)


def _within(person: Person, live_session_id: int | None) -> list[ColumnElement[bool]]:
    if not can_import(person):
        return [Objection.id.is_(None)]
    return [Objection.live_session_id == live_session_id] if live_session_id is not None else []


def _with_all() -> Select[Objection]:
    return (
        select(Objection)
        .join(Objection.person)
        .join(Objection.live_session)
        .join(LiveSession.series)
        .options(
            contains_eager(Objection.person),
            contains_eager(Objection.live_session).contains_eager(LiveSession.series),
            joinedload(Objection.answerer),
        )
    )


def find_objection(objection_id: int, person: Person) -> Objection | None:
    """Return the objection with its person and live session; one statement."""
    if not can_import(person):
        return None
    statement = _with_all().where(Objection.id == objection_id)
    return session.scalars(statement.execution_options(populate_existing=True)).one_or_none()


def read_context(objection: Objection) -> ObjectionContext:
    """Return what is known beside the objection; three statements."""
    came, minutes = find_attendance(objection)
    others = (
        select(Objection)
        .options(joinedload(Objection.answerer))
        .where(
            Objection.live_session_id == objection.live_session_id,
            Objection.person_id == objection.person_id,
            Objection.id != objection.id,
        )
        .order_by(Objection.id.desc())
    )
    return ObjectionContext(
        objection, came, minutes,
        _read_identities(objection), session.scalars(others).all(),
    )  # fmt: skip


def find_attendance(objection: Objection) -> tuple[bool, int | None]:
    """Return whether the person counts as having come, and how long; one statement."""
    came = session.execute(
        select(Attendance.id, Attendance.minutes).where(
            Attendance.live_session_id == objection.live_session_id,
            Attendance.person_id == objection.person_id,
        )
    ).one_or_none()
    return came is not None, came[1] if came else None


def _read_identities(objection: Objection) -> list[MatchedIdentity]:
    statement = (
        select(
            Identity.id,
            Identity.shown_name,
            Match.rule,
            func.min(Evidence.source),
            func.min(Evidence.joined_at),
            func.max(Evidence.left_at),
            func.count(Evidence.id),
        )
        .join(Match, Match.identity_id == Identity.id)
        .join(Evidence, Evidence.identity_id == Identity.id)
        .where(
            Identity.live_session_id == objection.live_session_id,
            Match.person_id == objection.person_id,
            Match.undone_at.is_(None),
            evidence_counts(),
        )
        .group_by(Identity.id, Identity.shown_name, Match.rule)
        .order_by(Identity.id)
    )
    return [MatchedIdentity(*row) for row in session.execute(statement)]
