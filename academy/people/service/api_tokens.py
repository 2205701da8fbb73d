"""Tokens for /api/v1: made for one purpose, shown once, revoked at any time."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import update

from academy.db import now, transaction
from academy.people.models import ApiToken, Person
from academy.security import audit
from academy.security.scopes import SCOPES
from academy.security.tokens import hash_token, make_token

#: Begins every token, so that scanners of public code recognise one that leaked.
PREFIX = "sse_"
USED_EVERY = timedelta(minutes=15)


class UnknownScope(ValueError):
    """No token can be allowed to do this."""


def create_api_token(
    person: Person, name: str, scopes: Iterable[str], expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """Make a token of the person; return its row and the secret, which is shown once.

    Raises UnknownScope.
    """
    chosen = sorted(set(scopes))
    if not set(chosen) <= set(SCOPES):
        raise UnknownScope
    secret = make_token(PREFIX)
    token = ApiToken(
        person_id=person.id, name=name, token_hash=hash_token(secret), ending=secret[-4:],
        scopes=chosen, expires_at=expires_at,
    )  # fmt: skip
    with transaction() as current:
        current.add(token)
        current.flush()
        audit.note(
            "api_token.created", f"api_token:{token.id}", actor_id=person.id,
            scopes=" ".join(chosen),
        )  # fmt: skip
    return token, secret


def note_token_use(token: ApiToken) -> None:
    """Remember when the token was last used; written once in a quarter of an hour."""
    if token.used_at is not None and now() - token.used_at < USED_EVERY:
        return
    with transaction() as current:
        current.execute(update(ApiToken).where(ApiToken.id == token.id).values(used_at=now()))


def revoke_api_token(token_id: int, by: int, *, owner: int | None = None) -> bool:
    """Let the token (only one of `owner`, if given) open nothing any more.

    Returns whether there was such a token in force.
    """
    statement = update(ApiToken).where(ApiToken.id == token_id, ApiToken.revoked_at.is_(None))
    if owner is not None:
        statement = statement.where(ApiToken.person_id == owner)
    with transaction() as current:
        revoked = current.execute(statement.values(revoked_at=now()).returning(ApiToken.id)).first()
        if revoked:
            audit.note("api_token.revoked", f"api_token:{token_id}", actor_id=by)
    return revoked is not None
