"""Everything that the academy holds of one person, as JSON for the person herself."""

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from academy.db import now, session
from academy.people.models import ApiToken, Consent, OneTimeToken, Person, RecoveryCode, SignIn
from academy.people.ports import holders
from academy.security.models import AuditEntry


def tell_everything(person_id: int) -> dict[str, Any]:
    """Return a document of all areas: what stands about the person, without secrets.

    Hashes of passwords, codes and tokens are no part of it: nobody can read them, and they would
    only help a thief of the file.
    """
    person = session.get_one(Person, person_id, populate_existing=True)
    document = {"told_at": now().isoformat(), "person": _person(person), **_account(person)}
    for holder in holders():
        document |= holder.told(person_id)
    return document | {"log": _log(person_id)}


def _person(person: Person) -> dict[str, Any]:
    return {
        "number": person.id,
        "name": person.name,
        "called": person.called,
        "latin_name": person.latin_name,
        "country": person.country,
        "organisation": person.organisation,
        "language": person.language,
        "zone": person.zone,
        "has_password": person.password_hash is not None,
        "has_second_factor": person.has_second_factor,
        "since": person.created_at.isoformat(),
        "closed_at": _iso(person.disabled_at),
    }


def _account(person: Person) -> dict[str, Any]:
    return {
        "addresses": [
            {
                "address": one.address,
                "writes_to_it": one.is_primary,
                "source": one.source,
                "verified_at": _iso(one.verified_at),
                "since": one.created_at.isoformat(),
            }
            for one in person.addresses
        ],
        "roles": [
            {"role": one.role, "country": one.country, "given_at": one.granted_at.isoformat()}
            for one in person.roles
        ],
        "consents": [
            {
                "kind": one.kind,
                "wording": one.wording,
                "given_at": one.given_at.isoformat(),
                "withdrawn_at": _iso(one.withdrawn_at),
            }
            for one in _all(Consent, person.id)
        ],
        **_ways_in(person),
    }


def _ways_in(person: Person) -> dict[str, Any]:
    return {
        "sign_ins": [
            {
                "device": one.device,
                "since": one.created_at.isoformat(),
                "used_at": one.seen_at.isoformat(),
                "ended_at": _iso(one.ended_at),
            }
            for one in _all(SignIn, person.id)
        ],
        "mailed_links": [
            {
                "purpose": one.purpose,
                "address": one.address,
                "made_at": one.created_at.isoformat(),
                "used_at": _iso(one.used_at),
            }
            for one in _all(OneTimeToken, person.id)
        ],
        "recovery_codes_left": sum(one.used_at is None for one in _all(RecoveryCode, person.id)),
        "api_tokens": [
            {
                "name": one.name,
                "scopes": one.scopes,
                "made_at": one.created_at.isoformat(),
                "used_at": _iso(one.used_at),
                "revoked_at": _iso(one.revoked_at),
            }
            for one in _all(ApiToken, person.id)
        ],
    }


def _all(table: Any, person_id: int) -> list[Any]:
    statement = select(table).where(table.person_id == person_id).order_by(table.id)
    return list(session.scalars(statement))


def _log(person_id: int) -> list[dict[str, Any]]:
    """Return what the log says that the person did, or that was done to her."""
    statement = (
        select(AuditEntry)
        .where(or_(AuditEntry.actor_id == person_id, AuditEntry.subject == f"person:{person_id}"))
        .order_by(AuditEntry.id)
    )
    return [
        {
            "at": entry.at.isoformat(),
            "action": entry.action,
            "subject": entry.subject,
            "facts": entry.facts,
            "by_you": entry.actor_id == person_id,
        }
        for entry in session.scalars(statement)
    ]


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
