"""What threads are about: cases, live sessions and lessons, with their titles and pages."""

import re
from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from academy.db import session
from academy.discussion.ports import Subject, SubjectFinder
from academy.learning.models import Course, Lesson, LessonText
from academy.library.models import CaseStudy
from academy.library.policy import visible_cases
from academy.people.models import Person
from academy.programme.models import LiveSession, Series
from academy.programme.policy import visible_live_sessions


def find_cases(ids: Collection[int], person: Person | None) -> dict[int, Subject]:
    """Return those of these cases that `person` may see; one statement."""
    chosen = visible_cases(person).where(CaseStudy.id.in_(ids))
    columns = chosen.with_only_columns(CaseStudy.id, CaseStudy.title, CaseStudy.slug)
    return {
        number: Subject(title, f"/cases/{slug}/")
        for number, title, slug in session.execute(columns)
    }


def find_live_sessions(ids: Collection[int], person: Person | None) -> dict[int, Subject]:
    """Return those of these live sessions that `person` may see; one statement."""
    chosen = visible_live_sessions(person).where(LiveSession.id.in_(ids))
    columns = chosen.with_only_columns(
        LiveSession.id, LiveSession.title, Series.title, LiveSession.slug
    )
    return {
        number: Subject(title or of, f"/live-sessions/{slug}/")
        for number, title, of, slug in session.execute(columns)
    }


def find_lessons(ids: Collection[int], person: Person | None) -> dict[int, Subject]:
    """Return those of these lessons that stand in a course; one statement. Courses are public.

    Their words are in the language of `person` where the course has it.
    """
    rows = session.execute(
        select(
            Lesson.id, Lesson.module, Lesson.slug, Lesson.spots, Course.slug, Course.plan,
            LessonText.language, LessonText.title,
        )
        .join(Course, Course.id == Lesson.course_id)
        .join(LessonText, LessonText.lesson_id == Lesson.id)
        .where(Lesson.id.in_(ids), Lesson.position > 0, Course.status == "published")
    )  # fmt: skip
    own = person.language if person else ""
    return {
        number: Subject(
            title, f"/courses/{course}/{module}/{slug}/", plan["title"].get(language, ""),
            _words_of(spots, language),
        )
        for number, module, slug, spots, course, plan, language, title in rows
        if language == (own if own in plan["languages"] else plan["languages"][0])
    }  # fmt: skip


def _words_of(spots: list[dict[str, Any]], language: str) -> dict[str, tuple[str, str]]:
    return {
        one["field"]: (one["words"].get(language) or next(iter(one["words"].values()), ""),
                       one["anchor"])
        for one in spots
    }  # fmt: skip


_ADDRESS = re.compile(
    r"(?:https?://[^/]+)?/(cases|live-sessions|courses/[\w-]{1,60}/[\w-]{1,60})"
    r"/([\w-]{1,200})/?(?:[?#].*)?"
)


def find_by_address(address: str, person: Person | None) -> tuple[str, int, Subject] | None:
    """Return the case, live session or lesson whose page has this address, as (kind, id, subject).

    None where there is none that `person` may see; two statements.
    """
    match = _ADDRESS.fullmatch(address.strip())
    if match is None:
        return None
    if match[1] == "cases":
        of_case = select(CaseStudy.id).where(CaseStudy.slug == match[2])
        return _named("case", session.scalar(of_case), person)
    if match[1].startswith("courses/"):
        _courses, course, module = match[1].split("/")
        of_lesson = (
            select(Lesson.id).join(Course)
            .where(Course.slug == course, Lesson.module == module, Lesson.slug == match[2])
            .order_by(Lesson.position.desc()).limit(1)
        )  # fmt: skip
        return _named("lesson", session.scalar(of_lesson), person)
    of_live_session = select(LiveSession.id).where(LiveSession.slug == match[2])
    return _named("live_session", session.scalar(of_live_session), person)


def _named(kind: str, number: int | None, person: Person | None) -> tuple[str, int, Subject] | None:
    found = FINDERS[kind]({number}, person).get(number) if number is not None else None
    return (kind, number, found) if number is not None and found else None


FINDERS: dict[str, SubjectFinder] = {
    "case": find_cases, "live_session": find_live_sessions, "lesson": find_lessons,
}  # fmt: skip
