"""What learning holds of a person, and how it lets go: what somebody did is theirs alone."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, select

from academy.db import in_parts, session
from academy.learning.groups.holding import groups_told, is_facilitator, let_groups_go
from academy.learning.models import Attempt, Course, CourseCompletion, Lesson, Study
from academy.people.ports import Holder


def _needed(person_ids: Collection[int], _but_for: int | None) -> set[int]:
    """Whoever completed a course may want to show it; whoever facilitates one is at work."""
    found: set[int] = set()
    for part in in_parts(person_ids):
        done = select(CourseCompletion.person_id).where(CourseCompletion.person_id.in_(part))
        found |= set(session.scalars(done)) | set(session.scalars(is_facilitator(part)))
    return found


def _told(person_id: int) -> dict[str, Any]:
    studies = session.execute(
        select(Lesson.key, Study).join(Lesson, Lesson.id == Study.lesson_id)
        .where(Study.person_id == person_id).order_by(Study.opened_at)
    )  # fmt: skip
    attempts = session.execute(
        select(Lesson.key, Attempt).join(Lesson, Lesson.id == Attempt.lesson_id)
        .where(Attempt.person_id == person_id).order_by(Attempt.id)
    )  # fmt: skip
    completions = session.execute(
        select(Course.slug, CourseCompletion)
        .join(Course, Course.id == CourseCompletion.course_id)
        .where(CourseCompletion.person_id == person_id)
    )
    return {
        "lessons": [
            {
                "lesson": key, "opened_at": one.opened_at.isoformat(), "best": one.best,
                "read_at": one.read_at.isoformat() if one.read_at else None, "note": one.note,
            }
            for key, one in studies
        ],
        "quizzes": [
            {
                "lesson": key, "started_at": one.started_at.isoformat(), "percent": one.percent,
                "answers": one.answers,
            }
            for key, one in attempts
        ],
        "courses_completed": [
            {"course": slug, "at": one.completed_at.isoformat(), "evidence": one.evidence}
            for slug, one in completions
        ],
        **groups_told(person_id),
    }  # fmt: skip


def _let_go(person_id: int) -> None:
    for table in (Study, Attempt, CourseCompletion):
        session.execute(delete(table).where(table.person_id == person_id))
    let_groups_go(person_id)


HOLDER = Holder("learning", _needed, _told, _let_go)
