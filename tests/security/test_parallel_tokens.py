"""SECURITY.md, statement 40: a mailed token is used once, however many use it at the same time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pyotp
from flask import Flask

from academy.db import session, transaction
from academy.people.models import Person
from academy.people.service import create_person
from academy.people.service.mailed_tokens import RESET, TokenSpent, issue_token, redeem_token
from academy.people.service.second_factor import (
    CODES_OF_PERSON,
    TooManyCodes,
    WrongCode,
    check_second_factor,
)
from academy.security.throttle import Allowance, take

AT_ONCE = 50


def _succeed(deed: Callable[[], object]) -> int:
    def alone(_turn: int) -> bool:
        try:
            return deed() is not False
        except (TokenSpent, WrongCode, TooManyCodes):
            return False
        finally:
            session.remove()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return sum(threads.map(alone, range(AT_ONCE)))


def test_of_fifty_uses_of_a_token_at_once_one_succeeds(own_database: Flask) -> None:
    person = create_person("Sutrisno", "sutrisno@example.org")
    _id, secret = issue_token(person, RESET, "sutrisno@example.org")
    assert _succeed(lambda: redeem_token(RESET, secret)) == 1


def test_of_fifty_uses_of_a_code_at_once_one_succeeds(own_database: Flask) -> None:
    person = create_person("Sutrisno", "sutrisno@example.org")
    with transaction() as current:
        secret = current.get_one(Person, person.id).totp_secret = pyotp.random_base32()
    code = pyotp.TOTP(secret).now()
    assert _succeed(lambda: check_second_factor(person.id, code)) == 1


def test_of_fifty_attempts_at_once_only_the_allowed_ones_pass(own_database: Flask) -> None:
    allowance = Allowance("test", 10, CODES_OF_PERSON.window)
    assert _succeed(lambda: take(allowance, "somebody")) == 10
