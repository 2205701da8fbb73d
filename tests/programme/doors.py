"""The door of a live session for tests: whose link it is, and the moment at which it is opened."""

from datetime import UTC, datetime, timedelta

from academy.db import session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession, Registration, Series
from academy.programme.personal_links import link_path
from academy.programme.service import create_series, register

ROOM = "https://rooms.example.net/j/8523?pwd=open-sesame"
#: 14:00 in Kuala Lumpur.
START = datetime(2031, 5, 3, 6, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def a_day_of_weaving(
    person: Person, *, weeks: int = 2, room: str = ROOM, capacity: int | None = None
) -> tuple[Series, Registration]:
    """Return a series of Saturdays at 14:00 in Kuala Lumpur, for which `person` is registered."""
    series = create_series(
        "weaving", "Weaving together", zone="Asia/Kuala_Lumpur", minutes=150, weeks=weeks,
        capacity=capacity, first_start=datetime(2031, 5, 3, 14),  # noqa: DTZ001  a clock's hour
    )  # fmt: skip
    registration = register(person, series, source="api")
    change(series.live_sessions[0], room_url=room)
    return series, registration


def change(thing: LiveSession | Series, **values: object) -> None:
    """Set columns of a live session or a series."""
    with transaction() as current:
        found = current.get_one(type(thing), thing.id)
        for name, value in values.items():
            setattr(found, name, value)


def path_of(registration: Registration) -> str:
    """Return the path of the personal link as it is now."""
    return link_path(session.get_one(Registration, registration.id, populate_existing=True))
