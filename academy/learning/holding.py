"""What learning holds of a person, and how it lets go: what somebody did is theirs alone."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, select, update

from academy.db import in_parts, session
from academy.learning.groups.holding import groups_told, is_facilitator, let_groups_go
from academy.learning.models import (
    Attempt,
    Course,
    CourseCompletion,
    CourseDraft,
    CourseFileVersion,
    Lesson,
    Study,
)
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
        "course_files_edited": _edited(person_id),
        **groups_told(person_id),
    }  # fmt: skip


def _edited(person_id: int) -> list[dict[str, Any]]:
    version, draft = CourseFileVersion, CourseDraft
    versions = (
        select(Course.slug, version.path, version.created_at, version.note)
        .join(Course, Course.id == version.course_id)
        .where(version.author_id == person_id).order_by(version.id)
    )  # fmt: skip
    drafts = (
        select(Course.slug, draft.path, draft.saved_at)
        .join(Course, Course.id == draft.course_id).where(draft.author_id == person_id)
        .order_by(Course.slug, draft.path)
    )  # fmt: skip
    told: list[dict[str, Any]] = [
        {"file": f"{slug}/{path}", "at": at.isoformat(), "note": note}
        for slug, path, at, note in session.execute(versions)
    ]
    told += [
        {"file": f"{slug}/{path}", "draft_saved_at": at.isoformat()}
        for slug, path, at in session.execute(drafts)
    ]
    return told


def _let_go(person_id: int) -> None:
    for table in (Study, Attempt, CourseCompletion):
        session.execute(delete(table).where(table.person_id == person_id))
    # A course is the academy's: what was written into it stays, without the name.
    for edited in (CourseFileVersion, CourseDraft):
        mine = update(edited).where(edited.author_id == person_id)
        session.execute(mine.values(author_id=None))
    let_groups_go(person_id)


HOLDER = Holder("learning", _needed, _told, _let_go)
