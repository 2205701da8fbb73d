"""Erasing a person: what names her goes, what counts her stays; and whom nobody needs any more."""

from collections.abc import Collection

from sqlalchemy import delete, exists, select

from academy.db import in_parts, now, overwrite_deleted, session, transaction
from academy.people.models import (
    ApiToken,
    Consent,
    EmailAddress,
    OneTimeToken,
    Person,
    RecoveryCode,
    RoleGrant,
    SignIn,
)
from academy.people.ports import holders
from academy.people.service.roles import LastAdministrator, count_administrators
from academy.security import audit

#: Stands in lists where the name of somebody erased stood; it is nobody's name in any language.
NAMELESS = "—"
#: What is a person's alone and goes with her.
_OWN = (EmailAddress, RoleGrant, Consent, SignIn, OneTimeToken, RecoveryCode, ApiToken)


def erase_person(person_id: int, by: int | None) -> None:
    """Forget the person for good; raises LastAdministrator.

    Figures of what has been stay true: where she came or was registered, a nameless somebody of
    her country stays, who is nobody's any more. Where nothing counts her, the row goes, too.
    """
    with transaction() as current:
        overwrite_deleted()
        person = current.get_one(Person, person_id, populate_existing=True)
        if person.was_given("administrator") and count_administrators() == 1:
            raise LastAdministrator
        for holder in holders():
            holder.let_go(person_id)
        current.flush()
        _empty(person)
        current.flush()
        audit.note("person.erased", f"person:{person_id}", actor_id=by)
        _delete(forgettable({person_id}))


def _empty(person: Person) -> None:
    for table in _OWN:
        session.execute(delete(table).where(table.person_id == person.id))
    session.expire(person, ["addresses", "roles"])
    person.name = NAMELESS
    person.called = person.latin_name = person.organisation = person.zone = ""
    person.language = "en"
    person.password_hash = person.password_changed_at = None
    person.totp_secret = person.totp_confirmed_at = person.totp_last_step = None
    person.disabled_at = None
    person.erased_at = person.created_at = now()


def forgettable(person_ids: Collection[int], but_for: int | None = None) -> set[int]:
    """Return those of the persons whom nobody needs: no role, no account, nothing in any area.

    An account is a password, or an address that the person proved to be hers: whoever only stood
    in an organiser's file has none. What hangs on the series `but_for` does not count.
    """
    unneeded = set(person_ids) - _with_account(person_ids)
    for holder in holders():
        unneeded -= holder.needed(unneeded, but_for)
    return unneeded


def _with_account(person_ids: Collection[int]) -> set[int]:
    proved = exists().where(
        EmailAddress.person_id == Person.id, EmailAddress.verified_at.is_not(None)
    )
    role = exists().where(RoleGrant.person_id == Person.id)
    token = exists().where(ApiToken.person_id == Person.id)
    has_account = Person.password_hash.is_not(None) | proved | role | token
    return {
        person_id
        for part in in_parts(person_ids)
        for person_id in session.scalars(select(Person.id).where(Person.id.in_(part), has_account))
    }


def forget_people(person_ids: Collection[int]) -> int:
    """Delete those of the persons whom nobody needs any more; return how many they were."""
    with transaction():
        gone = forgettable(person_ids)
        _delete(gone)
    return len(gone)


def _delete(person_ids: Collection[int]) -> None:
    for part in in_parts(person_ids):
        for table in _OWN:
            session.execute(delete(table).where(table.person_id.in_(part)))
        session.execute(
            delete(Person).where(Person.id.in_(part)).execution_options(synchronize_session="fetch")
        )
