"""Giving and taking roles; whoever's role changes signs in anew."""

from sqlalchemy import select

from academy.db import session, transaction
from academy.people.models import ROLES, Person, RoleGrant
from academy.people.service.sign_ins import end_all_sign_ins
from academy.security import audit


class RoleRefused(ValueError):
    """The role cannot be given like this; `reason` is "unknown", "country" or "twice"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class LastAdministrator(ValueError):
    """Somebody must remain who can give roles."""


def grant_role(
    person: Person, role: str, *, country: str = "", granted_by: int | None = None
) -> None:
    """Give `person` a role, a focal point's with its country, and end the person's sign-ins.

    Raises RoleRefused.
    """
    if role not in ROLES or role == "learner":
        raise RoleRefused("unknown")
    if (role == "focal_point") != bool(country):
        raise RoleRefused("country")
    if any((grant.role, grant.country) == (role, country) for grant in person.roles):
        raise RoleRefused("twice")
    with transaction():
        person.roles.append(RoleGrant(role=role, country=country, granted_by=granted_by))
        end_all_sign_ins(person.id)
        audit.note(
            "role.granted", f"person:{person.id}", actor_id=granted_by, role=role, country=country
        )


def revoke_role(grant_id: int, by: int | None) -> None:
    """Take a role away and end the person's sign-ins; raises LastAdministrator.

    A grant that is gone already stays gone.
    """
    with transaction() as current:
        grant = current.get(RoleGrant, grant_id, with_for_update=True)
        if grant is None:
            return
        if grant.role == "administrator" and count_administrators() == 1:
            raise LastAdministrator
        current.delete(grant)
        end_all_sign_ins(grant.person_id)
        audit.note(
            "role.revoked", f"person:{grant.person_id}", actor_id=by,
            role=grant.role, country=grant.country,
        )  # fmt: skip


def count_administrators() -> int:
    """Lock the administrators' rows: two who demote each other at once must not both succeed."""
    statement = select(RoleGrant.id).where(RoleGrant.role == "administrator").with_for_update()
    return len(session.scalars(statement).all())
