"""The long list of those who came, in parts, for the API."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from academy.attendance.models import Attendance
from academy.attendance.policy import visible_people
from academy.db import session
from academy.people.models import Person


def page_of_attendance(
    person: Person, live_session_id: int, after: int, limit: int
) -> tuple[Sequence[Attendance], bool]:
    """Return up to `limit` of those who came, with an id above `after`; one statement.

    Those whom nobody has matched are shown to organisers only: they belong to no country.
    """
    statement = (
        select(Attendance)
        .outerjoin(Person, Person.id == Attendance.person_id)
        .where(
            Attendance.live_session_id == live_session_id,
            Attendance.id > after,
            visible_people(person),
        )
        .order_by(Attendance.id)
        .limit(limit + 1)
        .options(joinedload(Attendance.person), joinedload(Attendance.identity))
    )
    found = session.scalars(statement).all()
    return found[:limit], len(found) > limit
