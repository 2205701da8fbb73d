"""Secrets sent by mail that do one thing once: sign in, choose a password, verify an address."""

from datetime import timedelta

from sqlalchemy import delete, exists, select, update

from academy.db import now, session, transaction
from academy.people.models import EmailAddress, OneTimeToken, Person
from academy.security.tokens import hash_token, make_token

SIGN_IN = "sign_in"
RESET = "reset"
VERIFY = "verify"
LIFETIMES = {
    SIGN_IN: timedelta(minutes=30),
    RESET: timedelta(hours=1),
    VERIFY: timedelta(hours=24),
}


class TokenSpent(ValueError):
    """The link was used, is too old, or its password or address has changed since."""


def issue_token(person: Person, purpose: str, address: str) -> tuple[int, str]:
    """Make a token for `address` of the person; return its id and the secret for the mail."""
    secret = make_token()
    token = OneTimeToken(
        person_id=person.id, purpose=purpose, token_hash=hash_token(secret), address=address,
        expires_at=now() + LIFETIMES[purpose],
    )  # fmt: skip
    with transaction() as current:
        current.add(token)
        current.flush()
    return token.id, secret


def redeem_token(purpose: str, secret: str) -> OneTimeToken:
    """Use the token up and return it; of fifty at once exactly one succeeds.

    Raises TokenSpent for the others, and where the address is no longer the person's.
    """
    with transaction():
        used = session.execute(
            update(OneTimeToken)
            .where(
                OneTimeToken.purpose == purpose,
                OneTimeToken.token_hash == hash_token(secret),
                OneTimeToken.used_at.is_(None),
                OneTimeToken.expires_at > now(),
                exists().where(
                    EmailAddress.normal == OneTimeToken.address,
                    EmailAddress.person_id == OneTimeToken.person_id,
                ),
            )
            .values(used_at=now())
            .returning(OneTimeToken.id)
        ).scalar_one_or_none()
        if used is None:
            raise TokenSpent
        statement = select(OneTimeToken).where(OneTimeToken.id == used)
        return session.execute(
            statement, execution_options={"populate_existing": True}
        ).scalar_one()


def void_tokens(person_id: int, *purposes: str) -> None:
    """Let no mailed link of the person work any more (of these purposes, or of all)."""
    with transaction() as current:
        current.execute(
            update(OneTimeToken)
            .where(OneTimeToken.person_id == person_id, OneTimeToken.used_at.is_(None))
            .where(OneTimeToken.purpose.in_(purposes or tuple(LIFETIMES)))
            .values(used_at=now())
        )


def forget_old_tokens(older_than: timedelta = timedelta(days=7)) -> int:
    """Delete tokens that expired long ago; return how many."""
    statement = delete(OneTimeToken).where(OneTimeToken.expires_at < now() - older_than)
    with transaction() as current:
        return len(current.execute(statement.returning(OneTimeToken.id)).all())
