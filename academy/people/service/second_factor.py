"""The second factor: codes of an authenticator (RFC 6238) and recovery codes on paper."""

import base64
import hmac
import secrets
from datetime import datetime, timedelta

import pyotp
from sqlalchemy import delete, or_, update

from academy.db import now, session, transaction
from academy.people.models import Person, RecoveryCode
from academy.people.service.sign_ins import end_all_sign_ins
from academy.security import audit
from academy.security.throttle import Allowance, take
from academy.security.tokens import hash_token

STEP_SECONDS = 30
#: A phone's clock may be one step early or late (RFC 6238 section 5.2).
DRIFT_STEPS = 1
RECOVERY_CODES = 10
CODES_OF_PERSON = Allowance("second_factor", 10, timedelta(minutes=15))


class WrongCode(ValueError):
    """The code does not fit, or was used before."""


class TooManyCodes(ValueError):
    """So many wrong codes came that no more are accepted for a while."""


def begin_second_factor(person_id: int) -> None:
    """Make a new secret for the person; it counts only once a code confirmed it."""
    with transaction() as current:
        person = current.get_one(Person, person_id)
        if not person.has_second_factor:
            person.totp_secret = pyotp.random_base32()


def set_up_by_command(person_id: int) -> str:
    """Put a second factor in force without a first code and return its secret.

    For staff whose account an operator makes on the command line, who hands the secret over.
    """
    with transaction() as current:
        person = current.get_one(Person, person_id)
        person.totp_secret, person.totp_confirmed_at = pyotp.random_base32(), now()
        audit.note("second_factor.set_up", f"person:{person_id}", way="command")
        return person.totp_secret


def confirm_second_factor(person_id: int, code: str, *, sign_in_id: int) -> list[str]:
    """Put the second factor in force by its first code, and return ten recovery codes.

    All other sign-ins end. Raises WrongCode, TooManyCodes.
    """
    _count(person_id)
    with transaction() as current:
        person = current.get_one(Person, person_id)
        _accept_code(person, code)
        person.totp_confirmed_at = now()
        end_all_sign_ins(person_id, but=sign_in_id)
        audit.note("second_factor.set_up", f"person:{person_id}", actor_id=person_id)
        return _make_recovery_codes(person_id)


def check_second_factor(person_id: int, code: str) -> None:
    """Accept a code of the authenticator, or a recovery code, once.

    Raises WrongCode, TooManyCodes.
    """
    _count(person_id)
    try:
        with transaction() as current:
            person = current.get_one(Person, person_id)
            if len(_plain(code)) == pyotp.TOTP("A" * 32).digits:
                _accept_code(person, code)
            else:
                _accept_recovery_code(person_id, code)
    except WrongCode:
        with transaction():
            audit.note("sign_in.failed", f"person:{person_id}", way="second factor")
        raise


def _count(person_id: int) -> None:
    if not take(CODES_OF_PERSON, str(person_id)):
        raise TooManyCodes


def _accept_code(person: Person, code: str) -> None:
    """Accept the code of a step that is later than the last accepted one (RFC 6238 5.2)."""
    step = _matching_step(person.totp_secret, _plain(code), now())
    if step is None:
        raise WrongCode
    later = or_(Person.totp_last_step.is_(None), Person.totp_last_step < step)
    accepted = session.execute(
        update(Person)
        .where(Person.id == person.id, later)
        .values(totp_last_step=step)
        .returning(Person.id)
    ).first()
    if accepted is None:
        raise WrongCode


def _matching_step(secret: str | None, code: str, at: datetime) -> int | None:
    if not secret or not code.isascii():
        return None
    current, totp = int(at.timestamp()) // STEP_SECONDS, pyotp.TOTP(secret)
    steps = range(current - DRIFT_STEPS, current + DRIFT_STEPS + 1)
    matching = [step for step in steps if hmac.compare_digest(totp.generate_otp(step), code)]
    return max(matching, default=None)


def _accept_recovery_code(person_id: int, code: str) -> None:
    used = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.person_id == person_id,
            RecoveryCode.code_hash == hash_token(_plain(code)),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now())
        .returning(RecoveryCode.id)
    ).first()
    if used is None:
        raise WrongCode
    audit.note("recovery_code.used", f"person:{person_id}", actor_id=person_id)


def _plain(code: str) -> str:
    return "".join(letter for letter in code.lower() if letter.isalnum())


def renew_recovery_codes(person_id: int) -> list[str]:
    """Replace the recovery codes by ten new ones and return them; they are shown once."""
    with transaction():
        audit.note("recovery_codes.renewed", f"person:{person_id}", actor_id=person_id)
        return _make_recovery_codes(person_id)


def _make_recovery_codes(person_id: int) -> list[str]:
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    session.add_all(
        RecoveryCode(person_id=person_id, code_hash=hash_token(_plain(code))) for code in codes
    )
    return codes


def _recovery_code() -> str:
    """Eighty bits in four groups of four letters, easy to copy from paper."""
    letters = base64.b32encode(secrets.token_bytes(10)).decode().lower()
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def remove_second_factor(person_id: int, by: int | None) -> None:
    """Take the second factor away: by the person, or for a lost phone by an administrator."""
    with transaction() as current:
        person = current.get_one(Person, person_id)
        person.totp_secret = person.totp_confirmed_at = person.totp_last_step = None
        current.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
        audit.note("second_factor.removed", f"person:{person_id}", actor_id=by)
