"""The two listening points of the demonstration: village halls where several shared one device.

Both are invented. They change nothing of what is published, for their people are counted beside
those who came: in the first the hall's device leaves the count and a woman at it comes in by name;
the host of the second was there under her own name anyway.
"""

from dataclasses import dataclass

from sqlalchemy import select

from academy.attendance.listening.points import PointFacts
from academy.attendance.models import Attendance, Identity
from academy.attendance.service import Actor, find_standing, name_device, open_point
from academy.db import session
from academy.people.models import Person
from academy.programme.models import LiveSession, Series


@dataclass(frozen=True)
class PlannedPoint:
    """A listening point of one of the five live sessions."""

    number: int
    facts: PointFacts
    #: The name under which its device stands in the file; empty where nobody knows.
    device: str = ""
    #: Whether somebody of its country who came hosts it.
    is_hosted: bool = False


POINTS = (
    PlannedPoint(
        2,
        PointFacts("Balai Raya Kampung Harapan", "MY", women=3, men=2,
                   names=("Mak Cik Zainab Kampung Harapan",)),
        device="Balai Raya Kampung Harapan",
    ),
    PlannedPoint(
        4,
        PointFacts("Balai Desa Sukamaju", "ID", women=8, men=3, others=1, from_minute=10),
        is_hosted=True,
    ),
)  # fmt: skip


def load_listening_points(series: Series, organiser: int) -> None:
    """Tell the desk of both, as an organiser does who was told by telephone."""
    desk = Actor(organiser, at_desk=True)
    for planned in POINTS:
        live_session = series.live_sessions[planned.number - 1]
        host = _find_host(live_session, planned) if planned.is_hosted else None
        point = open_point(live_session, planned.facts, host, desk)
        if planned.device:
            device = _get_identity(live_session, planned.device)
            standing = find_standing(device.id)
            name_device(point, device, seen=standing.match_id if standing else None, actor=desk)


def _find_host(live_session: LiveSession, planned: PlannedPoint) -> int | None:
    statement = (
        select(Person.id)
        .join(Attendance, Attendance.person_id == Person.id)
        .where(
            Attendance.live_session_id == live_session.id, Person.country == planned.facts.country
        )
        .order_by(Person.id)
        .limit(1)
    )
    return session.scalar(statement)


def _get_identity(live_session: LiveSession, shown: str) -> Identity:
    statement = select(Identity).where(
        Identity.live_session_id == live_session.id, Identity.shown_name == shown
    )
    return session.scalars(statement).one()
