"""Series and people that the tests of the programme begin with."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

from sqlalchemy import select

from academy.db import now, session, transaction
from academy.people.models import Person
from academy.people.service import create_person
from academy.programme.models import LiveSession, Place, Registration, Series
from academy.programme.service import create_series

_numbers = count(1)


def a_series(
    slug: str = "", *, weeks: int = 1, capacity: int | None = None, published: bool = True,
    in_days: int = 7, title: str = "Weaving together",
) -> Series:  # fmt: skip
    """Return a series whose first live session is in `in_days` days at 14:00 in Kuala Lumpur."""
    day = (datetime.now(UTC) + timedelta(days=in_days)).replace(tzinfo=None)
    return create_series(
        slug or f"weaving-{next(_numbers)}", title, zone="Asia/Kuala_Lumpur",
        first_start=day.replace(hour=14, minute=0, second=0, microsecond=0), minutes=150,
        weeks=weeks, capacity=capacity, published=published,
    )  # fmt: skip


def somebody(name: str = "", country: str | None = "MY") -> Person:
    """Return a person of whom nothing else matters."""
    number = next(_numbers)
    with transaction():
        person = create_person(
            name or f"Person {number}", f"person{number}@example.org", country=country
        )
        person.addresses[0].verified_at = now()
    return person


def people(number: int) -> list[int]:
    """Make `number` people at once and return their ids."""
    with transaction():
        return [somebody().id for _each in range(number)]


def states(live_session: LiveSession) -> dict[str, str]:
    """Return name → state of everybody with a place, in the order of the queue."""
    statement = (
        select(Person.name, Place.state)
        .join(Registration, Registration.person_id == Person.id)
        .join(Place)
        .where(Place.live_session_id == live_session.id)
        .order_by(Place.queue_number, Place.id)
    )
    return dict(session.execute(statement).all())


def check_counts(live_session: LiveSession) -> None:
    """Assert what must hold at every moment: counted right, none oversold, none free in vain."""
    live_session = session.get_one(LiveSession, live_session.id, populate_existing=True)
    found = list(states(live_session).values())
    assert live_session.places_taken == found.count("going")
    if live_session.capacity is not None:
        assert live_session.places_taken <= live_session.capacity
        if "waiting" in found:
            assert live_session.places_taken == live_session.capacity


SeriesMaker = Callable[..., Series]
