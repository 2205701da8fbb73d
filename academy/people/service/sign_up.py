"""Signing up: a new person whose address is still to be verified, or a mail to the known one."""

import hmac
from dataclasses import dataclass, field
from datetime import timedelta

from academy.db import let_go, transaction
from academy.people.addresses import normal_address
from academy.people.models import EmailAddress, Person
from academy.people.passwords import hash_password
from academy.people.ports import post
from academy.people.queries import find_held_address
from academy.people.service.consents import give_consents
from academy.people.service.mailed_links import LINKS_TO_ADDRESS, TooManyLinks, verify, with_next
from academy.people.service.mailed_tokens import LIFETIMES, VERIFY, issue_token, redeem_token
from academy.people.service.persons import AddressTaken, create_person
from academy.security import audit
from academy.security.throttle import Allowance, take
from academy.security.tokens import hash_token, make_token

HOUR = timedelta(hours=1)
SIGN_UPS_FROM_NETWORK = Allowance("sign_up:network", 60, HOUR)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody says who signs up."""

    name: str
    address: str
    country: str
    organisation: str = ""
    language: str = "en"
    zone: str = ""
    password: str = ""
    #: The page to go on to after the address is verified.
    next_path: str = "/"
    #: Kinds of consent that were given.
    consents: tuple[str, ...] = field(default=("privacy",))


def sign_up(newcomer: Newcomer, network: str) -> str:
    """Create the person and mail a link to verify the address; tell the owner of a known one.

    Returns a mark for the browser's cookie, by which verify_address knows it again; where the
    address was known it is a mark of nothing that looks the same.
    Raises TooManyLinks for the network, passwords.TooBusy.
    """
    if not take(SIGN_UPS_FROM_NETWORK, network):
        raise TooManyLinks
    # Hashed in both cases, so that a known address takes as long as a new one.
    let_go()
    hashed = hash_password(newcomer.password) if newcomer.password else None
    known = find_held_address(newcomer.address)
    if known is not None:
        _tell_owner(known)
        return hash_token(make_token())
    return _create(newcomer, hashed)


def _create(newcomer: Newcomer, hashed: str | None) -> str:
    try:
        with transaction():
            person = create_person(
                newcomer.name, newcomer.address, country=newcomer.country,
                organisation=newcomer.organisation, language=newcomer.language, zone=newcomer.zone,
            )  # fmt: skip
            person.password_hash = hashed
            give_consents(person.id, newcomer.consents)
            audit.note("person.signed_up", f"person:{person.id}", actor_id=person.id)
            return mail_verification(person, person.addresses[0], newcomer.next_path)
    except AddressTaken:
        # Sent twice at the same moment: the first one counts.
        return hash_token(make_token())


def _tell_owner(known: EmailAddress) -> None:
    with transaction():
        if known.person.disabled_at is None and take(LINKS_TO_ADDRESS, known.normal):
            token_id, _secret = issue_token(known.person, VERIFY, known.normal)
            post(known.person_id, known.address, "known_address", f"token:{token_id}",
                 {"path": "/sign-in"})  # fmt: skip


def mail_verification(person: Person, address: EmailAddress, next_path: str = "/") -> str:
    """Mail a link by which the owner of `address` says that it is hers; return the browser's mark.

    A mark is kept in the cookie of the browser that knew the password (see is_same_browser).
    """
    with transaction():
        if not take(LINKS_TO_ADDRESS, normal_address(address.address)):
            return hash_token(make_token())
        token_id, secret = issue_token(person, VERIFY, address.normal)
        path = "/verify-address/" + with_next(secret, next_path)
        values = {"path": path, "hours": str(LIFETIMES[VERIFY] // HOUR)}
        post(person.id, address.address, "verify_address", f"token:{token_id}", values)
    return hash_token(secret)


def is_same_browser(secret: str, mark: str) -> bool:
    """Whether the link was mailed for the browser that holds `mark`."""
    return hmac.compare_digest(hash_token(secret), mark)


def verify_address(secret: str, *, keep_password: bool) -> Person:
    """Use the link up, take its address as verified and return the person.

    `keep_password` is for the browser in which the person signed up. Raises TokenSpent.
    """
    with transaction():
        token = redeem_token(VERIFY, secret)
        return verify(token.person_id, token.address, keep_password=keep_password)
