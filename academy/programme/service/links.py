"""Personal links at work: going in by one, and making a new one where the old is in wrong hands."""

from datetime import timedelta

from academy.db import now, session, transaction
from academy.people.models import Person
from academy.programme import letters
from academy.programme.door import Door, corridor_of
from academy.programme.errors import DoorClosedError, NotRegisteredError
from academy.programme.link_queries import list_seats
from academy.programme.models import Registration
from academy.programme.ports import tell_door_opened
from academy.programme.rules import is_web_address
from academy.programme.service.locks import lock_series
from academy.security import audit
from academy.security.throttle import Allowance, take

#: Who presses more often is let in all the same, but it is no news any more.
NOTED = Allowance("door:opened", 12, timedelta(minutes=10))


def go_in(registration: Registration, slug: str) -> str:
    """Note that the person opened the door of live session `slug`; return the room's address.

    Raises DoorClosedError where it is not open to her at this moment, or leads nowhere yet.
    """
    with transaction():
        door = _find_open_door(registration, slug)
        if take(NOTED, f"{registration.id}:{door.live_session.id}"):
            tell_door_opened(door.live_session, registration.person_id, registration.link_version)
    return door.live_session.room_url


def _find_open_door(registration: Registration, slug: str) -> Door:
    if registration.cancelled_at is not None or registration.series.status != "published":
        raise DoorClosedError
    corridor = corridor_of(list_seats(registration), registration.series.door_minutes, now())
    found = (one for one in corridor.doors if one.live_session.slug == slug)
    door = next(found, None)
    if door is None or door.state != "open" or not is_web_address(door.live_session.room_url):
        raise DoorClosedError
    return door


def renew_link(registration: Registration, *, renewed_by: int | None = None) -> None:
    """Make every link and calendar of the registration worthless but a new one, and mail that.

    Raises NotRegisteredError where the registration does not stand.
    """
    with transaction():
        lock_series(registration.series_id)
        session.refresh(registration)
        if registration.cancelled_at is not None:
            raise NotRegisteredError
        registration.link_version += 1
        registration.sequence += 1  # the link is the place of each entry in a calendar
        letters.write_link_renewed(registration)
        audit.note("link.renew", f"registration:{registration.id}", actor_id=renewed_by)


def renew_calendar(person: Person) -> None:
    """Make every address of the person's own calendar worthless but a new one."""
    with transaction() as current:
        found = current.get_one(Person, person.id)
        found.calendar_version += 1
        audit.note("calendar.renew", f"person:{person.id}", actor_id=person.id)
