"""Reflections that learners share, with what others answer, and those that nobody answered yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from academy.db import session
from academy.discussion.models import Post, Reflection, Thread
from academy.discussion.policy import can_moderate, is_known_to, is_of_facilitators
from academy.discussion.ports import Subject, find_subjects
from academy.learning.groups.policy import named_lessons
from academy.learning.models import Lesson, QuizQuestion, Study
from academy.learning.policy import facilitates
from academy.lib.paging import Page
from academy.people.models import Person

PAGE = 20
#: So many answers stand below a reflection; its thread has all of them.
MOST_ANSWERS, MOST_READ = 5, 200


class Shared(NamedTuple):
    """Where a reflection of an attempt was shared, and how that stands."""

    audience: str
    thread_id: int
    number: int
    state: str


class Answer(NamedTuple):
    """What somebody answered to a reflection."""

    thread_id: int
    number: int
    answers: int | None
    body: str
    language: str
    created_at: datetime
    #: None where the author left.
    author: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """One reflection as a page shows it."""

    post: Row[Any]
    #: What was asked, in the language of the reader where the lesson has it.
    question: str
    answers: Sequence[Answer] = ()
    more: int = 0
    subject: Subject | None = None


@dataclass(frozen=True, slots=True)
class Reflections(Page[Told]):
    """A page of reflections, and how many of all of them wait for an answer."""

    waiting: int = 0
    known: Mapping[int, Subject] = field(default_factory=dict)


def list_shared(attempt_id: int) -> dict[str, Shared]:
    """Return what of an attempt is shared, by the keys of its questions; one statement."""
    rows = session.execute(
        select(Reflection.question_key, Thread.audience, Thread.id, Post.number, Post.state)
        .join(Post, Post.id == Reflection.post_id)
        .join(Thread, Thread.id == Post.thread_id)
        .where(Reflection.attempt_id == attempt_id, Post.state != "removed")
    )
    return {row.question_key: Shared(row.audience, row.id, row.number, row.state) for row in rows}


def guides(person: Person, lesson_id: int | None = None) -> bool:
    """Whether somebody facilitates a lesson, or some lesson; one statement at most."""
    if facilitates(person):
        return True
    named = named_lessons(person.id)
    if lesson_id is not None:
        named = named.where(Lesson.id == lesson_id)
    return session.scalar(named.limit(1)) is not None


def may_read(lesson_id: int, person: Person) -> bool:
    """Whether the person reads the reflections of others: having handed in one, or as staff."""
    if can_moderate(person) or guides(person, lesson_id):
        return True
    study = session.get(Study, (person.id, lesson_id))
    return study is not None and study.reflected_at is not None


_Other = aliased(Post)
_IS_ANSWERED = (
    select(_Other.id)
    .where(
        _Other.thread_id == Post.thread_id, _Other.state == "visible",
        or_(
            _Other.answers == Post.number,
            and_(Thread.audience == "facilitators", _Other.number > Post.number),
        ),
        _Other.author_id.is_distinct_from(Post.author_id),
    )
    .exists()
)  # fmt: skip


def _chosen(known: ColumnElement[bool]) -> Select[Any]:
    columns: Sequence[Any] = (
            Post.id, Post.thread_id, Post.number, Post.body, Post.language, Post.state,
            Post.created_at, Post.author_id, Person.name, Person.country, Thread.audience,
            Reflection.lesson_id, QuizQuestion.words, _IS_ANSWERED.label("is_answered"),
    )  # fmt: skip
    return (
        select(*columns)
        .join(Reflection, Reflection.post_id == Post.id)
        .join(Thread, Thread.id == Post.thread_id)
        .outerjoin(Person, Person.id == Post.author_id)
        .outerjoin(
            QuizQuestion,
            and_(
                QuizQuestion.lesson_id == Reflection.lesson_id,
                QuizQuestion.key == Reflection.question_key,
            ),
        )
        .where(known, Thread.state != "hidden")
    )  # fmt: skip


def read_reflections(
    lesson_id: int, person: Person, language: str, page: int = 1, *, is_guide: bool = False
) -> Reflections:
    """Return reflections of a lesson that `person` may read, the newest first; three statements.

    A guide has those first that nobody answered yet.
    """
    known = is_known_to(person, person.id)
    if can_moderate(person) and not is_guide:
        known = Thread.audience == "learners"
    own = (Post.state == "held") & (Post.author_id == person.id)
    chosen = _chosen(known).where(
        Reflection.lesson_id == lesson_id, or_(Post.state == "visible", own)
    )
    order = [_IS_ANSWERED] if is_guide else []
    return _read(chosen, [*order, Post.id.desc()], language, page)


def read_waiting(person: Person, language: str, page: int = 1) -> Reflections:
    """Return what waits for an answer of a facilitator, the oldest first; four statements."""
    found = _read(_waiting(person), [Post.id], language, page)
    ids = {told.post.lesson_id for told in found.rows}
    known = find_subjects("lesson", ids, person)
    return Reflections(found.rows, found.number, found.total, PAGE, found.waiting, known)


def count_waiting(person: Person) -> int:
    """Return how many wait for an answer of a facilitator; one statement."""
    waiting = _waiting(person).with_only_columns(Post.id).subquery()
    return session.scalar(select(func.count()).select_from(waiting)) or 0


def _waiting(person: Person) -> Select[Any]:
    return _chosen(is_of_facilitators(person, person.id)).where(
        Post.state == "visible", ~_IS_ANSWERED, Post.author_id.is_distinct_from(person.id)
    )


def _read(chosen: Select[Any], order: Sequence[Any], language: str, page: int) -> Reflections:
    every = chosen.subquery()
    counted = select(func.count(), func.count().filter(~every.c.is_answered))
    total, waiting = session.execute(counted.select_from(every)).one()
    wanted = chosen.order_by(*order).limit(PAGE).offset((page - 1) * PAGE)
    rows = session.execute(wanted).all()
    answers = _answers([row for row in rows if row.is_answered])
    told = [_told(row, answers.get((row.thread_id, row.number), []), language) for row in rows]
    return Reflections(told, page, total, PAGE, waiting)


def _told(row: Row[Any], answers: Sequence[Answer], language: str) -> Told:
    more = max(len(answers) - MOST_ANSWERS, 0)
    return Told(row, _asked(row.words, language), answers[:MOST_ANSWERS], more)


def _asked(words: Mapping[str, Any] | None, language: str) -> str:
    if not words:
        return ""
    return str((words.get(language) or next(iter(words.values())))["text"])


def _answers(rows: Sequence[Row[Any]]) -> dict[tuple[int, int], list[Answer]]:
    """Return what was answered to each of these; in a talk with facilitators, all that follows."""
    if not rows:
        return {}
    said = (
        select(
            Post.thread_id, Post.number, Post.answers, Post.body, Post.language, Post.created_at,
            Person.name,
        )
        .outerjoin(Person, Person.id == Post.author_id)
        .outerjoin(Reflection, Reflection.post_id == Post.id)
        .where(
            Post.state == "visible", Reflection.id.is_(None),
            or_(*(_may_answer(row) for row in rows)),
        )
    )  # fmt: skip
    found: dict[tuple[int, int], list[Answer]] = {}
    places = sorted((row.thread_id, row.number) for row in rows)
    for one in session.execute(said.order_by(Post.id).limit(MOST_READ)):
        answer = Answer(*one)
        before = [place for place in places if place[0] == one.thread_id and place[1] < one.number]
        named = (one.thread_id, one.answers)
        place = named if named in places else before[-1]
        found.setdefault(place, []).append(answer)
    return found


def _may_answer(row: Row[Any]) -> ColumnElement[bool]:
    follows = Post.number > row.number if row.audience == "facilitators" else (
        Post.answers == row.number
    )  # fmt: skip
    return and_(Post.thread_id == row.thread_id, follows)
