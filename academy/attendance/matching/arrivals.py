"""When personal links were opened and when identities joined, read for the matching."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, exists, select
from sqlalchemy.orm import aliased

from academy.attendance.matching.candidates import LinkUse
from academy.attendance.models import Evidence, Identity, Match
from academy.attendance.standing import evidence_counts
from academy.db import session


@dataclass(slots=True)
class Arrivals:
    """What the rule of the personal link needs of one live session; empty where nobody used one."""

    links: list[LinkUse] = field(default_factory=list)
    #: Moments of joining as files give them, by identity.
    joined: dict[int, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    #: Whom a human said that an identity is.
    decided: dict[int, int] = field(default_factory=dict)


_LINK = aliased(Evidence)
_STATEMENT = (
    select(
        Evidence.source, Evidence.identity_id, Evidence.joined_at, Match.person_id, Match.decided_by
    )
    .join(Identity, Identity.id == Evidence.identity_id)
    .outerjoin(Match, and_(Match.identity_id == Identity.id, Match.undone_at.is_(None)))
    .where(
        Evidence.live_session_id == bindparam("live_session"),
        Evidence.source.in_(("file", "link")),
        Evidence.joined_at.is_not(None),
        evidence_counts(),
        # Most live sessions have none, and then nothing is read.
        exists().where(
            _LINK.live_session_id == bindparam("live_session"),
            _LINK.source == "link",
            _LINK.withdrawn_at.is_(None),
        ),
    )
    .order_by(Evidence.id)
)


def read_arrivals(live_session_id: int) -> Arrivals:
    """Return the opened doors of one live session with whoever joined; one statement."""
    found = Arrivals()
    rows: Iterable[Any] = session.execute(_STATEMENT, {"live_session": live_session_id})
    for source, identity_id, at, person_id, decided_by in rows:
        if source == "file":
            found.joined[identity_id].append(at)
            if decided_by is not None and person_id is not None:
                found.decided[identity_id] = person_id
        elif person_id is not None:
            found.links.append(LinkUse(person_id, at))
    return found
