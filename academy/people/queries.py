"""Reads about persons, each in a counted number of statements."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, or_, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from academy.db import now, session
from academy.people.addresses import normal_address
from academy.people.models import (
    ApiToken,
    Consent,
    EmailAddress,
    OneTimeToken,
    Person,
    RoleGrant,
    SignIn,
)
from academy.people.policy import visible_to
from academy.security.tokens import hash_token

#: Built once, for every page of a signed-in person begins with it.
_OPEN_SIGN_IN = (
    select(SignIn)
    .where(SignIn.token_hash == bindparam("token_hash"), SignIn.ended_at.is_(None))
    .options(joinedload(SignIn.person).joinedload(Person.roles))
)


def find_sign_in(token: str) -> SignIn | None:
    """Return the open sign-in whose cookie holds `token`, with person and roles; one statement."""
    found = session.execute(_OPEN_SIGN_IN, {"token_hash": hash_token(token)})
    sign_in = found.unique().scalar_one_or_none()
    return sign_in if sign_in is not None and sign_in.is_open(now()) else None


def find_signed_in(token: str) -> Person | None:
    """Return the person whose open sign-in the cookie's secret is; one statement.

    Nobody, while the second factor is still to come. Staff who have set up none are learners:
    their roles sleep.
    """
    sign_in = find_sign_in(token)
    if sign_in is None or sign_in.is_pending:
        return None
    person = sign_in.person
    person.roles_asleep = person.holds_staff_role and sign_in.second_factor_at is None
    return person


def find_address(address: str) -> EmailAddress | None:
    """Return the address that equals `address` but for case, with its person; one statement."""
    statement = (
        select(EmailAddress)
        .where(EmailAddress.normal == normal_address(address))
        .options(joinedload(EmailAddress.person))
    )
    return session.scalars(statement).one_or_none()


def is_claim() -> ColumnElement[bool]:
    """Limit a statement to addresses that somebody added to an account and never proved."""
    return EmailAddress.verified_at.is_(None) & (EmailAddress.source == "added")


def find_held_address(address: str) -> EmailAddress | None:
    """Return the address as find_address does, but none that is merely claimed."""
    known = find_address(address)
    return None if known is None or known.is_claim else known


def find_person_by_address(address: str) -> Person | None:
    """Return the person who holds the address: proved, or the first one that they gave."""
    known = find_held_address(address)
    return known.person if known else None


def find_mailed_token(purpose: str, secret: str) -> OneTimeToken | None:
    """Return the token of a mailed link if it can still be used; looking uses nothing up."""
    statement = select(OneTimeToken).where(
        OneTimeToken.purpose == purpose,
        OneTimeToken.token_hash == hash_token(secret),
        OneTimeToken.used_at.is_(None),
        OneTimeToken.expires_at > now(),
    )
    return session.scalars(statement).one_or_none()


def find_api_token(token: str) -> ApiToken | None:
    """Return the token of /api/v1 if it is in force, with its person and roles; one statement.

    It is looked up by its hash, so that comparing takes no time that tells anything.
    """
    statement = (
        select(ApiToken)
        .where(
            ApiToken.token_hash == hash_token(token),
            ApiToken.revoked_at.is_(None),
            or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > now()),
        )
        .options(joinedload(ApiToken.person).joinedload(Person.roles))
    )
    found = session.execute(statement).unique().scalar_one_or_none()
    return found if found is not None and found.person.disabled_at is None else None


def list_sign_ins(person_id: int) -> list[SignIn]:
    """Return the open sign-ins of the person, the last used first."""
    statement = (
        select(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
        .options(joinedload(SignIn.person).selectinload(Person.roles))
        .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    )
    at = now()
    return [entry for entry in session.scalars(statement) if entry.is_open(at)]


def list_addresses(person_id: int) -> list[EmailAddress]:
    """Return the addresses of the person, the primary one first."""
    statement = (
        select(EmailAddress)
        .where(EmailAddress.person_id == person_id)
        .order_by(EmailAddress.is_primary.desc(), EmailAddress.id)
    )
    return list(session.scalars(statement))


def standing_consents(person_id: int) -> set[str]:
    """Return the kinds of consent that the person has given and not taken back."""
    statement = select(Consent.kind).where(
        Consent.person_id == person_id, Consent.withdrawn_at.is_(None)
    )
    return set(session.scalars(statement))


def list_api_tokens(person_id: int | None = None) -> list[ApiToken]:
    """Return the tokens in force, of one person or of everybody, the newest first."""
    statement = (
        select(ApiToken)
        .where(ApiToken.revoked_at.is_(None))
        .options(joinedload(ApiToken.person))
        .order_by(ApiToken.id.desc())
    )
    if person_id is not None:
        statement = statement.where(ApiToken.person_id == person_id)
    return list(session.scalars(statement))


def get_person(person_id: int) -> Person | None:
    """Return the person with roles and addresses; three statements."""
    options = (selectinload(Person.roles), selectinload(Person.addresses))
    return session.get(Person, person_id, options=options)


def find_token_by_id(token_id: int) -> ApiToken | None:
    """Return the token in force of that id."""
    statement = select(ApiToken).where(ApiToken.id == token_id, ApiToken.revoked_at.is_(None))
    return session.scalars(statement).one_or_none()


def list_roles() -> list[RoleGrant]:
    """Return all roles that were given, by role and name."""
    statement = (
        select(RoleGrant)
        .join(RoleGrant.person)
        .options(joinedload(RoleGrant.person).selectinload(Person.addresses))
        .order_by(RoleGrant.role, Person.name, RoleGrant.id)
    )
    return list(session.scalars(statement))


def find_role(grant_id: int) -> RoleGrant | None:
    """Return one role that was given."""
    return session.get(RoleGrant, grant_id)


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Which people the desk lists; empty means any."""

    words: str = ""
    country: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Some people by name, after whom the next page begins (0: none), and how many there are."""

    people: list[Person]
    next_after: int
    #: How many fit on all pages together.
    total: int


PAGE_SIZE = 50
#: What an id column of PostgreSQL holds.
LARGEST_ID = 2**31 - 1


def list_people(
    viewer: Person, wanted: PeopleFilter, after: int = 0, limit: int = PAGE_SIZE
) -> PeoplePage:
    """Return a page of the people whom `viewer` may see; four statements."""
    fitting = (visible_to(viewer), *_conditions(wanted))
    statement = (
        select(Person)
        .where(*fitting)
        .options(selectinload(Person.roles), selectinload(Person.addresses))
        .order_by(Person.name, Person.id)
        .limit(limit + 1)
    )
    if 0 < after <= LARGEST_ID:
        statement = _after(statement, after)
    found = list(session.scalars(statement))
    following = found[limit - 1].id if len(found) > limit else 0
    total = session.scalar(select(func.count()).select_from(Person).where(*fitting)) or 0
    return PeoplePage(found[:limit], following, total)


def list_everybody(role: str | None = None) -> list[Person]:
    """Return all persons, or all who hold `role`, by name; for the command line."""
    statement = (
        select(Person)
        .where(*_conditions(PeopleFilter(role=role or "")))
        .options(selectinload(Person.roles), selectinload(Person.addresses))
        .order_by(Person.name, Person.id)
    )
    return list(session.scalars(statement))


def _after(statement: Select[Person], after: int) -> Select[Person]:
    name = select(Person.name).where(Person.id == after).scalar_subquery()
    return statement.where(tuple_(Person.name, Person.id) > tuple_(name, after))


def _conditions(wanted: PeopleFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Person.erased_at.is_(None)]
    if wanted.country:
        conditions.append(Person.country == wanted.country)
    if wanted.role:
        conditions.append(
            exists().where(RoleGrant.person_id == Person.id, RoleGrant.role == wanted.role)
        )
    if wanted.words:
        conditions.append(_mentions(wanted.words))
    return conditions


def _mentions(words: str) -> ColumnElement[bool]:
    address = exists().where(
        EmailAddress.person_id == Person.id,
        EmailAddress.normal.contains(normal_address(words), autoescape=True),
    )
    return or_(
        Person.name.icontains(words, autoescape=True),
        Person.called.icontains(words, autoescape=True),
        Person.organisation.icontains(words, autoescape=True),
        address,
    )
