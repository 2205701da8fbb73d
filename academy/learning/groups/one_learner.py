"""What one of a group did: lessons, attempts, live sessions, what is written down; never notes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, select

from academy.attendance.models import Attendance
from academy.db import session
from academy.learning.books import Line
from academy.learning.groups.models import CourseLetter, read_occasion
from academy.learning.groups.needs import Learner
from academy.learning.groups.queries import Part
from academy.learning.groups.statements import Group
from academy.learning.models import Attempt, CourseCompletion, Study
from academy.messaging.kinds import LETTER
from academy.messaging.models import Message
from academy.people.models import Person
from academy.programme.models import LiveSession

#: So many letters to one learner are named.
MOST_LETTERS = 10


@dataclass(frozen=True, slots=True)
class Studied:
    """One lesson, and what somebody did in it."""

    line: Line
    opened_at: datetime | None
    read_at: datetime | None
    best: int | None
    passed_at: datetime | None
    #: Handed in, the oldest first: (when, percent).
    attempts: Sequence[Row[Any]]


@dataclass(frozen=True, slots=True)
class Told:
    """A letter to somebody: what about, by whom, and how far it is."""

    subject: str
    author: str
    state: str
    #: When it left, or is to leave.
    at: datetime


@dataclass(frozen=True, slots=True)
class OneLearner:
    """Everything that a facilitator sees of one learner."""

    learner: Learner
    part: Part
    lessons: Sequence[Studied]
    #: The live sessions of the series to which they came: (title, start, zone, minutes).
    came: Sequence[Row[Any]]
    #: What the completion was written down by: {"version": 3, "read": 7, …}.
    evidence: Mapping[str, Any]
    #: Letters of this course's facilitators to them, the newest first.
    letters: Sequence[Told]


def read_learner(group: Group, part: Part) -> OneLearner:
    """Return what the one person of `part` did; six statements."""
    one = part.people[0]
    return OneLearner(
        one, part, _studied(group, one.id), _came(group, one.id), _evidence(group, one.id),
        _letters(group, one.id),
    )  # fmt: skip


def _studied(group: Group, person_id: int) -> list[Studied]:
    columns: tuple[Any, ...] = (
        Study.lesson_id, Study.opened_at, Study.read_at, Study.best, Study.passed_at,
    )  # fmt: skip
    mine = select(*columns).where(Study.person_id == person_id, Study.lesson_id.in_(group.ids))
    studies = {row.lesson_id: row for row in session.execute(mine)}
    attempts = _attempts(group, person_id)
    return [_one(line, studies.get(line.id), attempts.get(line.id, ())) for line in group.lines]


def _attempts(group: Group, person_id: int) -> Mapping[int, Sequence[Row[Any]]]:
    columns: tuple[Any, ...] = Attempt.lesson_id, Attempt.handed_in_at, Attempt.percent
    handed_in = select(*columns).where(
        Attempt.person_id == person_id, Attempt.lesson_id.in_(group.ids),
        Attempt.handed_in_at.is_not(None),
    )  # fmt: skip
    found: dict[int, list[Row[Any]]] = {}
    for row in session.execute(handed_in.order_by(Attempt.id)):
        found.setdefault(row.lesson_id, []).append(row)
    return found


def _one(line: Line, study: Row[Any] | None, attempts: Sequence[Row[Any]]) -> Studied:
    if study is None:
        return Studied(line, None, None, None, None, attempts)
    return Studied(
        line, study.opened_at, study.read_at, study.best, study.passed_at, attempts
    )  # fmt: skip


def _came(group: Group, person_id: int) -> Sequence[Row[Any]]:
    if group.series is None:
        return ()
    columns: tuple[Any, ...] = (
        LiveSession.title, LiveSession.starts_at, LiveSession.zone, Attendance.minutes,
    )  # fmt: skip
    return session.execute(
        select(*columns)
        .join(
            Attendance,
            and_(
                Attendance.live_session_id == LiveSession.id, Attendance.person_id == person_id
            ),
        )
        .where(LiveSession.series_id == group.series.id)
        .order_by(LiveSession.starts_at)
    ).all()  # fmt: skip


def _evidence(group: Group, person_id: int) -> Mapping[str, Any]:
    done = session.get(CourseCompletion, (person_id, group.course.id))
    return done.evidence if done else {}


def _letters(group: Group, person_id: int) -> list[Told]:
    theirs: tuple[Any, ...] = Message.occasion, Message.state, Message.sent_at, Message.due_at
    rows = session.execute(
        select(*theirs)
        .where(Message.person_id == person_id, Message.kind == LETTER)
        .order_by(Message.id.desc())
        .limit(MOST_LETTERS)
    ).all()
    numbers = [read_occasion(row.occasion) for row in rows]
    written: tuple[Any, ...] = CourseLetter.id, CourseLetter.subject, Person.name
    found = {
        number: (subject, name or "–")
        for number, subject, name in session.execute(
            select(*written)
            .outerjoin(Person, Person.id == CourseLetter.author_id)
            .where(CourseLetter.id.in_(numbers), CourseLetter.course_id == group.course.id)
        )
    }
    return [
        Told(*found[number], row.state, row.sent_at or row.due_at)
        for number, row in zip(numbers, rows, strict=True) if number in found
    ]  # fmt: skip
