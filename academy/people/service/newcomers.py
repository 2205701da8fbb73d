"""Persons whom somebody else brings: many at once, without a password and with nothing verified."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert

from academy.db import transaction
from academy.people.models import EmailAddress, Person
from academy.people.service.claims import drop_claims

_CHUNK = 1_000


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


def add_newcomers(newcomers: Sequence[Newcomer]) -> list[int]:
    """Create the persons in a few statements and return their ids in the same order.

    Nobody here has any of the addresses; an IntegrityError says that somebody just took one.
    Objects of 50,000 persons would cost ten times the time and the memory of rows.
    """
    ids: list[int] = []
    with transaction() as current:
        for start in range(0, len(newcomers), _CHUNK):
            chunk = newcomers[start : start + _CHUNK]
            drop_claims([each.normal for each in chunk if each.normal])
            statement = insert(Person).returning(Person.id, sort_by_parameter_order=True)
            made = current.scalars(statement, [_person(each) for each in chunk]).all()
            addresses = [
                _address(each, person_id)
                for each, person_id in zip(chunk, made, strict=True)
                if each.normal
            ]
            if addresses:
                current.execute(insert(EmailAddress), addresses)
            ids += made
    return ids


def _person(newcomer: Newcomer) -> dict[str, Any]:
    return {
        "name": newcomer.name,
        "country": newcomer.country,
        "organisation": newcomer.organisation,
        "language": newcomer.language or "en",
        "zone": newcomer.zone,
    }


def _address(newcomer: Newcomer, person_id: int) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "address": newcomer.address,
        "normal": newcomer.normal,
        "is_primary": True,
        "source": "import",
    }
