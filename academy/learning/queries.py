"""Reads of courses for pages, each in a counted number of statements."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, select
from sqlalchemy.orm import defer

from academy.attendance.models import Attendance
from academy.db import session
from academy.learning.books import Book, Line, Text, books_of, text_of
from academy.learning.completing import Standing
from academy.learning.models import (
    Attempt,
    Course,
    CourseCompletion,
    CourseFile,
    Lesson,
    LessonText,
    QuizQuestion,
    Study,
)
from academy.learning.policy import own_attempts, visible_courses
from academy.learning.record import CoursePlan
from academy.learning.stamps import STAMP, Stamp
from academy.people.models import Person
from academy.programme.models import LiveSession, Series


@dataclass(frozen=True)
class Contents:
    """A course with its lessons, and how far the reader is."""

    course: Book
    lines: Sequence[Line]
    #: Its `completed_at`, where the course is completed.
    completed: Row[Any] | None = None
    last_seen: int | None = None
    live_sessions: int = 0

    @property
    def plan(self) -> CoursePlan:
        """Return its plan."""
        return self.course.plan

    @property
    def minutes(self) -> int:
        """Return how long all lessons take."""
        return self.course.minutes

    @cached_property
    def standing(self) -> Standing:
        """Return how far the reader is, in numbers."""
        return _standing(self.lines, self.live_sessions)

    @property
    def next_line(self) -> Line | None:
        """Return where the reader goes on: the lesson open last, or the next one not read.

        Nothing is read after it: the first one not read. So the press of a button is enough to
        find one's place again, where no script tells what is open.
        """
        at = next((i for i, line in enumerate(self.lines) if line.id == self.last_seen), 0)
        on = (*self.lines[at:], *self.lines[:at])
        return next((line for line in on if not line.read), None)


def _standing(lines: Sequence[Line], live_sessions: int) -> Standing:
    quizzes = [line.best or 0 for line in lines if line.has_quiz]
    return Standing(
        sum(line.read for line in lines), len(lines), len(quizzes),
        sum(quizzes) // len(quizzes) if quizzes else 0, live_sessions,
    )  # fmt: skip


def list_courses(person: Person | None) -> list[Contents]:
    """Return the published courses with their lessons; three statements once they are kept."""
    stamps = visible_courses(person).with_only_columns(*STAMP).order_by(Course.slug)
    books = books_of([Stamp(*row) for row in session.execute(stamps)])
    done, studies = _completions(person), _studies([book.id for book in books], person)
    return [Contents(book, _marked(book.lines, studies), done.get(book.id)) for book in books]


def find_book(slug: str, person: Person | None) -> Book | None:
    """Return one course as it was loaded; one statement once it is kept."""
    stamp = visible_courses(person).with_only_columns(*STAMP).where(Course.slug == slug)
    row = session.execute(stamp).one_or_none()
    return books_of([Stamp(*row)])[0] if row else None


def find_contents(slug: str, person: Person | None) -> Contents | None:
    """Return one course with the reader's way through it; four statements once it is kept."""
    book = find_book(slug, person)
    return contents_of(book, person) if book else None


def contents_of(book: Book, person: Person | None) -> Contents:
    """Return a course with the reader's way through it; three statements at most."""
    if person is None:
        return Contents(book, book.lines)
    studies = _studies([book.id], person)
    last = max(studies.values(), key=lambda one: one.seen_at, default=None)
    # Whoever is asked for no live session is not counted in any.
    attended = _count_attended(book.plan, person) if book.plan.completion.live_sessions else 0
    return Contents(
        book, _marked(book.lines, studies), _completions(person, book.id).get(book.id),
        last.lesson_id if last else None, attended,
    )  # fmt: skip


def _marked(lines: Sequence[Line], studies: Mapping[int, Any]) -> Sequence[Line]:
    """Return the lessons with what the reader did in each."""
    return (
        [
            replace(line, read=mine.read_at is not None, best=mine.best)
            if (mine := studies.get(line.id))
            else line
            for line in lines
        ]
        if studies
        else lines
    )


def _studies(ids: Sequence[int], person: Person | None) -> dict[int, Any]:
    if person is None or not ids:
        return {}
    mine = (
        select(Study.lesson_id, Study.seen_at, Study.read_at, Study.best)
        .join(Lesson, Lesson.id == Study.lesson_id)
        .where(Study.person_id == person.id, Lesson.course_id.in_(ids))
    )
    return {row.lesson_id: row for row in session.execute(mine)}


def _completions(person: Person | None, course_id: int | None = None) -> dict[int, Any]:
    if person is None:
        return {}
    mine = select(CourseCompletion.course_id, CourseCompletion.completed_at).where(
        CourseCompletion.person_id == person.id
    )
    chosen = mine if course_id is None else mine.where(CourseCompletion.course_id == course_id)
    return {row.course_id: row for row in session.execute(chosen)}


def _count_attended(plan: CoursePlan, person: Person) -> int:
    if not plan.series:
        return 0
    came = (
        select(func.count())
        .select_from(Attendance)
        .join(LiveSession, LiveSession.id == Attendance.live_session_id)
        .join(Series, Series.id == LiveSession.series_id)
        .where(Attendance.person_id == person.id, Series.slug == plan.series)
    )
    return session.scalar(came) or 0


def read_standing(course: Course, person: Person) -> Standing:
    """Return how far `person` is in a course; two statements once the course is kept."""
    stamp = Stamp(course.id, course.slug, course.created_at, course.version, course.digest)
    book = books_of([stamp])[0]
    lines = _marked(book.lines, _studies([course.id], person))
    return _standing(lines, _count_attended(book.plan, person))


