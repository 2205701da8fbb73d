"""Who may see and change cases: what is published is for everybody."""

from sqlalchemy import Select, or_, select

from academy.library.models import CaseStudy
from academy.people.models import Person

#: Roles that look after the library.
LIBRARIANS = ("moderator", "organiser", "administrator")


def visible_cases(person: Person | None) -> Select[CaseStudy]:
    """Return the cases that `person` (None: somebody not signed in) may know of."""
    if person is None:
        return select(CaseStudy).where(CaseStudy.status == "published")
    if can_curate(person):
        return select(CaseStudy)
    own = CaseStudy.author_id == person.id
    return select(CaseStudy).where(or_(CaseStudy.status == "published", own))


def can_curate(person: Person | None) -> bool:
    """Whether the person reviews, publishes and withdraws cases."""
    return person is not None and person.has_role(*LIBRARIANS)


def can_write(person: Person | None, case: CaseStudy) -> bool:
    """Whether the person works on the case: sees its pictures before they are published."""
    return can_curate(person) or (person is not None and case.author_id == person.id)
