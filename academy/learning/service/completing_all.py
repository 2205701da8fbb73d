"""Completions that nobody's press of a button brings: a live session attended, a rule made easier.

Whoever reads the last lesson has the course completed at once; these ones are found by the hour.
"""

from collections.abc import Iterator

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from academy.attendance.models import Attendance
from academy.db import in_parts, session, transaction
from academy.learning.completing import Standing
from academy.learning.models import Course, CourseCompletion, Lesson, QuizQuestion, Study
from academy.learning.policy import visible_courses
from academy.learning.record import CoursePlan
from academy.learning.service.studying import write_down
from academy.programme.models import LiveSession, Series


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
    plan = CoursePlan.model_validate(course.plan)
    if not plan.completion.live_sessions:
        return {}
    found: dict[int, int] = {}
    for part in in_parts(persons):
        came = (
            select(Attendance.person_id, func.count())
            .join(LiveSession, LiveSession.id == Attendance.live_session_id)
            .join(Series, and_(Series.id == LiveSession.series_id, Series.slug == plan.series))
            .where(Attendance.person_id.in_(part))
            .group_by(Attendance.person_id)
        )
        found |= {one: number for one, number in current.execute(came) if one}
    return found
