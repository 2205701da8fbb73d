"""Who may see courses: what is published is for everybody, and what somebody did is theirs."""

from sqlalchemy import BindParameter, ColumnElement, Select, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from academy.learning.models import Attempt, Course, Study
from academy.people.models import Person


def visible_courses(_person: Person | None) -> Select[Course]:
    """Return the courses that somebody may know of: all that are not withdrawn."""
    return select(Course).where(Course.status == "published")


def own_attempts(person: Person) -> Select[Attempt]:
    """Return the attempts that `person` may see."""
    return select(Attempt).where(Attempt.person_id == person.id)


#: Whose role lets them read and answer the reflections of every course.
GUIDES = ("organiser", "administrator")


def facilitates(person: Person | None) -> bool:
    """Whether the person facilitates every course by their role: sees and answers reflections.

    Who was named for a series does so for its courses (groups/policy.py).
    """
    return person is not None and person.has_role(*GUIDES, "focal_point")


def has_reflected(
    person_id: int | BindParameter[int], lesson_id: InstrumentedAttribute[int | None]
) -> ColumnElement[bool]:
    """Return the condition that somebody handed in a reflection of a lesson of their own."""
    return exists().where(
        Study.person_id == person_id, Study.lesson_id == lesson_id, Study.reflected_at.is_not(None)
    )
