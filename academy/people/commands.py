"""The command `academy people`: creating persons, giving and taking roles, closing accounts."""

import sys
from typing import Any

import click
import pyotp

from academy.commandline import fail, open_database, tell
from academy.db import session, transaction
from academy.i18n.zones import is_zone
from academy.lib.countries import recognise_country
from academy.people.addresses import is_address
from academy.people.models import ROLES, STAFF_ROLES, Person
from academy.people.passwords import UnusablePassword, check_password
from academy.people.queries import find_person_by_address, get_person, list_everybody
from academy.people.service import (
    create_person,
    disable_person,
    enable_person,
    grant_role,
    revoke_role,
)
from academy.people.service.erasing import erase_person
from academy.people.service.persons import AddressTaken
from academy.people.service.roles import LastAdministrator, RoleRefused
from academy.people.service.second_factor import set_up_by_command
from academy.people.telling import tell_everything
from academy.security import audit

JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
COUNTRY_OF_FOCAL_POINT = "A focal point needs --focal-country; no other role has one."


@click.group()
def people() -> None:
    """Create persons and give roles."""


@people.command()
@click.argument("email")
@click.option("--name", required=True, help="As the person writes it.")
@click.option("--country", default="", help="ISO code or name: MY, Malaysia.")
@click.option("--organisation", default="")
@click.option("--language", default="en", help="BCP 47.")
@click.option("--zone", default="", help="IANA, such as Asia/Kuala_Lumpur.")
@click.option("--role", type=click.Choice(ROLES), default="learner")
@click.option("--focal-country", default="", help="Whose people a focal point looks after.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--second-factor", is_flag=True, help="Set one up and print its secret, once.")
@JSON
def create(
    email: str, *, name: str, country: str, organisation: str, language: str, zone: str, role: str,
    focal_country: str, password_stdin: bool, second_factor: bool, as_json: bool,
) -> None:  # fmt: skip
    """Create a person; the address counts as verified, for you vouch for it."""
    _check_words(email, name, zone)
    if (role == "focal_point") != bool(focal_country):
        raise fail(COUNTRY_OF_FOCAL_POINT)
    password = _read_password(name, email) if password_stdin else None
    open_database()
    try:
        with transaction():  # a person whose role cannot be given is not created either
            person = create_person(
                " ".join(name.split()), email, country=_country(country), organisation=organisation,
                language=language, zone=zone, password=password, source="command",
                is_verified=True,
            )  # fmt: skip
            if role != "learner":
                _grant(person, role, focal_country)
            secret = set_up_by_command(person.id) if second_factor else ""
    except AddressTaken as error:
        raise fail(f"Somebody has the address {email} already.") from error
    words = f"Created {person.name} <{email}> as {role}." + _secret_words(secret, email)
    tell(
        {**_document(person), **({"totp_secret": secret} if secret else {})}, words, as_json=as_json
    )


def _check_words(email: str, name: str, zone: str) -> None:
    if not is_address(email):
        raise fail(f"{email!r} is no e-mail address.")
    if not name.strip():
        raise fail("A person has a name; --name is empty.")
    if zone and not is_zone(zone):
        raise fail(f"{zone!r} is no time zone of the IANA database, such as Asia/Kathmandu.")


def _read_password(name: str, email: str) -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    try:
        check_password(password, (name, email))
    except UnusablePassword as error:
        raise fail(f"The password is {error.reason}: use eight characters or more, "
                   "not a common one.") from error  # fmt: skip
    return password


def _country(text: str) -> str | None:
    code = recognise_country(text) if text else None
    if text and code is None:
        raise fail(f"{text!r} is no country that we know; write its ISO code, such as MY.")
    return code


def _grant(person: Person, role: str, focal_country: str) -> None:
    try:
        grant_role(person, role, country=_country(focal_country) or "")
    except RoleRefused as error:
        sentences = {
            "country": COUNTRY_OF_FOCAL_POINT,
            "twice": f"{person.name} is {role} already.",
        }
        raise fail(sentences.get(error.reason, f"There is no role {role!r} to give.")) from error


