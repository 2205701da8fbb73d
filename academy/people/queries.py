"""Reads about persons, each in a counted number of statements."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from academy.db import session
from academy.people.models import Person, SignIn
from academy.security.tokens import hash_token


def find_signed_in(token: str) -> Person | None:
    """Return the person whose open sign-in the cookie's secret is; one statement."""
    statement = (
        select(SignIn)
        .where(SignIn.token_hash == hash_token(token), SignIn.ended_at.is_(None))
        .options(joinedload(SignIn.person).joinedload(Person.roles))
    )
    sign_in = session.execute(statement).unique().scalar_one_or_none()
    if sign_in is None or sign_in.person.disabled_at is not None:
        return None
    return sign_in.person
