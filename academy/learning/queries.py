"""Reads of courses for pages, each in a counted number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import Executable, Row, and_, func, select
from sqlalchemy.orm import defer, joinedload

from academy.attendance.models import Attendance
from academy.db import session
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
from academy.people.models import Person
from academy.programme.models import LiveSession, Series


@dataclass(frozen=True, slots=True)
class Line:
    """One lesson in a table of contents."""

    id: int
    key: str
    module: str
    slug: str
    position: int
    minutes: int
    #: {"en": "What we share"}
    titles: Mapping[str, str]
    has_quiz: bool
    read: bool = False
    best: int | None = None


@dataclass(frozen=True)
class Contents:
    """A course with its lessons, and how far the reader is."""

    course: Course
    lines: Sequence[Line]
    completed: CourseCompletion | None = None
    last_seen: int | None = None
    live_sessions: int = 0

    @cached_property
    def plan(self) -> CoursePlan:
        """Return its plan."""
        return CoursePlan.model_validate(self.course.plan)

    @property
    def minutes(self) -> int:
        """Return how long all lessons take."""
        return sum(line.minutes for line in self.lines)

    @property
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
    """Return the published courses with their lessons; four statements."""
    courses = session.scalars(visible_courses(person).order_by(Course.slug)).all()
    lines = read_lines([course.id for course in courses], person)
    done = _completions(person)
    return [Contents(course, lines.get(course.id, []), done.get(course.id)) for course in courses]


def find_contents(slug: str, person: Person | None) -> Contents | None:
    """Return one course with its lessons; five statements at most."""
    course = _course_of(slug, person)
    return contents_of(course, person) if course else None


def find_lines(slug: str, person: Person | None) -> Contents | None:
    """Return one course with its lessons alone, as a lesson needs it; two statements."""
    course = _course_of(slug, person)
    lines = read_lines([course.id], person) if course else {}
    return Contents(course, lines.get(course.id, [])) if course else None


def _course_of(slug: str, person: Person | None) -> Course | None:
    return session.scalars(visible_courses(person).where(Course.slug == slug)).one_or_none()


def contents_of(course: Course, person: Person | None) -> Contents:
    """Return a course with its lessons and the reader's way through them; four statements."""
    lines = read_lines([course.id], person).get(course.id, [])
    if person is None:
        return Contents(course, lines)
    done = session.get(CourseCompletion, (person.id, course.id))
    newest = (
        select(Study.lesson_id).join(Lesson).where(
            Study.person_id == person.id, Lesson.course_id == course.id
        ).order_by(Study.seen_at.desc()).limit(1)
    )  # fmt: skip
    attended = _count_attended(course, person)
    return Contents(course, lines, done, session.scalar(newest), attended)


def read_lines(ids: Sequence[int], person: Person | None) -> dict[int, list[Line]]:
    """Return the lessons of these courses, with how far `person` is in each; one statement."""
    rows = session.execute(_lines_of(ids, person)).all()
    titles: dict[int, dict[str, str]] = {}
    for row in rows:
        titles.setdefault(row.id, {})[row.language] = row.title
    found: dict[int, dict[int, Line]] = {}
    for row in rows:
        found.setdefault(row.course_id, {})[row.id] = Line(
            row.id, row.key, row.module, row.slug, row.position, row.minutes, titles[row.id],
            bool(row.has_quiz), row.read_at is not None, row.best,
        )  # fmt: skip
    return {course: list(lines.values()) for course, lines in found.items()}


def _lines_of(ids: Sequence[int], person: Person | None) -> Executable:
    asks = (
        select(QuizQuestion.id)
        .where(QuizQuestion.lesson_id == Lesson.id, QuizQuestion.retired_at.is_(None))
        .exists()
    )
    mine = and_(Study.lesson_id == Lesson.id, Study.person_id == (person.id if person else 0))
    return (
        select(
            Lesson.id, Lesson.course_id, Lesson.key, Lesson.module, Lesson.slug, Lesson.position,
            Lesson.minutes, LessonText.language, LessonText.title, asks.label("has_quiz"),
            Study.read_at, Study.best,
        )
        .join(LessonText, LessonText.lesson_id == Lesson.id)
        .outerjoin(Study, mine)
        .where(Lesson.course_id.in_(ids), Lesson.position > 0)
        .order_by(Lesson.course_id, Lesson.position)
    )  # fmt: skip


def _completions(person: Person | None) -> dict[int, CourseCompletion]:
    if person is None:
        return {}
    mine = select(CourseCompletion).where(CourseCompletion.person_id == person.id)
    return {one.course_id: one for one in session.scalars(mine)}


def _count_attended(course: Course, person: Person) -> int:
    series = course.plan.get("series")
    if not series:
        return 0
    came = (
        select(func.count())
        .select_from(Attendance)
        .join(LiveSession, LiveSession.id == Attendance.live_session_id)
        .join(Series, Series.id == LiveSession.series_id)
        .where(Attendance.person_id == person.id, Series.slug == series)
    )
    return session.scalar(came) or 0


def read_standing(course: Course, person: Person) -> Standing:
    """Return how far `person` is in a course; two statements."""
    lines = read_lines([course.id], person).get(course.id, [])
    return _standing(lines, _count_attended(course, person))


@dataclass(frozen=True, slots=True)
class Page:
    """One lesson in one language, with what stands around it."""

    contents: Contents
    line: Line
    lesson: Lesson
    text: LessonText
    study: Study | None
    before: Line | None = None
    after: Line | None = None
    #: Terms of the glossary that this lesson explains: {"solidarity": {"term": …, "html": …}}.
    terms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def find_page(
    contents: Contents, module: str, slug: str, language: str, person: Person | None
) -> Page | None:
    """Return a lesson, in `language` or the one it was written in; two statements."""
    lines = list(contents.lines)
    at = next((i for i, one in enumerate(lines) if (one.module, one.slug) == (module, slug)), None)
    if at is None:
        return None
    text = _text_of(lines[at].id, language, contents.plan.languages[0])
    study = session.get(Study, (person.id, text.lesson_id)) if person else None
    glossary = contents.course.glossary.get(text.language, {})
    used = {key: words for key, words in glossary.items() if _uses(text, key)}
    return Page(
        contents, lines[at], text.lesson, text, study, lines[at - 1] if at else None,
        lines[at + 1] if at + 1 < len(lines) else None, used,
    )  # fmt: skip


def _uses(text: LessonText, key: str) -> bool:
    return any(f'href="#term-{key}"' in part["html"] for part in text.parts)


def _text_of(lesson_id: int, language: str, first: str) -> LessonText:
    known = {
        one.language: one
        for one in session.scalars(
            select(LessonText)
            .where(LessonText.lesson_id == lesson_id, LessonText.language.in_((language, first)))
            .options(joinedload(LessonText.lesson, innerjoin=True))
        )
    }
    return known.get(language) or known[first]


def find_attempt(number: int, person: Person) -> Attempt | None:
    """Return one's own attempt; one statement."""
    return session.scalars(own_attempts(person).where(Attempt.id == number)).one_or_none()


def list_attempts(lesson: Lesson, person: Person) -> Sequence[Attempt]:
    """Return one's newest attempts at a lesson's quiz; one statement."""
    mine = own_attempts(person).where(Attempt.lesson_id == lesson.id)
    return session.scalars(mine.order_by(Attempt.id.desc()).limit(10)).all()


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
