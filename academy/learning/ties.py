"""What lessons are tied to: cases, live sessions, threads; and the way back from those."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import aliased

from academy.db import session
from academy.learning.models import Course, Lesson, LessonLink, LessonText
from academy.learning.queries import Page
from academy.learning.recordings import at_minute
from academy.library.models import CaseStudy
from academy.library.policy import visible_cases
from academy.people.models import Person
from academy.programme.models import LiveSession, Series
from academy.programme.policy import visible_live_sessions

#: A live session is two hours long.
_MOST_CASES = 12


@dataclass(frozen=True, slots=True)
class Presented:
    """A live session in which the lesson was or will be presented."""

    live_session: LiveSession
    series: Series
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
    """Return what a lesson is tied to; two statements at most."""
    return Ties(_cases(page.text.cases), _presented(page, person))


def _presented(page: Page, person: Person | None) -> list[Presented]:
    # The plan says whether it is worth a statement.
    if not page.line.is_presented:
        return []
    statement = _presented_among(visible_live_sessions(person))
    rows = session.execute(statement, {"lesson": page.line.id})
    return [Presented(one, of, minute) for minute, one, of in rows]


@lru_cache(maxsize=4)
def _presented_among(visible: Select[LiveSession]) -> Select[int, LiveSession, Series]:
    """Return what asks for a lesson's live sessions; the policy's statements are few and stay."""
    links = visible.join(LessonLink, LessonLink.key == LiveSession.slug).with_only_columns(
        LessonLink.minute, LiveSession, Series
    )
    return links.where(
        LessonLink.lesson_id == bindparam("lesson"), LessonLink.kind == "live_session"
    ).order_by(LiveSession.starts_at)


#: Built once: lessons name what stands in the library for everybody.
_CASES = (
    visible_cases(None)
    .where(CaseStudy.slug.in_(bindparam("slugs", expanding=True)))
    .with_only_columns(CaseStudy.slug, CaseStudy.title, CaseStudy.country, CaseStudy.language)
)


def _cases(slugs: frozenset[str]) -> dict[str, tuple[str, str, str]]:
    if not slugs:
        return {}
    rows = session.execute(_CASES, {"slugs": sorted(slugs)})
    return {slug: (title, country, language) for slug, title, country, language in rows}


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


def list_about(
    kind: str, key: str, choose: Callable[[list[str]], str], most: int = 8
) -> Sequence[Named]:
    """Return the lessons that use a case, or are presented in a live session; one statement.

    `choose` says which of a course's languages the reader gets.
    """
    rows = session.execute(
        select(
            LessonText.title, Course.slug, Course.plan, Lesson.module, Lesson.slug, Lesson.minutes,
            LessonLink.minute, LessonText.language,
        )
        .join(Lesson, Lesson.id == LessonLink.lesson_id)
        .join(Course, Course.id == Lesson.course_id)
        .join(LessonText, LessonText.lesson_id == Lesson.id)
        .where(
            LessonLink.kind == kind, LessonLink.key == key, Lesson.position > 0,
            Course.status == "published",
        )
        .order_by(Course.slug, Lesson.position)
    ).all()  # fmt: skip
    named = [
        Named(title, f"/courses/{course}/{module}/{slug}/", minutes, minute, language)
        for title, course, plan, module, slug, minutes, minute, language in rows
        if language == choose(plan["languages"])
    ]
    return named[:most]


def list_cases(live_session: str, person: Person | None) -> Sequence[Row[str, str, str, str]]:
    """Return the cases of the lessons of a live session, with the languages of their titles.

    Slug, title, country and language; one statement.
    """
    shown, of = aliased(LessonLink), aliased(LessonLink)
    slugs = (
        select(of.key)
        .join(shown, shown.lesson_id == of.lesson_id)
        .join(Lesson, Lesson.id == of.lesson_id)
        .join(Course, Course.id == Lesson.course_id)
        .where(
            shown.kind == "live_session", shown.key == live_session, of.kind == "case",
            Lesson.position > 0, Course.status == "published",
        )
    )  # fmt: skip
    chosen = visible_cases(person).where(CaseStudy.slug.in_(slugs)).order_by(CaseStudy.title)
    columns = (CaseStudy.slug, CaseStudy.title, CaseStudy.country, CaseStudy.language)
    return session.execute(chosen.with_only_columns(*columns).limit(_MOST_CASES)).all()