def _secret_words(secret: str, email: str) -> str:
    if not secret:
        return ""
    uri = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="SSE Academy")
    return f"\nSecond factor, shown once: {secret}\n{uri}"


@people.command()
@click.argument("email")
@click.argument("role", type=click.Choice(STAFF_ROLES))
@click.option("--focal-country", default="", help="Whose people a focal point looks after.")
@JSON
def grant(email: str, role: str, focal_country: str, *, as_json: bool) -> None:
    """Give a person a role."""
    open_database()
    person = _person(email)
    _grant(person, role, focal_country)
    tell(_document(person), f"{person.name} is {role} now.", as_json=as_json)


@people.command()
@click.argument("email")
@click.argument("role", type=click.Choice(STAFF_ROLES))
@click.option("--focal-country", default="", help="Which country of a focal point.")
@JSON
def revoke(email: str, role: str, focal_country: str, *, as_json: bool) -> None:
    """Take a role away from a person."""
    open_database()
    person, country = _person(email), _country(focal_country) or ""
    held = [one for one in person.roles if one.role == role and country in ("", one.country)]
    if not held:
        raise fail(f"{person.name} does not hold the role {role}.")
    for one in held:
        try:
            revoke_role(one.id, by=None)
        except LastAdministrator as error:
            raise fail("This is the last administrator; give the role to another first.") from error
    session.expire(person)
    tell(_document(person), f"{person.name} is no longer {role}.", as_json=as_json)


@people.command("list")
@click.option("--role", type=click.Choice(STAFF_ROLES), default=None, help="Only who holds it.")
@JSON
def list_(role: str | None, *, as_json: bool) -> None:
    """List the persons, by name."""
    open_database()
    found = [_document(person) for person in list_everybody(role)]
    lines = [f"{one['name']} <{one['email']}> {' '.join(one['roles'])}".strip() for one in found]
    tell({"people": found}, "\n".join(lines) or "There is nobody yet.", as_json=as_json)


@people.command()
@click.argument("email")
@click.option("--enable", is_flag=True, help="Open the account again.")
@JSON
def disable(email: str, *, enable: bool, as_json: bool) -> None:
    """Close an account and sign it out everywhere; nothing is deleted."""
    open_database()
    person = _person(email)
    if enable:
        enable_person(person.id, by=None)
    else:
        disable_person(person.id, by=None)
    words = f"The account of {person.name} is {'open' if enable else 'closed'}."
    tell(_document(person), words, as_json=as_json)


@people.command()
@click.argument("email")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@JSON
def erase(email: str, *, yes: bool, as_json: bool) -> None:
    """Erase a person for good; the figures stay true. EMAIL may be a person's number.

    For whoever asks by letter and has no account of their own: be sure of who is asking.
    """
    open_database()
    person = _person(email)
    if not yes:
        click.confirm(f"Erase {person.name} for good?", abort=True, err=True)
    number, name = person.id, person.name
    try:
        erase_person(number, by=None)
    except LastAdministrator as error:
        raise fail("This is the last administrator; give the role to another first.") from error
    tell({"id": number, "erased": True}, f"{name} is erased.", as_json=as_json)


@people.command("export")
@click.argument("email")
def export_(email: str) -> None:
    """Print everything that the academy holds of a person, as JSON for that person."""
    open_database()
    person = _person(email)
    document = tell_everything(person.id)
    with transaction():
        audit.note("person.exported", f"person:{person.id}")
    tell(document, "", as_json=True)


def _person(email: str) -> Person:
    person = get_person(int(email)) if email.isdecimal() else find_person_by_address(email)
    if person is None:
        raise fail(f"Nobody has the address {email}.")
    return person


def _document(person: Person) -> dict[str, Any]:
    primary = person.primary_address
    return {
        "id": person.id,
        "name": person.name,
        "email": primary.address if primary else None,
        "country": person.country,
        "organisation": person.organisation,
        "language": person.language,
        "zone": person.zone,
        "roles": [f"{one.role}:{one.country}" if one.country else one.role for one in person.roles],
        "disabled": person.disabled_at is not None,
    }
