"""Loads courses from their files: what changed, what is new, what was taken away."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, undefer

from academy.db import now, transaction
from academy.learning.content import CourseFiles, LessonFiles
from academy.learning.directives import count_words, references
from academy.learning.figures import facts_of_figures
from academy.learning.models import Course, CourseFile, Lesson, LessonLink, LessonText
from academy.learning.rendering import render
from academy.learning.service.meeting import (
    Met,
    Standing,
    contents_of,
    digest_of_file,
    kept_contents,
    meet,
    note_versions,
    read_kept,
    read_standing,
)
from academy.learning.service.moving import keep_address
from academy.learning.service.quiz_loading import load_quiz
from academy.learning.spots import SECTION, parts_of, spots_of
from academy.lib.content_files import Fault
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
    #: By course: files that stay as they were edited in the browser, for no file changed.
    kept: dict[str, list[str]] = field(default_factory=dict)
    #: By course, which stays as it is: files that were changed here and there.
    clashes: dict[str, list[str]] = field(default_factory=dict)
    #: By course, which stays as it is: what would be wrong with both together.
    faults: dict[str, list[Fault]] = field(default_factory=dict)

    @property
    def refused(self) -> set[str]:
        """Return the courses that were not loaded."""
        return {*self.clashes, *self.faults}

    def as_json(self) -> dict[str, Any]:
        """Return the shape of `academy content load --json`."""
        return asdict(self)


def load_courses(
    courses: Sequence[CourseFiles], *, take_files: Collection[str] = (), withdraws: bool = True
) -> CourseReport:
    """Make the courses what their files say; a second time changes nothing.

    What learners did hangs on a lesson's key: moved, renamed or taken out and put back, a lesson
    keeps it. A folder that is gone withdraws its course where it is files that decide, unless
    the folder is only a part (`withdraws`). What was edited in the browser stays where its file
    is as it was; where both changed the course is left as it is, unless it is one of `take_files`.
    One transaction: all or nothing.
    """
    report = CourseReport()
    with transaction() as session:
        standing = {
            course.slug: course for course in session.scalars(select(Course).with_for_update())
        }
        known = read_standing(session)
        for files in courses:
            course = standing.get(files.slug)
            before = known.get(course.id, Standing()) if course else Standing()
            takes = files.slug in take_files
            met = meet(contents_of(files.folder), before, takes_files=takes)
            _load(session, course, files, _Wanted(met, before, is_taken=takes), report)
        kept = {files.slug for files in courses}
        for course in standing.values() if withdraws else ():
            by_files = course.status == "published" and course.decided_by == "files"
            if course.slug not in kept and by_files:
                withdraw_course(session, course)
                report.withdrawn += 1
    return report


def withdraw_course(session: Session, course: Course) -> None:
    """Let nobody but its editors see a course any more; its files and its learners' ways stay."""
    course.status, course.version = "withdrawn", course.version + 1
    _forget_words(session, course)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a load shall make of a course, and what is known of it so far."""

    met: Met
    before: Standing
    is_taken: bool


def _load(
    session: Session, course: Course | None, files: CourseFiles, wanted: _Wanted,
    report: CourseReport,
) -> None:  # fmt: skip
    met = wanted.met
    if met.clashes:
        report.clashes[files.slug] = list(met.clashes)
        return
    if course is not None and met.kept:
        report.kept[files.slug] = list(met.kept)
        contents = kept_contents(session, course, met)
        found = read_kept(course, contents)
        if isinstance(found, list):
            report.faults[files.slug] = found
            return
        files, met = found, replace(met, contents=contents)
    _load_met(session, course, files, replace(wanted, met=met), report)


def _load_met(
    session: Session, course: Course | None, files: CourseFiles, wanted: _Wanted,
    report: CourseReport,
) -> None:  # fmt: skip
    contents, digest = wanted.met.contents, digest_of(wanted.met.contents)
    # Who withdrew a course in the browser is not overruled by a folder that is still there.
    decides = course is None or wanted.is_taken or course.decided_by == "files"
    status = "published" if decides or course is None else course.status
    if course is None:
        course = Course(slug=files.slug, version=0)
        session.add(course)
        report.created += 1
    elif course.digest == digest and course.status == status:
        report.unchanged += 1
        note_versions(session, course, wanted.met, wanted.before)
        return
    else:
        report.updated += 1
    course.status = status
    course.decided_by = "files" if decides else course.decided_by
    report.warnings += put_course(session, course, files, contents)
    note_versions(session, course, wanted.met, wanted.before)


def put_course(
    session: Session, course: Course, files: CourseFiles, contents: Mapping[str, bytes]
) -> list[str]:
    """Make a course what its files say; return what somebody should know of its quizzes."""
    course.digest, course.version = digest_of(contents), course.version + 1
    course.plan, course.changed_at = files.plan.model_dump(mode="json"), now()
    course.glossary = {tag: _glossary(one.terms) for tag, one in files.glossaries.items()}
    session.add(course)
    session.flush()
    report = CourseReport()
    _put_files(session, course, contents)
    _put_lessons(session, course, files, facts_of_figures(contents), report)
    if course.status != "published":
        _forget_words(session, course)
    return report.warnings


def digest_of(contents: Mapping[str, bytes]) -> str:
    """Return the mark of all files of a course together."""
    parts = (f"{path}\0{digest_of_file(data)}\n" for path, data in sorted(contents.items()))
    return hashlib.sha256("".join((_SHAPE, *parts)).encode()).hexdigest()


def _glossary(terms: Mapping[str, Any]) -> dict[str, Any]:
    return {key: {"term": one.term, "html": render(one.meaning)} for key, one in terms.items()}


def _put_files(session: Session, course: Course, contents: Mapping[str, bytes]) -> None:
    session.execute(delete(CourseFile).where(CourseFile.course_id == course.id))
    session.add_all(
        CourseFile(course_id=course.id, path=path, data=data, digest=digest_of_file(data))
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
    texts, words = _stored(session, known.values()), list[Text]()
    for position, one in enumerate(files.lessons, 1):
        lesson = known.get(one.plan.id) or Lesson(key=one.plan.id)
        keep_address(session, lesson, course, one)
        passed_before = lesson.passed_at if lesson.id else None
        session.add(lesson)
        lesson.course_id, lesson.position = course.id, position
        _put_lesson(session, lesson, one)
        words += _put_texts(session, lesson, one, figures, texts.get(lesson.id, {}))
        report.warnings += load_quiz(session, lesson, one, passed_before)
    # All at once: words that a hundred lessons say are learnt once.
    put(KIND, words)


def _stored(session: Session, lessons: Iterable[Lesson]) -> dict[int, dict[str, LessonText]]:
    """Return the texts of lessons as they stand, and untie them; two statements for them all."""
    ids = [lesson.id for lesson in lessons]
    texts: dict[int, dict[str, LessonText]] = {}
    for one in session.scalars(select(LessonText).where(LessonText.lesson_id.in_(ids))):
        texts.setdefault(one.lesson_id, {})[one.language] = one
    session.execute(delete(LessonLink).where(LessonLink.lesson_id.in_(ids)))
    return texts


def _put_lesson(session: Session, lesson: Lesson, files: LessonFiles) -> None:
    lesson.module, lesson.slug = files.module.slug, files.plan.slug
    lesson.minutes = files.plan.minutes
    quiz = next((text.quiz for text in files.texts.values() if text.quiz), None)
    lesson.draw = quiz.draw if quiz else None
    lesson.passed_at = quiz.passed_at if quiz else 60
    pieces = {tag: text.pieces for tag, text in files.texts.items()}
    lesson.spots = spots_of(pieces, lesson.spots or ())
    session.flush()
    _put_links(session, lesson, files)


def _put_texts(
    session: Session, lesson: Lesson, files: LessonFiles, figures: Mapping[str, Any],
    known: Mapping[str, LessonText],
) -> Iterator[Text]:  # fmt: skip
    """Write the texts of a lesson; yield what each is found by."""
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
        yield Text(row.id, text.head.title, text.head.summary, body)


def _put_links(session: Session, lesson: Lesson, files: LessonFiles) -> None:
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
