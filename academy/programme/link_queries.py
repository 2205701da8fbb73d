"""Reads behind the personal link: whose it is, and the live sessions that it leads to."""

from collections.abc import Sequence

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import contains_eager, defer, joinedload

from academy.db import session
from academy.people.models import Person
from academy.programme.models import LiveSession, Place, Registration, Series
from academy.programme.policy import PUBLIC
from academy.programme.queries import Seat, position

_HOLDER = (
    select(Registration)
    .join(Registration.person)
    .where(
        Registration.id == bindparam("registration"),
        Person.disabled_at.is_(None),
        Person.erased_at.is_(None),
    )
    .options(
        contains_eager(Registration.person),
        joinedload(Registration.series),
        defer(Registration.answers),
        defer(Registration.consents),
    )
    .execution_options(populate_existing=True)
)
#: Of live sessions that were over when the person registered, and of all after she left.
_NO_SEAT = "none"
_SEATS = (
    select(LiveSession, Place.state, position())
    .outerjoin(
        Place,
        and_(
            Place.live_session_id == LiveSession.id,
            Place.registration_id == bindparam("registration"),
        ),
    )
    .where(LiveSession.series_id == bindparam("series"), LiveSession.status.in_(PUBLIC))
    .order_by(LiveSession.starts_at, LiveSession.id)
    .execution_options(populate_existing=True)
)


def find_holder(registration_id: int) -> Registration | None:
    """Return the registration with series and person, standing or not; one statement.

    None where there is none, or its person may not use the academy any more.
    """
    return session.scalars(_HOLDER, {"registration": registration_id}).one_or_none()


def list_seats(registration: Registration) -> Sequence[tuple[LiveSession, Seat]]:
    """Return the live sessions of the series that everybody may know of, the earliest first.

    With each goes the place of this registration, of state "none" where it has none; one statement.
    """
    which = {"registration": registration.id, "series": registration.series_id}
    return [
        (live_session, Seat(state or _NO_SEAT, number))
        for live_session, state, number in session.execute(_SEATS, which)
    ]


_OWN_SEATS = (
    select(Registration, LiveSession, Place.state, position())
    .join(Registration.series)
    .join(LiveSession, LiveSession.series_id == Registration.series_id)
    .outerjoin(
        Place,
        and_(Place.live_session_id == LiveSession.id, Place.registration_id == Registration.id),
    )
    .where(
        Registration.person_id == bindparam("person"),
        Registration.cancelled_at.is_(None),
        Series.status.in_(PUBLIC),
        LiveSession.status.in_(PUBLIC),
    )
    .options(
        contains_eager(Registration.series),
        defer(Registration.answers),
        defer(Registration.consents),
    )
    .order_by(LiveSession.starts_at, LiveSession.id)
)


def find_subscriber(person_id: int) -> Person | None:
    """Return the person if they may use the academy; one statement."""
    return session.scalars(
        select(Person).where(
            Person.id == person_id, Person.disabled_at.is_(None), Person.erased_at.is_(None)
        )
    ).one_or_none()


def list_own_seats(person_id: int) -> Sequence[tuple[Registration, LiveSession, Seat]]:
    """Return a person's places in all series for which they stand registered; one statement."""
    return [
        (registration, live_session, Seat(state or _NO_SEAT, number))
        for registration, live_session, state, number in session.execute(
            _OWN_SEATS, {"person": person_id}
        )
    ]
