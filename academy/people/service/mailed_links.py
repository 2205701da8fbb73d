"""Asking for a link by mail and following it: to sign in, or to choose a new password."""

from datetime import timedelta
from urllib.parse import urlencode

from academy.db import let_go, now, session, transaction
from academy.people.addresses import normal_address
from academy.people.models import EmailAddress, Person
from academy.people.passwords import hash_password
from academy.people.ports import post
from academy.people.queries import find_held_address
from academy.people.service.mailed_tokens import (
    LIFETIMES,
    RESET,
    SIGN_IN,
    issue_token,
    redeem_token,
    void_tokens,
)
from academy.people.service.sign_ins import end_all_sign_ins
from academy.security import audit
from academy.security.throttle import Allowance, take

MINUTE = timedelta(minutes=1)
#: More mail than this to one address would be a nuisance made with our help.
LINKS_TO_ADDRESS = Allowance("mail_link:address", 5, timedelta(hours=1))
LINKS_FROM_NETWORK = Allowance("mail_link:network", 60, timedelta(hours=1))


class TooManyLinks(ValueError):
    """So many links were asked for from one network that we wait a little."""


def ask_for_sign_in_link(address: str, network: str, next_path: str = "/") -> None:
    """Mail a link that signs the owner of `address` in; do nothing where nobody owns it.

    `next_path` is the page to go on to. The caller says the same in both cases.
    Raises TooManyLinks for the network.
    """
    path = "/sign-in/link/" + with_next("{secret}", next_path)
    _mail_link(address, network, SIGN_IN, "sign_in_link", path)


def with_next(path: str, next_path: str) -> str:
    """Return `path` with the page to go on to, where that is not the front page."""
    return path if next_path == "/" else f"{path}?{urlencode({'next': next_path})}"


def ask_for_new_password(address: str, network: str) -> None:
    """Mail a link with which the owner of `address` chooses a new password.

    The caller says the same where nobody owns it. Raises TooManyLinks for the network.
    """
    _mail_link(address, network, RESET, "reset_password", "/reset-password/{secret}")


def _mail_link(address: str, network: str, purpose: str, kind: str, path: str) -> None:
    if not take(LINKS_FROM_NETWORK, network):
        raise TooManyLinks
    with transaction():
        within = take(LINKS_TO_ADDRESS, normal_address(address))
        known = find_held_address(address)
        if not within or known is None or known.person.disabled_at is not None:
            return
        token_id, secret = issue_token(known.person, purpose, known.normal)
        minutes = str(LIFETIMES[purpose] // MINUTE)
        # To the address as it is kept, never as it was typed: two that look alike may differ.
        post(known.person_id, known.address, kind, f"token:{token_id}",
             {"path": path.replace("{secret}", secret), "minutes": minutes})  # fmt: skip


def follow_sign_in_link(secret: str) -> Person:
    """Use the link up, take the address as verified and return the person to sign in.

    Raises TokenSpent.
    """
    with transaction():
        token = redeem_token(SIGN_IN, secret)
        return verify(token.person_id, token.address, keep_password=False)


def verify(person_id: int, normal: str, *, keep_password: bool) -> Person:
    """Take the address as the person's own and return the person.

    When it is the first one that she proves, whatever password was set before may be somebody
    else's, who signed up with her address: it goes, unless the same browser set it.
    """
    with transaction():
        person = session.get_one(Person, person_id)
        address = session.query(EmailAddress).filter_by(normal=normal, person_id=person_id).one()
        is_first = all(one.verified_at is None for one in person.addresses)
        if is_first and not keep_password:
            person.password_hash = person.password_changed_at = None
            end_all_sign_ins(person_id)
        if address.verified_at is None:
            address.verified_at = now()
            audit.note("address.verified", f"person:{person_id}", actor_id=person_id)
    return person


def choose_new_password(secret: str, password: str) -> Person:
    """Set the password by a mailed link, end all sign-ins and void every other link.

    Returns the person. Raises TokenSpent, passwords.TooBusy.
    """
    let_go()
    hashed = hash_password(password)
    with transaction():
        token = redeem_token(RESET, secret)
        person = verify(token.person_id, token.address, keep_password=False)
        store_password(person, hashed)
    return person


def store_password(person: Person, hashed: str, *, keep_sign_in: int | None = None) -> None:
    """Replace the hash, end the other sign-ins, void mailed links and tell the person."""
    with transaction():
        person.password_hash, person.password_changed_at = hashed, now()
        end_all_sign_ins(person.id, but=keep_sign_in)
        void_tokens(person.id)
        audit.note("password.changed", f"person:{person.id}", actor_id=person.id)
        primary = person.primary_address
        if primary is not None:
            occasion = f"password:{person.password_changed_at.isoformat()}"
            post(person.id, primary.address, "password_changed", occasion,
                 {"path": "/reset-password"})  # fmt: skip
