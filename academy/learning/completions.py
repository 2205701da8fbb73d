"""Completions of courses: written once, with what shows them; some are found by the hour.

Whoever reads the last lesson has the course completed at once. Nobody's press of a button brings
those of a live session attended, or of a rule made easier. Nothing here reads plans with Pydantic:
a worker does without it.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Executable, Table, and_, case, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from academy.attendance.models import Attendance
from academy.db import in_parts, now, session, table_of, transaction
from academy.learning.completing import Standing, StoredRule, is_complete
from academy.learning.models import Course, CourseCompletion, Lesson, QuizQuestion, Study
from academy.learning.policy import visible_courses
from academy.programme.models import LiveSession, Series

_COMPLETIONS = table_of(CourseCompletion)


def write_down(current: Session, course: Course, person_id: int, standing: Standing) -> bool:
    """Write down that a course is completed, where nothing is missing; whether that is new.

    The evidence holds the rule of that day: a course that changes afterwards takes nothing away.
    """
    rule = StoredRule.of(course.plan)
    if not is_complete(rule, standing):
        return False
    evidence = {"version": course.version, "rule": rule.as_json()} | standing.as_json()
    row = {
        "person_id": person_id, "course_id": course.id, "completed_at": now(), "evidence": evidence,
    }  # fmt: skip
    statement = insert_once(current, _COMPLETIONS, row)
    written = current.execute(statement, execution_options={"preserve_rowcount": True})
    return bool(written.rowcount)  # type: ignore[attr-defined]


def insert_once(current: Session, table: Table, row: dict[str, Any]) -> Executable:
    """Return the statement that adds a row unless it is there."""
    dialect: Any = postgresql if current.get_bind().dialect.name == "postgresql" else sqlite
    statement: Executable = dialect.insert(table).values(row).on_conflict_do_nothing()
    return statement


def complete_all() -> int:
    """Write down every completion that is due; return how many are new."""
    found = 0
    for course in session.scalars(visible_courses(None)).all():
        with transaction() as current:
            standings = dict(_standings(current, course))
            found += sum(write_down(current, course, *one) for one in standings.items())
    return found


def _standings(current: Session, course: Course) -> Iterator[tuple[int, Standing]]:
    """Go through those who read something of the course and have not completed it."""
    asked = select(QuizQuestion.lesson_id).where(QuizQuestion.retired_at.is_(None))
    mine = select(Lesson.id, Lesson.id.in_(asked)).where(
        Lesson.course_id == course.id, Lesson.position > 0
    )
    rows = current.execute(mine).all()
    lessons, quizzes = [row[0] for row in rows], [row[0] for row in rows if row[1]]
    done = select(CourseCompletion.person_id).where(CourseCompletion.course_id == course.id)
    points = func.sum(case((Study.lesson_id.in_(quizzes), Study.best), else_=0))
    read_by = current.execute(
        select(Study.person_id, func.count(Study.read_at), points)
        .where(Study.lesson_id.in_(lessons), Study.person_id.not_in(done))
        .group_by(Study.person_id)
        .having(func.count(Study.read_at) > 0)
    ).all()
    came = _attended(current, course, [row[0] for row in read_by])
    for person_id, read, best in read_by:
        percent = (best or 0) // len(quizzes) if quizzes else 0
        yield (
            person_id,
            Standing(read, len(lessons), len(quizzes), percent, came.get(person_id, 0)),
        )


def _attended(current: Session, course: Course, persons: list[int]) -> dict[int, int]:
    if not StoredRule.of(course.plan).live_sessions:
        return {}
    slug, found = course.plan.get("series"), dict[int, int]()
    for part in in_parts(persons):
        came = (
            select(Attendance.person_id, func.count())
            .join(LiveSession, LiveSession.id == Attendance.live_session_id)
            .join(
                Series,
                and_(Series.id == LiveSession.series_id, Series.slug == slug),
            )
            .where(Attendance.person_id.in_(part))
            .group_by(Attendance.person_id)
        )
        found |= {one: number for one, number in current.execute(came) if one}
    return found
