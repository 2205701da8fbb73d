"""Long lists in parts, for the API: rows behind an id, and whether there are more."""

from collections.abc import Sequence

from sqlalchemy.orm import contains_eager, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from academy.db import session
from academy.people.models import Person
from academy.programme.models import Place, Registration, Series
from academy.programme.policy import visible_registrations, visible_series


def page_of_series(person: Person, after: int, limit: int) -> tuple[Sequence[Series], bool]:
    """Return up to `limit` series with an id above `after`; one statement."""
    statement = visible_series(person).where(Series.id > after).order_by(Series.id)
    found = session.scalars(statement.limit(limit + 1)).all()
    return found[:limit], len(found) > limit


def page_of_registrations(
    person: Person, series_id: int, after: int, limit: int
) -> tuple[Sequence[Registration], bool]:
    """Return up to `limit` registrations with people, addresses and places; three statements.

    Those taken back are among them: their `cancelled_at` says when.
    """
    statement = (
        visible_registrations(person)
        .where(Registration.series_id == series_id, Registration.id > after)
        .order_by(Registration.id)
        .limit(limit + 1)
        .options(*_with_everything())
    )
    found = session.scalars(statement).all()
    return found[:limit], len(found) > limit


def find_registration(person: Person, series_id: int, registration_id: int) -> Registration | None:
    """Return one registration of the series with person, addresses and places."""
    statement = visible_registrations(person).where(
        Registration.series_id == series_id, Registration.id == registration_id
    )
    with_everything = statement.options(*_with_everything())
    return session.scalars(with_everything.execution_options(populate_existing=True)).one_or_none()


def _with_everything() -> tuple[ORMOption, ORMOption]:
    person = contains_eager(Registration.person).selectinload(Person.addresses)
    places = selectinload(Registration.places).joinedload(Place.live_session)
    return person, places
