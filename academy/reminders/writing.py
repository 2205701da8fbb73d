"""The words of reminders, written as they leave: with the time and the link that hold then."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from academy.db import session
from academy.i18n.zones import is_zone
from academy.messaging import post_office
from academy.messaging.letters import Letter, Reader, write_letter
from academy.messaging.ports import Due
from academy.people.models import Person
from academy.programme.models import LiveSession, Registration
from academy.programme.personal_links import link_path
from academy.reminders.occasions import read_occasion


def write_reminders(due: Sequence[Due]) -> Mapping[int, Letter]:
    """Return the letter of each reminder; three statements for them all."""
    numbers = {one.id: read_occasion(one.occasion)[0] for one in due}
    live_sessions = _live_sessions(set(numbers.values()))
    people = _people({one.person_id for one in due})
    registrations = _registrations(live_sessions, set(people))
    letters: dict[int, Letter] = {}
    for one in due:
        live_session, person = live_sessions[numbers[one.id]], people[one.person_id]
        registration = registrations[live_session.series_id, person.id]
        letters[one.id] = _write(one.kind, person, live_session, registration)
    return letters


def _write(
    kind: str, person: Person, live_session: LiveSession, registration: Registration
) -> Letter:
    zone = person.zone if is_zone(person.zone) else live_session.zone
    values = {
        "series": live_session.series.title,
        "live_session": live_session.title,
        "starts_at": live_session.starts_at,
        "zone": live_session.zone,
        "minutes": live_session.minutes,
        "door_minutes": live_session.series.door_minutes,
        "path": link_path(registration),
        "series_path": f"/series/{live_session.series.slug}/",
    }
    reader = Reader(person.greeting, person.language, zone, person.id)
    return write_letter(kind, reader, post_office.current().base_url, values)


def _live_sessions(numbers: set[int]) -> dict[int, LiveSession]:
    statement = select(LiveSession).options(joinedload(LiveSession.series))
    found = session.scalars(statement.where(LiveSession.id.in_(numbers)))
    return {one.id: one for one in found}


def _people(numbers: set[int]) -> dict[int, Person]:
    return {one.id: one for one in session.scalars(select(Person).where(Person.id.in_(numbers)))}


def _registrations(
    live_sessions: Mapping[int, LiveSession], people: set[int]
) -> dict[tuple[int, int], Registration]:
    statement = select(Registration).where(
        Registration.series_id.in_({one.series_id for one in live_sessions.values()}),
        Registration.person_id.in_(people),
    )
    return {(one.series_id, one.person_id): one for one in session.scalars(statement)}
