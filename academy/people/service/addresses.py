"""A person's addresses: adding one, making one the primary, giving one up."""

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from academy.db import now, session, transaction
from academy.people.addresses import normal_address
from academy.people.models import EmailAddress, Person
from academy.people.ports import post
from academy.people.queries import find_address
from academy.people.service.claims import drop_claims
from academy.people.service.mailed_tokens import void_tokens
from academy.people.service.sign_up import mail_verification
from academy.security import audit

MOST_ADDRESSES = 10


class TooManyAddresses(ValueError):
    """The person has as many addresses as one can have."""


class NotVerified(ValueError):
    """Only an address that reaches the person can be the primary one."""


class PrimaryAddress(ValueError):
    """The primary address stays until another one takes its place."""


def add_address(person_id: int, address: str) -> None:
    """Add an address and mail its owner a link; an address of somebody else changes nothing.

    The caller says the same in both cases. Raises TooManyAddresses.
    """
    with transaction() as current:
        person = current.get_one(Person, person_id, with_for_update=True)
        if len(person.addresses) >= MOST_ADDRESSES:
            raise TooManyAddresses
        known = find_address(address)
        if known is not None and known.is_claim and known.person_id != person_id:
            drop_claims([known.normal])
            known = None
        if known is None:
            _add(person, address)
        elif known.person_id == person_id and known.verified_at is None:
            mail_verification(person, known)
        elif known.person_id != person_id:
            occasion = f"taken:{person_id}:{normal_address(address)}"[:120]
            post(known.person_id, known.address, "known_address", occasion, {"path": "/sign-in"})


def _add(person: Person, address: str) -> None:
    added = EmailAddress(
        address=address.strip(), normal=normal_address(address), source="added", person_id=person.id
    )
    try:
        with session.begin_nested():
            person.addresses.append(added)
    except IntegrityError:
        # Somebody took it a moment ago: nothing is said and nothing changes.
        session.refresh(person, ["addresses"])
        return
    audit.note("address.added", f"person:{person.id}", actor_id=person.id)
    mail_verification(person, added)


def make_primary(person_id: int, address_id: int) -> None:
    """Write to this address from now on, tell the old and the new one, void mailed links.

    Raises NotVerified; sqlalchemy.exc.NoResultFound where it is not the person's.
    """
    with transaction() as current:
        person = current.get_one(Person, person_id)
        chosen, before = _own(person_id, address_id), person.primary_address
        if chosen.verified_at is None:
            raise NotVerified
        if before is not None and before.id == chosen.id:
            return
        current.execute(
            update(EmailAddress).where(EmailAddress.person_id == person_id).values(is_primary=False)
        )
        chosen.is_primary = True
        current.flush()
        void_tokens(person_id)
        audit.note("address.primary_changed", f"person:{person_id}", actor_id=person_id)
        _tell_both(person, chosen, before)


def _tell_both(person: Person, chosen: EmailAddress, before: EmailAddress | None) -> None:
    for told in {one.id: one for one in (chosen, before) if one is not None}.values():
        post(person.id, told.address, "address_changed", f"primary:{_stamp(chosen)}:{told.id}",
             {"path": "/reset-password", "new_address": chosen.address})  # fmt: skip


def _stamp(chosen: EmailAddress) -> str:
    return f"{chosen.id}:{now().isoformat()}"


def remove_address(person_id: int, address_id: int) -> None:
    """Give an address up; links mailed to it no longer work. Raises PrimaryAddress.

    sqlalchemy.exc.NoResultFound where it is not the person's.
    """
    with transaction() as current:
        address = _own(person_id, address_id)
        if address.is_primary:
            raise PrimaryAddress
        current.delete(address)
        void_tokens(person_id)
        audit.note("address.removed", f"person:{person_id}", actor_id=person_id)


def mail_verification_again(person_id: int, address_id: int) -> None:
    """Mail the link to an address that is still to be verified once more."""
    with transaction() as current:
        address = _own(person_id, address_id)
        if address.verified_at is None:
            mail_verification(current.get_one(Person, person_id), address)


def _own(person_id: int, address_id: int) -> EmailAddress:
    statement = select(EmailAddress).where(
        EmailAddress.id == address_id, EmailAddress.person_id == person_id
    )
    return session.scalars(statement).one()