@dataclass(frozen=True, slots=True)
class Mine:
    """What the reader did in one lesson."""

    note: str | None
    read_at: datetime | None
    best: int | None
    passed_at: datetime | None
    reflected_at: datetime | None
    #: How many attempts at its quiz were begun, and the best one that has points.
    attempts: int
    percent: int | None


@dataclass(frozen=True)
class Page:
    """One lesson in one language, with what stands around it."""

    contents: Contents
    line: Line
    text: Text
    study: Mine | None = None
    before: Line | None = None
    after: Line | None = None

    @cached_property
    def lesson(self) -> Lesson:
        """Return the row of the lesson, for what changes something of it; one statement."""
        return session.get_one(Lesson, self.line.id)


# Built once, for they are most of what a page of a lesson costs; everybody sees the same courses.
_COURSE = visible_courses(None).where(Course.slug == bindparam("course"))
_STAMP = _COURSE.with_only_columns(*STAMP)
_own = and_(Attempt.lesson_id == Lesson.id, Attempt.person_id == bindparam("me"))
_OWN = (
    _COURSE.outerjoin(Lesson, and_(
        Lesson.course_id == Course.id, Lesson.module == bindparam("module"),
        Lesson.slug == bindparam("lesson"), Lesson.position > 0,
    ))
    .outerjoin(Study, and_(Study.lesson_id == Lesson.id, Study.person_id == bindparam("me")))
    .with_only_columns(
        *STAMP, Study.note, Study.read_at, Study.best, Study.passed_at, Study.reflected_at,
        select(func.count()).where(_own).correlate(Lesson).scalar_subquery(),
        select(func.max(Attempt.percent)).where(_own).correlate(Lesson).scalar_subquery(),
    )
)  # fmt: skip


def find_page(
    course: str, module: str, lesson: str, person: Person | None,
    choose: Callable[[Sequence[str]], str],
) -> Page | None:  # fmt: skip
    """Return a lesson in the language that `choose` takes of the course's; one statement.

    One more where the course or the text is not kept (books.py).
    """
    asked = {"course": course, "module": module, "lesson": lesson}
    statement = _STAMP if person is None else _OWN
    row = session.execute(statement, asked | {"me": person.id if person else 0}).one_or_none()
    book = books_of([Stamp(*row[: len(STAMP)])])[0] if row else None
    at = book.places.get((module, lesson)) if book else None
    if row is None or book is None or at is None:
        return None
    lines = book.lines
    return Page(
        Contents(book, lines), lines[at], text_of(book, lines[at], choose(book.plan.languages)),
        Mine(*row[len(STAMP) :]) if person else None, lines[at - 1] if at else None,
        lines[at + 1] if at + 1 < len(lines) else None,
    )  # fmt: skip


def find_attempt(number: int, person: Person) -> Attempt | None:
    """Return one's own attempt; one statement."""
    return session.scalars(own_attempts(person).where(Attempt.id == number)).one_or_none()


def list_questions(lesson_id: int, keys: Sequence[str]) -> Sequence[QuizQuestion]:
    """Return these questions of a lesson in their order, retired ones too; one statement."""
    asked = select(QuizQuestion).where(
        QuizQuestion.lesson_id == lesson_id, QuizQuestion.key.in_(keys)
    )
    return session.scalars(asked.order_by(QuizQuestion.position)).all()


def find_file(course_id: int, path: str) -> CourseFile | None:
    """Return one file of a course with its bytes; one statement."""
    one = select(CourseFile).where(CourseFile.course_id == course_id, CourseFile.path == path)
    return session.scalars(one).one_or_none()


def list_files(course_id: int) -> Sequence[Row[str, bytes]]:
    """Return all files of a course with their bytes; one statement."""
    files = select(CourseFile.path, CourseFile.data).where(CourseFile.course_id == course_id)
    return session.execute(files.order_by(CourseFile.path)).all()


def list_newest(most: int = 30) -> Sequence[Row[LessonText, Lesson, Course]]:
    """Return the lessons that came or changed last; one statement."""
    newest = (
        select(LessonText, Lesson, Course)
        .join(Lesson, Lesson.id == LessonText.lesson_id)
        .join(Course, Course.id == Lesson.course_id)
        .where(Lesson.position > 0, Course.status == "published")
        .options(defer(LessonText.parts))
        .order_by(LessonText.changed_at.desc(), LessonText.id)
    )
    return session.execute(newest.limit(most)).all()


@dataclass(frozen=True, slots=True)
class NextStep:
    """Where somebody goes on in the course that was open last."""

    title: str
    course: str
    module: str
    lesson: str


def find_next_step(person: Person) -> NextStep | None:
    """Return the lesson open last, or the first not read after it; one statement.

    None for somebody who has begun no course, or has read all of the one that was open last.
    """
    mine = select(Study.lesson_id).where(Study.person_id == person.id)
    newest = mine.order_by(Study.seen_at.desc(), Study.lesson_id.desc()).limit(1).scalar_subquery()
    course = select(Lesson.course_id).where(Lesson.id == newest).scalar_subquery()
    row = session.execute(
        select(LessonText.title, Course.slug, Lesson.module, Lesson.slug)
        .join(Lesson, Lesson.id == LessonText.lesson_id)
        .join(Course, Course.id == Lesson.course_id)
        .where(
            Course.status == "published", Lesson.position > 0, Lesson.course_id == course,
            Lesson.id.not_in(mine.where(Study.read_at.is_not(None))),
        )
        .order_by(
            Lesson.id != newest, Lesson.position, LessonText.language != person.language,
            LessonText.language != "en", LessonText.id,
        )
        .limit(1)
    ).one_or_none()  # fmt: skip
    return NextStep(*row) if row else None
