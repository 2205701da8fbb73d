"""Persons whom somebody else brings: many at once, without a password and with nothing verified."""

from collections.abc import Sequence
from dataclasses import dataclass

from academy.db import transaction
from academy.people.models import EmailAddress, Person


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What an import knows of a person who is not here yet."""

    name: str
    #: As written, and as compared; both empty for somebody who shares the address of another.
    address: str
    normal: str
    country: str | None
    organisation: str
    language: str
    zone: str


def add_newcomers(newcomers: Sequence[Newcomer]) -> list[Person]:
    """Create the persons in a few statements and return them in the same order.

    Nobody here has any of the addresses; an IntegrityError says that somebody just took one.
    """
    persons = [_person(each) for each in newcomers]
    with transaction() as current:
        current.add_all(persons)
        current.flush()
    return persons


def _person(newcomer: Newcomer) -> Person:
    person = Person(
        name=newcomer.name, country=newcomer.country, organisation=newcomer.organisation,
        language=newcomer.language or "en", zone=newcomer.zone, roles=[],
    )  # fmt: skip
    if newcomer.normal:
        person.addresses.append(
            EmailAddress(
                address=newcomer.address, normal=newcomer.normal, is_primary=True, source="import"
            )
        )
    return person
