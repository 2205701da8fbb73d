"""Signing in and out of browsers: each sign-in is a row, its cookie a secret."""

from datetime import timedelta

from sqlalchemy import update

from academy.db import now, session, transaction
from academy.people.models import Person, SignIn
from academy.security import audit
from academy.security.tokens import hash_token, make_token

#: How long a password or a mailed link counts as just given.
FRESH_FOR = timedelta(minutes=15)
#: How exactly it is known when a sign-in was last used.
SEEN_EVERY = timedelta(minutes=15)


def start_sign_in(person: Person, device: str = "") -> str:
    """Open a sign-in for one browser and return the secret for its cookie."""
    token = make_token()
    with transaction() as current:
        current.add(SignIn(person_id=person.id, token_hash=hash_token(token), device=device[:80]))
        audit.note("sign_in.succeeded", f"person:{person.id}", actor_id=person.id)
    return token


def prove_again(sign_in_id: int) -> str:
    """Note that the person has just proved who she is; return the new secret for the cookie."""
    return _renew(sign_in_id, proved_at=now())


def accept_second_factor(sign_in_id: int) -> str:
    """Note that the second factor was given; return the new secret for the cookie."""
    return _renew(sign_in_id, second_factor_at=now())


def _renew(sign_in_id: int, **moments: object) -> str:
    token = make_token()
    with transaction() as current:
        current.execute(
            update(SignIn)
            .where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None))
            .values(token_hash=hash_token(token), **moments)
        )
    return token


def note_use(sign_in: SignIn) -> bool:
    """Remember that the sign-in is in use, once in a quarter of an hour; return whether it was."""
    if now() - sign_in.seen_at < SEEN_EVERY:
        return False
    with transaction() as current:
        current.execute(update(SignIn).where(SignIn.id == sign_in.id).values(seen_at=now()))
    return True


def end_sign_in(token: str) -> None:
    """Close the sign-in to which the cookie's secret belongs."""
    with transaction():
        session.execute(
            update(SignIn)
            .where(SignIn.token_hash == hash_token(token), SignIn.ended_at.is_(None))
            .values(ended_at=now())
        )


def end_one_sign_in(person_id: int, sign_in_id: int, by: int) -> bool:
    """Close one sign-in of the person from the list; return whether there was such a one."""
    with transaction() as current:
        ended = current.execute(
            update(SignIn)
            .where(SignIn.id == sign_in_id, SignIn.person_id == person_id)
            .where(SignIn.ended_at.is_(None))
            .values(ended_at=now())
            .returning(SignIn.id)
        ).first()
        if ended:
            audit.note("sign_in.ended", f"person:{person_id}", actor_id=by)
    return ended is not None


def end_all_sign_ins(person_id: int, *, but: int | None = None, by: int | None = None) -> None:
    """Close all sign-ins of the person, except the one with the id `but`; `by` is who asked."""
    statement = update(SignIn).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
    if but is not None:
        statement = statement.where(SignIn.id != but)
    with transaction() as current:
        current.execute(statement.values(ended_at=now()))
        if by is not None:
            audit.note("sign_ins.ended", f"person:{person_id}", actor_id=by)
