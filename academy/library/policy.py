"""Who may see and change cases: what is published is for everybody, a draft for its writers."""

from sqlalchemy import ColumnElement, Select, false, or_, select, true

from academy.library.models import CaseStudy, CaseWriter
from academy.people.models import Person

#: Roles that look after the library.
LIBRARIANS = ("moderator", "organiser", "administrator")


def visible_cases(person: Person | None) -> Select[CaseStudy]:
    """Return the cases that `person` (None: somebody not signed in) may know of.

    Drafts are their writers' alone until they submit them to those who look after the library.
    """
    published = CaseStudy.status == "published"
    if person is None:
        return select(CaseStudy).where(published)
    if can_curate(person):
        return select(CaseStudy).where(or_(CaseStudy.status != "draft", _is_writer(person)))
    return select(CaseStudy).where(or_(published, _is_writer(person)))


def writable_cases(person: Person) -> Select[CaseStudy]:
    """Return the cases whose working copy `person` may change: never those that are files."""
    members = select(CaseStudy).where(CaseStudy.origin == "member")
    if can_curate(person):
        return members.where(or_(CaseStudy.status != "draft", _is_writer(person)))
    return members.where(_is_writer(person))


def own_cases(person: Person) -> Select[CaseStudy]:
    """Return the cases that `person` writes, alone or with others."""
    return select(CaseStudy).where(CaseStudy.origin == "member", _is_writer(person))


def _is_writer(person: Person) -> ColumnElement[bool]:
    joined = select(CaseWriter.case_id).where(CaseWriter.person_id == person.id)
    return or_(CaseStudy.author_id == person.id, CaseStudy.id.in_(joined))


def can_curate(person: Person | None) -> bool:
    """Whether the person reviews, publishes and withdraws cases."""
    return person is not None and person.has_role(*LIBRARIANS)


def works_on(person: Person | None) -> ColumnElement[bool]:
    """Say of each case that `person` may know of whether they see what of it is unpublished."""
    if person is None:
        return false()
    return true() if can_curate(person) else _is_writer(person)


def can_lead(person: Person | None, case: CaseStudy) -> bool:
    """Whether the person invites co-writers and takes the case away: who began it."""
    return person is not None and case.author_id == person.id


def can_withdraw(person: Person | None, case: CaseStudy) -> bool:
    """Whether the person may take a published case from the shelf, and put it back."""
    return case.origin == "member" and (can_lead(person, case) or can_curate(person))
