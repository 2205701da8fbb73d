"""Evidence of people whom the way in names: an opened door, a tick on a roll, a code entered."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from academy.attendance.models import SOURCES, Evidence, Identity, Match
from academy.attendance.service.presence import compute_attendance
from academy.attendance.standing import FIRST_HAND
from academy.db import now, session, transaction
from academy.lib.jobs import DESK, announce
from academy.people.models import Person
from academy.programme.models import LiveSession
from academy.programme.service import lock_series

#: Of these one fact stands at most for a person; whoever says it again says the same.
_ONCE = frozenset({"roll", "code"})


class AlreadyWithdrawn(Exception):
    """Somebody was quicker: the evidence counts no longer."""


def record_presence(
    live_session: LiveSession,
    person_id: int,
    source: str,
    *,
    joined_at: datetime | None = None,
    left_at: datetime | None = None,
    recorded_by: int | None = None,
    cells: dict[str, Any] | None = None,
) -> int:
    """Note that the person was there, count anew, and return the id of the evidence.

    `source` is one of SOURCES. Times are in UTC; without them the minutes are unknown, never 0.
    A second tick or code of the same person is the first one.
    """
    if source not in SOURCES:
        raise ValueError(source)
    with transaction():
        lock_series(live_session.series_id)
        identity_id = first_hand_identity(live_session, person_id)
        if source in _ONCE and (standing := _find_standing(identity_id, source)):
            return standing
        fact = Evidence(live_session_id=live_session.id, identity_id=identity_id, source=source,
                        joined_at=joined_at, left_at=left_at, recorded_by=recorded_by,
                        cells=cells or {})  # fmt: skip
        session.add(fact)
        session.flush()
        # Most opened doors count for nobody: when a hundred open in a minute, nothing is computed.
        if source != "link" or live_session.series.door_counts:
            compute_attendance(live_session)
            announce("job.changed", DESK, id=f"review:{live_session.id}")
    return fact.id


def record_opened_door(live_session: LiveSession, person_id: int, link_version: int) -> None:
    """Note that the person opened the door by her personal link, now: the weakest evidence."""
    moment = now()
    # In words, for the page of the evidence shows the cells as they stand.
    cells = {"opened (UTC)": f"{moment:%Y-%m-%d %H:%M:%S}", "personal link": str(link_version)}
    record_presence(live_session, person_id, "link", joined_at=moment, cells=cells)


def withdraw_evidence(evidence_id: int, by: int | None) -> None:
    """Let the evidence count no longer; it stays on record. Raises AlreadyWithdrawn."""
    with transaction():
        fact = session.get_one(Evidence, evidence_id)
        live_session = session.get_one(LiveSession, fact.live_session_id)
        lock_series(live_session.series_id)
        session.refresh(fact, ["withdrawn_at"])
        if fact.withdrawn_at is not None:
            raise AlreadyWithdrawn
        fact.withdrawn_at, fact.withdrawn_by = now(), by
        session.flush()
        compute_attendance(live_session)
        announce("job.changed", DESK, id=f"review:{live_session.id}")


def first_hand_identity(live_session: LiveSession, person_id: int) -> int:
    """Return the one identity of the person in the live session, which is theirs by itself."""
    key = f"{FIRST_HAND}{person_id}"
    known = session.scalar(
        select(Identity.id).where(Identity.live_session_id == live_session.id, Identity.key == key)
    )
    if known is not None:
        return known
    name = session.get_one(Person, person_id).name[:300]
    identity = Identity(live_session_id=live_session.id, key=key, shown_name=name, names=[name])
    identity.matches.append(Match(person_id=person_id, rule="first_hand"))
    session.add(identity)
    session.flush()
    return identity.id


def _find_standing(identity_id: int, source: str) -> int | None:
    statement = select(Evidence.id).where(
        Evidence.identity_id == identity_id,
        Evidence.source == source,
        Evidence.withdrawn_at.is_(None),
    )
    return session.scalar(statement.limit(1))
