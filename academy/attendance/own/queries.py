"""Reads for learners: what was noted of themselves, by which evidence, and what they said of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, exists, func, or_, select
from sqlalchemy.orm import contains_eager

from academy.attendance.models import Attendance, Evidence, Identity, Match, Objection, Tally
from academy.attendance.standing import evidence_counts
from academy.db import now, session
from academy.people.models import Person
from academy.programme.models import LiveSession, Registration, Series

PAGE = 40
#: More rows than this of one person say nothing more on a page.
_MOST_FACTS = 1_000
_SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Fact:
    """Evidence of one kind: where it is from, how it is known to be theirs, and when."""

    source: str
    rule: str
    times: Sequence[tuple[datetime | None, datetime | None]]


@dataclass(frozen=True, slots=True)
class OwnPresence:
    """One live session as it looks for one person."""

    live_session: LiveSession
    #: Whether anything of that day has reached the academy yet.
    is_known: bool
    #: Since when they stand registered; None where they do not.
    registered_at: datetime | None
    came: bool
    #: Whole minutes that count; None where nothing says how long.
    minutes: int | None
    stays: Sequence[tuple[datetime, datetime]] = ()
    facts: Sequence[Fact] = ()
    #: What they said of it, the latest first.
    objections: Sequence[Objection] = ()

    @property
    def is_expected(self) -> bool:
        """Whether it is known who came, and they were registered by then, or came anyway."""
        was_registered = (
            self.registered_at is not None and self.registered_at <= self.live_session.ends_at
        )
        return self.came or (self.is_known and was_registered)

    @property
    def status(self) -> str:
        """The state as a code: came, door, short, unseen, unknown."""
        if self.came:
            return "came"
        if self.facts:
            return "door" if {each.source for each in self.facts} == {"link"} else "short"
        return "unseen" if self.is_known and self.live_session.is_over else "unknown"

    @property
    def open_objection(self) -> Objection | None:
        """What waits for an answer."""
        return next((each for each in self.objections if each.state == "open"), None)


@dataclass(frozen=True, slots=True)
class OwnSeries:
    """The live sessions of one series, the latest first."""

    series: Series
    rows: Sequence[OwnPresence] = field(default_factory=list)

    @property
    def came(self) -> int:
        """In how many of these the person was seen."""
        return sum(row.came for row in self.rows)

    @property
    def chances(self) -> int:
        """Of how many: those since they registered of which it is known who came."""
        return sum(row.is_expected for row in self.rows)


def list_own(person: Person, page: int) -> tuple[list[OwnSeries], bool]:
    """Return a page of what was noted, by series, and whether more follows; three statements."""
    statement = _own(person.id).order_by(
        LiveSession.series_id.desc(), LiveSession.starts_at.desc(), LiveSession.id
    )
    found = session.execute(statement.offset((page - 1) * PAGE).limit(PAGE + 1)).all()
    rows = _with_evidence(found[:PAGE], person.id)
    by_series = groupby(rows, key=lambda row: row.live_session.series_id)
    listed = [list(group) for _series_id, group in by_series]
    return [OwnSeries(group[0].live_session.series, group) for group in listed], len(found) > PAGE


def find_own(slug: str, person: Person) -> OwnPresence | None:
    """Return what was noted in one live session, if it is one of theirs; three statements."""
    found = session.execute(_own(person.id).where(LiveSession.slug == slug)).all()
    return next(iter(_with_evidence(found, person.id)), None)


def _own(person_id: int) -> Select[Any]:
    """Live sessions that have begun, of series of the person or in which they were seen."""
    registered_at = _registered_at(person_id)
    return (
        select(
            LiveSession,
            Attendance.id,
            Attendance.minutes,
            Attendance.intervals,
            Tally.live_session_id,
            registered_at,
        )
        .join(LiveSession.series)
        .outerjoin(
            Attendance,
            (Attendance.live_session_id == LiveSession.id) & (Attendance.person_id == person_id),
        )
        .outerjoin(Tally, Tally.live_session_id == LiveSession.id)
        .where(
            LiveSession.starts_at <= now(),
            LiveSession.status == "published",
            Series.status.in_(("published", "cancelled")),
            or_(registered_at.is_not(None), Attendance.id.is_not(None), _was_matched(person_id)),
        )
        .options(contains_eager(LiveSession.series))
    )


def _registered_at(person_id: int) -> ScalarSelect[datetime]:
    statement = select(Registration.registered_at).where(
        Registration.series_id == Series.id,
        Registration.person_id == person_id,
        Registration.cancelled_at.is_(None),
    )
    return statement.correlate(Series).scalar_subquery()


def _was_matched(person_id: int) -> ColumnElement[bool]:
    """Whoever was taken for somebody here may say so, also once that was put right."""
    return exists().where(
        Identity.live_session_id == LiveSession.id,
        Match.identity_id == Identity.id,
        Match.person_id == person_id,
    )


def _with_evidence(found: Sequence[Row[Any]], person_id: int) -> list[OwnPresence]:
    ids = [row[0].id for row in found]
    facts = read_facts(person_id, ids)
    objections = _read_objections(person_id, ids)
    return [
        OwnPresence(
            live_session, is_known is not None, registered_at, came is not None, minutes,
            _stays(live_session, intervals), facts[live_session.id], objections[live_session.id],
        )
        for live_session, came, minutes, intervals, is_known, registered_at in map(tuple, found)
    ]  # fmt: skip


def _stays(
    live_session: LiveSession, intervals: Sequence[Any] | None
) -> list[tuple[datetime, datetime]]:
    start = live_session.starts_at
    return [(start + first * _SECOND, start + last * _SECOND) for first, last in intervals or ()]


def read_facts(person_id: int, live_session_ids: Sequence[int]) -> dict[int, list[Fact]]:
    """Return the evidence of a person by live session: kinds and times, nobody's names."""
    statement = (
        select(
            Evidence.live_session_id,
            Evidence.source,
            Match.rule,
            Evidence.joined_at,
            Evidence.left_at,
        )
        .join(Match, Match.identity_id == Evidence.identity_id)
        .where(
            Evidence.live_session_id.in_(live_session_ids),
            Match.person_id == person_id,
            Match.undone_at.is_(None),
            evidence_counts(),
        )
        .order_by(
            Evidence.live_session_id, Evidence.source, Match.rule,
            func.coalesce(Evidence.joined_at, Evidence.recorded_at), Evidence.id,
        )
        .limit(_MOST_FACTS)
    )  # fmt: skip
    found: dict[int, list[Fact]] = defaultdict(list)
    rows: Sequence[Any] = session.execute(statement).all()
    for (number, source, rule), times in groupby(rows, key=lambda row: row[:3]):
        found[number].append(Fact(source, rule, [(row[3], row[4]) for row in times]))
    return found


def _read_objections(person_id: int, ids: Sequence[int]) -> dict[int, list[Objection]]:
    statement = (
        select(Objection)
        .where(Objection.person_id == person_id, Objection.live_session_id.in_(ids))
        .order_by(Objection.id.desc())
    )
    found: dict[int, list[Objection]] = defaultdict(list)
    for each in session.scalars(statement):
        found[each.live_session_id].append(each)
    return found
