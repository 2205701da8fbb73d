"""Counts attempts in the database, so that guessing is slow on every process and after a crash."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import case, delete, update
from sqlalchemy.exc import IntegrityError

from academy.db import now, session, transaction
from academy.security.models import Attempts


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many attempts of one kind are accepted within one window of time."""

    kind: str
    attempts: int
    window: timedelta


def is_spent(allowance: Allowance, whose: str) -> bool:
    """Whether `whose` (an account, a network address) has used up the allowance of this window."""
    counter = session.get(Attempts, _key(allowance, whose), populate_existing=True)
    if counter is None or counter.since <= now() - allowance.window:
        return False
    return counter.count >= allowance.attempts


def count_attempt(allowance: Allowance, whose: str) -> int:
    """Count one attempt and return which one of its window it is.

    The first one after a window has passed begins a new window.
    """
    key = _key(allowance, whose)
    with transaction():
        return _count_in_row(key, allowance.window) or _insert_or_count(key, allowance.window)


def take(allowance: Allowance, whose: str) -> bool:
    """Count one attempt and return whether it is still within the allowance."""
    return count_attempt(allowance, whose) <= allowance.attempts


def forget_attempts(allowance: Allowance, whose: str) -> None:
    """Begin anew, as after a success."""
    with transaction() as current:
        current.execute(delete(Attempts).where(Attempts.key == _key(allowance, whose)))


def forget_old_attempts(older_than: timedelta = timedelta(days=1)) -> int:
    """Delete counters whose window is long over; return how many."""
    statement = delete(Attempts).where(Attempts.since < now() - older_than).returning(Attempts.key)
    with transaction() as current:
        return len(current.execute(statement).all())


def _count_in_row(key: str, window: timedelta) -> int:
    """Count where the row is there already; return the new count, 0 where it is not."""
    over = Attempts.since <= now() - window
    statement = (
        update(Attempts)
        .where(Attempts.key == key)
        .values(
            count=case((over, 1), else_=Attempts.count + 1),
            since=case((over, now()), else_=Attempts.since),
        )
        .execution_options(synchronize_session=False)
        .returning(Attempts.count)
    )
    return session.execute(statement).scalar_one_or_none() or 0


def _insert_or_count(key: str, window: timedelta) -> int:
    try:
        with session.begin_nested():
            session.add(Attempts(key=key, count=1))
    except IntegrityError:
        # Somebody counted the first attempt at the same moment.
        return _count_in_row(key, window)
    return 1


def _key(allowance: Allowance, whose: str) -> str:
    """A counter must not tell whom it counts: the name is hashed (no secret is at stake)."""
    named = f"{allowance.kind}:{whose}".encode()
    return hmac.new(b"academy attempts", named, hashlib.sha256).hexdigest()
