"""Creating persons, changing what they say of themselves, closing their accounts and reopening."""

from typing import TypedDict, Unpack

from sqlalchemy.exc import IntegrityError

from academy.db import now, transaction
from academy.people.addresses import normal_address
from academy.people.models import EmailAddress, Person
from academy.people.passwords import hash_password
from academy.people.ports import tell_new_hours
from academy.people.service.claims import drop_claims
from academy.people.service.sign_ins import end_all_sign_ins
from academy.security import audit


class AddressTaken(ValueError):
    """Another person, or this one, has the address already."""


class Profile(TypedDict, total=False):
    """What a person says of herself; keys that are missing stay as they are."""

    name: str
    called: str
    latin_name: str
    country: str | None
    organisation: str
    language: str
    zone: str


def create_person(
    name: str, address: str, *, country: str | None = None, organisation: str = "",
    language: str = "en", zone: str = "", source: str = "sign_up", password: str | None = None,
    is_verified: bool = False,
) -> Person:  # fmt: skip
    """Create a person with one primary address and return it.

    Raises AddressTaken; passwords.TooBusy where one is given. The password is not checked here:
    forms and commands do that, where they can say what is wrong with it.
    """
    hashed = hash_password(password) if password else None
    person = Person(
        name=name, country=country, organisation=organisation, language=language, zone=zone,
        password_hash=hashed, password_changed_at=now() if hashed else None, roles=[],
    )  # fmt: skip
    first = EmailAddress(
        address=address.strip(), normal=normal_address(address), is_primary=True, source=source
    )
    first.verified_at = now() if is_verified else None
    person.addresses.append(first)
    with transaction() as current:
        try:
            with current.begin_nested():
                drop_claims([first.normal])
                current.add(person)
        except IntegrityError as error:
            raise AddressTaken from error
    return person


def record_person(name: str, *, country: str | None, actor_id: int | None) -> Person:
    """Create a person who was met but gave no address: nobody can sign in as them.

    An organiser vouches for who they are; the log says which one.
    """
    person = Person(name=name, country=country, roles=[], addresses=[])
    with transaction() as current:
        current.add(person)
        current.flush()
        audit.note("person.recorded", f"person:{person.id}", actor_id=actor_id)
    return person


def change_profile(person: Person, **changes: Unpack[Profile]) -> None:
    """Write what the person says of herself: name, country, language, zone and so on."""
    with transaction() as current:
        kept = current.merge(person, load=True)
        zone = kept.zone
        for key, value in changes.items():
            setattr(kept, key, value)
        if kept.zone != zone:
            current.flush()
            tell_new_hours([kept.id])


def disable_person(person_id: int, by: int | None) -> None:
    """Close an account: nobody can sign in to it, and whoever is signed in is no longer."""
    with transaction() as current:
        person = current.get_one(Person, person_id)
        person.disabled_at = person.disabled_at or now()
        end_all_sign_ins(person_id)
        audit.note("person.disabled", f"person:{person_id}", actor_id=by)


def enable_person(person_id: int, by: int | None) -> None:
    """Open a closed account again."""
    with transaction() as current:
        current.get_one(Person, person_id).disabled_at = None
        audit.note("person.enabled", f"person:{person_id}", actor_id=by)
