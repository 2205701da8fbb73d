"""Hosts whom the organiser declared: told apart from attendees whenever the names change."""

from sqlalchemy import or_, select

from academy.attendance.models import Identity
from academy.attendance.standing import is_seen
from academy.db import session
from academy.programme.models import LiveSession

#: Why a declared host is not counted; "host" itself is what a file says of somebody.
DECLARED = "declared_host"


def apply_hosts(live_session: LiveSession) -> None:
    """Exclude whoever bears a declared name or address, and let go who no longer does."""
    hosts = frozenset(str(host).casefold().strip() for host in live_session.hosts) - {""}
    may_change = select(Identity).where(
        Identity.live_session_id == live_session.id,
        or_(Identity.excluded_because == "", Identity.excluded_because == DECLARED),
        is_seen(),
    )
    if hosts or _has_declared(live_session.id):
        for identity in session.scalars(may_change):
            _apply(identity, hosts)
        session.flush()


def _has_declared(live_session_id: int) -> bool:
    statement = select(Identity.id).where(
        Identity.live_session_id == live_session_id, Identity.excluded_because == DECLARED
    )
    return session.execute(statement.limit(1)).first() is not None


def _apply(identity: Identity, hosts: frozenset[str]) -> None:
    known = {*identity.names, *identity.original_names, identity.email}
    if any(str(word).casefold().strip() in hosts for word in known):
        identity.role, identity.excluded_because = "host", DECLARED
    elif identity.excluded_because == DECLARED:
        identity.role, identity.excluded_because = "attendee", ""
