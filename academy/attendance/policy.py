"""Who may see and change attendance: organisers all, focal points the people of their countries."""

from sqlalchemy import ColumnElement, true

from academy.attendance.models import ListeningPoint
from academy.people.models import Person

#: Roles that import files and decide who somebody is.
KEEPERS = ("organiser", "administrator")


def can_import(person: Person) -> bool:
    """Whether the person may import attendance and take imports back."""
    return person.has_role(*KEEPERS)


def can_see_attendance(person: Person) -> bool:
    """Whether the person may see who came, at least those of some country."""
    return can_import(person) or bool(person.focal_countries)


def visible_people(person: Person) -> ColumnElement[bool]:
    """Return the condition on Person for those whom `person` may see by name.

    What nobody has matched yet belongs to no country: only organisers see it.
    """
    return true() if can_import(person) else Person.country.in_(person.focal_countries)


def visible_points(person: Person) -> ColumnElement[bool]:
    """Return the condition on ListeningPoint for those that `person` may see on the desk."""
    if can_import(person):
        return true()
    return ListeningPoint.country.in_(person.focal_countries)
