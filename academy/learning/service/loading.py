"""Loads courses from their files: what changed, what is new, what was taken away."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, undefer

from academy.db import now, transaction
from academy.learning.content import CourseFiles, LessonFiles
from academy.learning.directives import count_words, references
from academy.learning.figures import facts_of_figures
from academy.learning.models import Course, CourseFile, Lesson, LessonLink, LessonText
from academy.learning.rendering import render
from academy.learning.service.quiz_loading import load_quiz
from academy.learning.spots import SECTION, parts_of, spots_of
from academy.lib.search_index import Text, drop, put

#: What lessons are called in the index of words; the number is that of a lesson's text.
KIND = "lesson"
#: Goes up with the shape of what is kept of a lesson: all are written once more.
_SHAPE = "3"


@dataclass(slots=True)
class CourseReport:
    """How many courses a load made, changed, left as they were, and took away."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    #: What somebody should know: a quiz that changed under its results.
    warnings: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the shape of `academy content load --json`."""
        return asdict(self)


def load_courses(courses: Sequence[CourseFiles]) -> CourseReport:
    """Make the courses what their files say; a second time changes nothing.

    What learners did hangs on a lesson's key: moved, renamed or taken out and put back, a lesson
    keeps it. A folder that is gone withdraws its course. One transaction: all or nothing.
    """
    report = CourseReport()
    with transaction() as session:
        standing = {course.slug: course for course in session.scalars(select(Course))}
        for files in courses:
            _load(session, standing.get(files.slug), files, report)
        kept = {files.slug for files in courses}
        for course in standing.values():
            if course.slug not in kept and course.status == "published":
                course.status = "withdrawn"
                _forget_words(session, course)
                report.withdrawn += 1
    return report


def _load(
    session: Session, course: Course | None, files: CourseFiles, report: CourseReport
) -> None:
    contents = _contents(files.folder)
    digest = _digest_of(contents)
    if course is None:
        course = Course(slug=files.slug, version=0)
        session.add(course)
        report.created += 1
    elif course.digest == digest and course.status == "published":
        report.unchanged += 1
        return
    else:
        report.updated += 1
    course.status, course.digest, course.version = "published", digest, course.version + 1
    course.plan, course.changed_at = files.plan.model_dump(mode="json"), now()
    course.glossary = {tag: _glossary(one.terms) for tag, one in files.glossaries.items()}
    session.flush()
    _put_files(session, course, contents)
    _put_lessons(session, course, files, facts_of_figures(contents), report)


def _contents(folder: Path) -> dict[str, bytes]:
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def _digest_of(contents: Mapping[str, bytes]) -> str:
    parts = (f"{path}\0{hashlib.sha256(data).hexdigest()}\n" for path, data in contents.items())
    return hashlib.sha256("".join((_SHAPE, *parts)).encode()).hexdigest()


def _glossary(terms: Mapping[str, Any]) -> dict[str, Any]:
    return {key: {"term": one.term, "html": render(one.meaning)} for key, one in terms.items()}


def _put_files(session: Session, course: Course, contents: Mapping[str, bytes]) -> None:
    session.execute(delete(CourseFile).where(CourseFile.course_id == course.id))
    session.add_all(
        CourseFile(
            course_id=course.id, path=path, data=data, digest=hashlib.sha256(data).hexdigest()
        )
        for path, data in contents.items()
    )


def _put_lessons(
    session: Session, course: Course, files: CourseFiles, figures: Mapping[str, Any],
    report: CourseReport,
) -> None:  # fmt: skip
    keys = [one.plan.id for one in files.lessons]
    standing = select(Lesson).where(Lesson.key.in_(keys)).options(undefer(Lesson.spots))
    known = {one.key: one for one in session.scalars(standing)}
    for lesson in session.scalars(select(Lesson).where(Lesson.course_id == course.id)):
        if lesson.key not in keys:
            lesson.position = 0
            _forget_lesson(session, lesson)
    for position, one in enumerate(files.lessons, 1):
        lesson = known.get(one.plan.id) or Lesson(key=one.plan.id)
        session.add(lesson)
        lesson.course_id, lesson.position = course.id, position
        _put_lesson(session, lesson, one, figures)
        report.warnings += load_quiz(session, lesson, one)


def _put_lesson(
    session: Session, lesson: Lesson, files: LessonFiles, figures: Mapping[str, Any]
) -> None:
    lesson.module, lesson.slug = files.module.slug, files.plan.slug
    lesson.minutes = files.plan.minutes
    quiz = next((text.quiz for text in files.texts.values() if text.quiz), None)
    lesson.draw = quiz.draw if quiz else None
    lesson.passed_at = quiz.passed_at if quiz else 60
    pieces = {tag: text.pieces for tag, text in files.texts.items()}
    lesson.spots = spots_of(pieces, lesson.spots or ())
    session.flush()
    _put_texts(session, lesson, files, figures)
    _put_links(session, lesson, files)


def _put_texts(
    session: Session, lesson: Lesson, files: LessonFiles, figures: Mapping[str, Any]
) -> None:
    known = {
        one.language: one
        for one in session.scalars(select(LessonText).where(LessonText.lesson_id == lesson.id))
    }
    for tag in set(known) - set(files.texts):
        drop(KIND, [known[tag].id])
        session.delete(known[tag])
    sections = [one["anchor"] for one in lesson.spots if one["field"].startswith(SECTION)]
    for tag, text in files.texts.items():
        row = known.get(tag) or LessonText(lesson_id=lesson.id, language=tag)
        parts = parts_of(text.pieces, figures, sections)
        for part in parts:
            if part["name"] == "quiz" and text.quiz:
                part["reflects"] = any(one.kind == "reflection" for one in text.quiz.questions)
        head = text.head.model_dump(mode="json")
        if row.id is None or (row.parts, row.head) != (parts, head):
            row.title, row.summary = text.head.title, text.head.summary
            row.head, row.parts, row.changed_at = head, parts, now()
            row.words = count_words(text.pieces)
            session.add(row)
            session.flush()
        body = "\n".join(piece.text for piece in text.pieces)
        put(KIND, [Text(row.id, text.head.title, text.head.summary, body)])


def _put_links(session: Session, lesson: Lesson, files: LessonFiles) -> None:
    session.execute(delete(LessonLink).where(LessonLink.lesson_id == lesson.id))
    pieces = [piece for text in files.texts.values() for piece in text.pieces]
    cases = {one.key for one in references(pieces) if one.kind == "case"}
    session.add_all(LessonLink(lesson_id=lesson.id, kind="case", key=key) for key in cases)
    shown = {one.live_session: one.minute for one in files.plan.presented}
    session.add_all(
        LessonLink(lesson_id=lesson.id, kind="live_session", key=key, minute=minute)
        for key, minute in shown.items()
    )


def _forget_words(session: Session, course: Course) -> None:
    for lesson in session.scalars(select(Lesson).where(Lesson.course_id == course.id)):
        _forget_lesson(session, lesson)


def _forget_lesson(session: Session, lesson: Lesson) -> None:
    texts = select(LessonText.id).where(LessonText.lesson_id == lesson.id)
    drop(KIND, session.scalars(texts).all())
