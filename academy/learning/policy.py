"""Who may see courses: what is published is for everybody, and what somebody did is theirs."""

from sqlalchemy import Select, select

from academy.learning.models import Attempt, Course
from academy.people.models import Person


def visible_courses(_person: Person | None) -> Select[Course]:
    """Return the courses that somebody may know of: all that are not withdrawn."""
    return select(Course).where(Course.status == "published")


def own_attempts(person: Person) -> Select[Attempt]:
    """Return the attempts that `person` may see."""
    return select(Attempt).where(Attempt.person_id == person.id)
