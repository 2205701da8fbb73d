"""What lessons are tied to: cases, live sessions, threads; and the way back from those."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import aliased

from academy.db import session
from academy.learning.books import books_of
from academy.learning.models import Course, Lesson, LessonLink
from academy.learning.policy import visible_courses
from academy.learning.queries import Page
from academy.learning.recordings import at_minute
from academy.learning.stamps import STAMP, Stamp
from academy.library.models import CaseStudy
from academy.library.policy import visible_cases
from academy.people.models import Person
from academy.programme.models import LiveSession, Series
from academy.programme.policy import visible_live_sessions

#: A live session is two hours long.
_MOST_CASES = 12
#: A lesson names what stands in the library for everybody; so it is the same for every reader.
_cases = (
    visible_cases(None)
    .with_only_columns(CaseStudy.slug, CaseStudy.title, CaseStudy.country, CaseStudy.language)
    .subquery()
)


class Meeting(NamedTuple):
    """What a lesson tells of a live session."""

    slug: str
    title: str
    number: int
    starts_at: datetime
    zone: str
    recording_url: str
    recording_megabytes: int | None


class Titled(NamedTuple):
    """A series by its title."""

    title: str


@dataclass(frozen=True, slots=True)
class Presented:
    """A live session in which the lesson was or will be presented."""

    live_session: Meeting
    series: Titled
    minute: int

    @property
    def recording(self) -> str:
        """Return the address of its recording, from the right minute on."""
        return at_minute(self.live_session.recording_url, self.minute)


@dataclass(frozen=True, slots=True)
class Ties:
    """What a lesson names, as far as the reader may see it."""

    #: {"nepal-coffee": (title, country, language)}
    cases: Mapping[str, tuple[str, str, str]]
    presented: Sequence[Presented]


def find_ties(page: Page, person: Person | None) -> Ties:
    """Return what a lesson is tied to; one statement, none where it names nothing."""
    if not page.text.cases and not page.line.is_presented:
        return Ties({}, ())
    statement = _ties_among(visible_live_sessions(person))
    cases: dict[str, tuple[str, str, str]] = {}
    presented = []
    for minute, slug, title, country, language, of, *facts in session.execute(
        statement, {"lesson": page.line.id}
    ):
        if slug is not None:
            cases[slug] = (title, country, language)
        elif of is not None:
            presented.append(Presented(Meeting(*facts), Titled(of), minute))
    return Ties(cases, presented)


@lru_cache(maxsize=4)
def _ties_among(visible: Select[LiveSession]) -> Select[Any]:
    """Return what asks for the ties of a lesson; the policy's own statements are few, and stay."""
    met = visible.with_only_columns(
        Series.title.label("of"), *(getattr(LiveSession, name) for name in Meeting._fields)
    ).subquery()
    return (
        select(LessonLink.minute, *_cases.c, *met.c)
        .outerjoin(_cases, and_(LessonLink.kind == "case", _cases.c.slug == LessonLink.key))
        .outerjoin(met, and_(LessonLink.kind == "live_session", met.c.slug == LessonLink.key))
        .where(LessonLink.lesson_id == bindparam("lesson"))
        .order_by(met.c.starts_at)
    )


@dataclass(frozen=True, slots=True)
class Named:
    """A lesson in a list of another page."""

    title: str
    path: str
    minutes: int
    #: From which minute of the live session on.
    minute: int
    #: In which its title is.
    language: str


@dataclass(frozen=True, slots=True)
class About:
    """The lessons that use a case, or are presented in a live session, and their cases."""

    lessons: Sequence[Named]
    #: Slug, title, country, and the language of the title.
    cases: Sequence[tuple[str, str, str, str]] = ()


_of = aliased(LessonLink)
# Only of what is presented together the cases are told: a case names its lessons, not their others.
_ABOUT = (
    visible_courses(None)
    .join(Lesson, and_(Lesson.course_id == Course.id, Lesson.position > 0))
    .join(LessonLink, LessonLink.lesson_id == Lesson.id)
    .outerjoin(_of, and_(
        _of.lesson_id == Lesson.id, _of.kind == "case", LessonLink.kind == "live_session"
    ))
    .outerjoin(_cases, _cases.c.slug == _of.key)
    .where(LessonLink.kind == bindparam("kind"), LessonLink.key == bindparam("key"))
    .with_only_columns(*STAMP, Lesson.id, LessonLink.minute, *_cases.c)
    .order_by(Course.slug, Lesson.position)
)  # fmt: skip


def list_about(kind: str, key: str, choose: Callable[[Sequence[str]], str], most: int = 8) -> About:
    """Return the lessons that use a case, or are presented in a live session; one statement.

    `choose` says which of a course's languages the reader gets.
    Two more where a course of theirs is not kept.
    """
    rows = session.execute(_ABOUT, {"kind": kind, "key": key}).all()
    stamps = {Stamp(*row[: len(STAMP)]) for row in rows}
    books = {book.id: book for book in books_of(sorted(stamps))}
    lessons: dict[int, Named] = {}
    cases = set()
    for course, *_facts, lesson, minute, slug, title, country, language in rows:
        book = books[course]
        line = next((line for line in book.lines if line.id == lesson), None)
        if line and lesson not in lessons and len(lessons) < most:
            path = f"/courses/{book.slug}/{line.module}/{line.slug}/"
            chosen = choose(book.plan.languages)
            named = Named(line.titles[chosen], path, line.minutes, minute, chosen)
            lessons[lesson] = named
        if slug is not None:
            cases.add((title, slug, country, language))
    told = [(slug, title, *rest) for title, slug, *rest in sorted(cases)[:_MOST_CASES]]
    return About(list(lessons.values()), told)
