"""Signing in with a password, and changing it."""

from datetime import timedelta

from academy.db import let_go, session, transaction
from academy.people.addresses import normal_address
from academy.people.models import Person
from academy.people.passwords import hash_password, is_password, needs_new_hash
from academy.people.queries import find_address
from academy.people.service.mailed_links import store_password
from academy.security import audit
from academy.security.throttle import Allowance, count_attempt, forget_attempts, is_spent, take

#: Guesses at one account; the owner still gets in by a mailed link.
GUESSES_AT_ACCOUNT = Allowance("sign_in:account", 10, timedelta(minutes=15))
#: Guesses from one network; many people may share it.
GUESSES_FROM_NETWORK = Allowance("sign_in:network", 100, timedelta(minutes=15))


class WrongPassword(ValueError):
    """Address and password do not fit, or there is no such account: which, is not said."""


class TooManyGuesses(ValueError):
    """So many wrong passwords came that only a mailed link helps for a while."""


class AddressUnverified(ValueError):
    """The password fits, but nobody has followed the link that we mailed to the address."""


def check_sign_in(address: str, password: str, network: str) -> Person:
    """Return the person whose verified address and password these are.

    Raises WrongPassword, TooManyGuesses, AddressUnverified, passwords.TooBusy. An unknown account
    is counted and takes as long as a known one.
    """
    account = normal_address(address)
    if is_spent(GUESSES_FROM_NETWORK, network) or not take(GUESSES_AT_ACCOUNT, account):
        raise TooManyGuesses
    known = find_address(address)
    person = known.person if known and known.person.disabled_at is None else None
    let_go()
    if not is_password(password, person.password_hash if person else None):
        _note_failure(network, person)
        raise WrongPassword
    if known is None or person is None or known.verified_at is None:
        raise AddressUnverified
    forget_attempts(GUESSES_AT_ACCOUNT, account)
    _renew_hash(person, password)
    return person


def _note_failure(network: str, person: Person | None) -> None:
    with transaction():
        count_attempt(GUESSES_FROM_NETWORK, network)
        audit.note("sign_in.failed", f"person:{person.id}" if person else "", way="password")


def _renew_hash(person: Person, password: str) -> None:
    """Hash anew when today's parameters are stronger: only now do we know the password."""
    if person.password_hash and needs_new_hash(person.password_hash):
        hashed = hash_password(password)
        with transaction():
            person.password_hash = hashed


def prove_password(person: Person, password: str) -> None:
    """Ask a person who is signed in for the password again; raises as check_sign_in does."""
    account = f"person:{person.id}"
    if not take(GUESSES_AT_ACCOUNT, account):
        raise TooManyGuesses
    let_go()
    if not is_password(password, person.password_hash):
        with transaction():
            audit.note("sign_in.failed", account, actor_id=person.id, way="again")
        raise WrongPassword
    forget_attempts(GUESSES_AT_ACCOUNT, account)


def change_password(person_id: int, password: str, *, sign_in_id: int) -> None:
    """Set a new password, end all sign-ins but this one, void mailed links, tell the person."""
    let_go()
    hashed = hash_password(password)
    with transaction():
        person = session.get_one(Person, person_id)
        store_password(person, hashed, keep_sign_in=sign_in_id)
