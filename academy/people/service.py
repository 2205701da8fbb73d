"""Use cases of persons: creating them, giving roles, signing in and out."""

from academy.db import now, session, transaction
from academy.people.models import EmailAddress, Person, RoleGrant, SignIn
from academy.security.tokens import hash_token, make_token


def create_person(
    name: str, address: str, *, country: str | None = None, organisation: str = "",
    language: str = "en", zone: str = "", source: str = "sign_up",
) -> Person:  # fmt: skip
    """Create a person with one primary address and return it."""
    with transaction() as current:
        person = Person(
            name=name, country=country, organisation=organisation, language=language, zone=zone
        )
        person.addresses.append(
            EmailAddress(address=address, normal=address.casefold(), is_primary=True, source=source)
        )
        current.add(person)
        current.flush()
    return person


def grant_role(
    person: Person, role: str, *, country: str = "", granted_by: int | None = None
) -> None:
    """Give `person` a role; a focal point's with its country."""
    with transaction():
        person.roles.append(RoleGrant(role=role, country=country, granted_by=granted_by))


def start_sign_in(person: Person, device: str = "") -> str:
    """Open a sign-in for one browser and return the secret for its cookie."""
    token = make_token()
    with transaction() as current:
        current.add(SignIn(person_id=person.id, token_hash=hash_token(token), device=device))
    return token


def end_sign_in(token: str) -> None:
    """Close the sign-in to which the cookie's secret belongs."""
    with transaction():
        session.query(SignIn).filter_by(token_hash=hash_token(token)).update({"ended_at": now()})
