"""Reads of groups: the page of any of them in four statements once its course is kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, select, union_all
from sqlalchemy.orm import contains_eager

from academy.db import session
from academy.learning.books import Book, books_of
from academy.learning.groups.models import Facilitator
from academy.learning.groups.needs import REASONS, Choice, Learner, Totals
from academy.learning.groups.policy import GUIDES, guided_courses
from academy.learning.groups.statements import COUNTED, Group, chosen, counts, failed
from academy.learning.models import Attempt, Course
from academy.learning.stamps import STAMP, Stamp
from academy.people.models import Person
from academy.programme.models import Series

PAGE = 50
#: A file is written so many people at a time.
PART = 500
#: So many courses stand on a page of the list.
COURSES = 20


@dataclass(slots=True)
class Part:
    """Some of a group, in order."""

    people: Sequence[Learner]
    #: How many fit the choice, on all pages.
    total: int = 0
    #: By (person, lesson): how often the quiz was failed by who is stuck there.
    failed: Mapping[tuple[int, int], int] = field(default_factory=dict)


def find_group(slug: str, viewer: Person) -> Group | None:
    """Return the group of a course, if `viewer` may see it; one statement once it is kept."""
    row = session.execute(guided_courses(viewer).where(Course.slug == slug)).one_or_none()
    if row is None:
        return None
    return _groups([row], viewer)[0]


def _groups(rows: Sequence[Row[Any]], viewer: Person) -> list[Group]:
    books = books_of([Stamp(*row[: len(STAMP)]) for row in rows])
    found = []
    for book, row in zip(books, rows, strict=True):
        series, is_named = row[len(STAMP) :]
        found.append(Group(book, series, is_named, viewer))
    return found


def list_groups(viewer: Person, page: int = 1) -> tuple[list[Group], bool]:
    """Return a page of the groups that `viewer` may see, and whether more follow.

    One statement once the courses are kept.
    """
    wanted = guided_courses(viewer).order_by(Course.slug).offset((page - 1) * COURSES)
    rows = session.execute(wanted.limit(COURSES + 1)).all()
    return _groups(rows[:COURSES], viewer), len(rows) > COURSES


def count_groups(groups: Sequence[Group]) -> dict[str, Totals]:
    """Return how many of each group there are, by slug of the course; one statement."""
    found = {group.course.slug: Totals(by_show=dict.fromkeys(COUNTED, 0)) for group in groups}
    if not groups:
        return found
    for row in session.execute(union_all(*(counts(group) for group in groups))).mappings():
        totals = found[row["course"]]
        totals.people += row["people"]
        totals.countries |= {row["country"]}
        totals.by_show = {name: totals.of(name) + row[name] for name in COUNTED}
    return found


def read_part(group: Group, choice: Choice) -> Part:
    """Return the page of the group that `choice` names; one statement, two where one is stuck."""
    page = chosen(group, choice).limit(PAGE).offset((choice.page - 1) * PAGE)
    rows = session.execute(page).all()
    people = [_learner(row) for row in rows]
    return Part(people, rows[0].total if rows else 0, find_failed(group, people))


def find_learner(group: Group, person_id: int) -> Part | None:
    """Return one of the group, None where the reader sees no such person; two statements."""
    row = session.execute(chosen(group, Choice()).where(Person.id == person_id)).one_or_none()
    if row is None:
        return None
    people = [_learner(row)]
    return Part(people, 1, find_failed(group, people))


def find_failed(group: Group, people: Sequence[Learner]) -> dict[tuple[int, int], int]:
    """Return at which quizzes these people are stuck; no statement where nobody is."""
    ids = [one.id for one in people if one.stuck]
    if not ids:
        return {}
    found = failed(group).where(Attempt.person_id.in_(ids))
    return {(person, lesson): times for person, lesson, times in session.execute(found)}


def stream_learners(group: Group, choice: Choice) -> Iterator[Learner]:
    """Yield everybody whom `choice` names, in its order, for a file; one statement."""
    rows = session.execute(chosen(group, choice), execution_options={"yield_per": PART})
    return (_learner(row) for row in rows)


def _learner(row: Row[Any]) -> Learner:
    flags = row[-len(REASONS) :]
    reasons = tuple(reason for reason, holds in zip(REASONS, flags, strict=True) if holds)
    facts: list[Any] = [*row[1 : -len(REASONS)], reasons]
    return Learner(*facts)


def may_guide(person: Person, course: Book) -> bool:
    """Whether `person` may see the group of a course; one statement for who has no role."""
    if person.has_role(*GUIDES):
        return True
    if not course.plan.series:
        return False
    return session.execute(guided_courses(person).where(Course.id == course.id)).first() is not None


def list_facilitators(series_id: int) -> Sequence[Facilitator]:
    """Return who facilitates a series, by name; one statement."""
    named = (
        select(Facilitator)
        .join(Facilitator.person)
        .options(contains_eager(Facilitator.person))
        .where(Facilitator.series_id == series_id, Facilitator.removed_at.is_(None))
        .order_by(Person.name, Facilitator.id)
    )
    return session.scalars(named).all()


def find_facilitator(series_id: int, facilitator_id: int) -> Facilitator | None:
    """Return one row, of who is one or was; one statement."""
    one = (
        select(Facilitator)
        .join(Facilitator.person)
        .options(contains_eager(Facilitator.person))
        .where(Facilitator.series_id == series_id, Facilitator.id == facilitator_id)
    )
    return session.scalars(one).one_or_none()


def find_series(slug: str) -> Series | None:
    """Return a series, whatever its state; one statement."""
    return session.scalars(select(Series).where(Series.slug == slug)).one_or_none()
