"""Who sees the group of a course: organisers all, a focal point their countries, facilitators."""

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, exists, select, true

from academy.learning.groups.models import CourseLetter, Facilitator
from academy.learning.models import Course, Lesson
from academy.learning.stamps import STAMP
from academy.people.models import Person
from academy.people.policy import SEES_ALL, visible_to
from academy.programme.models import Series

#: Whose role opens the groups of every course, each as far as they see people.
GUIDES = (*SEES_ALL, "focal_point")


def facilitates(person: Person) -> ColumnElement[bool]:
    """Return the condition on Series that `person` was named for it."""
    return exists().where(
        Facilitator.series_id == Series.id, Facilitator.person_id == person.id,
        Facilitator.removed_at.is_(None),
    )  # fmt: skip


def named_lessons(person_id: int | BindParameter[int]) -> Select[int]:
    """Return the ids of the lessons of those courses for whose series somebody was named."""
    return (
        select(Lesson.id)
        .join(Course, Course.id == Lesson.course_id)
        .join(Series, Series.slug == Course.plan["series"].as_string())
        .join(Facilitator, Facilitator.series_id == Series.id)
        .where(Facilitator.person_id == person_id, Facilitator.removed_at.is_(None))
    )


def guided_courses(person: Person) -> Select[Any]:
    """Return the stamps of courses whose group `person` may see; last series, and if named."""
    named = facilitates(person).label("is_named")
    columns: tuple[Any, ...] = (*STAMP, Series, named)
    found = (
        select(*columns)
        .select_from(Course)
        .outerjoin(Series, Series.slug == Course.plan["series"].as_string())
        .where(Course.status == "published")
    )
    return found if person.has_role(*GUIDES) else found.where(named)


def visible_learners(person: Person, *, is_named: bool) -> ColumnElement[bool]:
    """Return the condition on Person for those of a group whom `person` may see by name."""
    return true() if is_named else visible_to(person)


def can_name_facilitators(person: Person) -> bool:
    """Whether `person` may name facilitators of series and take that back."""
    return person.has_role(*SEES_ALL)


def visible_letters(person: Person) -> Select[CourseLetter]:
    """Return the letters that `person` may see and stop: organisers all, others their own."""
    letters = select(CourseLetter)
    if person.has_role(*SEES_ALL):
        return letters
    return letters.where(CourseLetter.author_id == person.id)
