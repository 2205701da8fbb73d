"""Letters with a calendar entry, written anew as they leave: both tell the hour that holds then."""

from collections.abc import Mapping, Sequence

from academy.db import session
from academy.messaging import post_office
from academy.messaging.letters import Letter, Reader, write_letter
from academy.messaging.ports import Due
from academy.people.models import Person
from academy.programme.letters import registered_values, values_of
from academy.programme.models import Place, Registration

#: Nothing else makes these outdated when a live session moves meanwhile (gate.py).
KINDS = ("registered", "promoted")


def write_again(due: Sequence[Due]) -> Mapping[int, Letter]:
    """Return the letters as things stand now; whom there is nothing to tell, the gate held back."""
    return {one.id: _write(one) for one in due}


def _write(due: Due) -> Letter:
    person = session.get_one(Person, due.person_id)
    reader = Reader(person.greeting, person.language, person.zone)
    number = int(due.occasion.split(":")[1])
    return write_letter(due.kind, reader, post_office.current().base_url, _values(due, number))


def _values(due: Due, number: int) -> dict[str, object]:
    if due.kind == "promoted":
        return values_of(session.get_one(Place, number).live_session)
    return registered_values(session.get_one(Registration, number))[1]
