"""Who may see and change what of the programme."""

from sqlalchemy import ColumnElement, Select, false, or_, select, true

from academy.people.models import Person
from academy.programme.models import LiveSession, Registration, Series

#: Roles that run series; a focal point sees the people of its own countries only.
RUNNERS = ("organiser", "administrator")
PUBLIC = ("published", "cancelled")

# Built once: every public page begins with one of them.
_ALL_SERIES = select(Series)
_PUBLIC_SERIES = _ALL_SERIES.where(Series.status.in_(PUBLIC))
_ALL_LIVE_SESSIONS = select(LiveSession).join(LiveSession.series)
_PUBLIC_LIVE_SESSIONS = _ALL_LIVE_SESSIONS.where(
    Series.status.in_(PUBLIC), LiveSession.status.in_(PUBLIC)
)


def visible_series(person: Person | None) -> Select[Series]:
    """Return the series that `person` (None: somebody not signed in) may know of."""
    return _ALL_SERIES if can_run_series(person) else _PUBLIC_SERIES


def visible_live_sessions(person: Person | None) -> Select[LiveSession]:
    """Return the live sessions that `person` may know of, joined to their series."""
    return _ALL_LIVE_SESSIONS if can_run_series(person) else _PUBLIC_LIVE_SESSIONS


def counts_in_figures() -> ColumnElement[bool]:
    """Return the condition on a live session joined to its series for what figures count.

    Published live sessions count; in a series that is still a draft, its drafts do.
    """
    return (LiveSession.status == "published") | (
        (Series.status == "draft") & (LiveSession.status == "draft")
    )


def visible_registrations(person: Person) -> Select[Registration]:
    """Return the registrations that `person` may see, joined to their people."""
    return select(Registration).join(Registration.person).where(_within_reach(person))


def _within_reach(person: Person) -> ColumnElement[bool]:
    if can_run_series(person):
        return true()
    own = Registration.person_id == person.id
    countries = person.focal_countries
    return or_(own, Person.country.in_(countries) if countries else false())


def can_run_series(person: Person | None) -> bool:
    """Whether the person may create and change series."""
    return person is not None and person.has_role(*RUNNERS)


def can_see_registrants(person: Person | None) -> bool:
    """Whether the person may see registrants: all, or those of the countries of a focal point."""
    return person is not None and person.has_role(*RUNNERS, "focal_point")


def can_register(person: Person | None, series: Series) -> bool:
    """Whether the page offers this person to register."""
    return person is not None and series.takes_registrations
