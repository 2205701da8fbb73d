"""Reads what stands beside those who came to one live session: unnamed people, and devices."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from academy.attendance.models import AttendanceImport, Evidence, ListeningPoint
from academy.attendance.policy import visible_points
from academy.attendance.standing import is_connection
from academy.db import now, session
from academy.people.models import Person
from academy.programme.models import LiveSession


@dataclass(frozen=True, slots=True)
class Beside:
    """People at listening points who have no name, and connections of devices."""

    points: int
    women: int
    men: int
    others: int
    #: None where no file tells of devices.
    connections: int | None

    @property
    def people(self) -> int:
        """Everybody without a name; who was entered by name is among those who came."""
        return self.women + self.men + self.others

    def reached(self, came: int) -> int:
        """Return how many the live session reached, where so many came."""
        return came + self.people


def read_beside(live_session: LiveSession, person: Person) -> Beside:
    """Return what stands beside those who came, of the points that `person` may see.

    Who is still to come to a point is not counted, as in the figures; two statements.
    """
    counts = (ListeningPoint.women, ListeningPoint.men, ListeningPoint.others)
    statement = (
        select(ListeningPoint.from_minute, func.count(), *map(func.sum, counts))
        .where(
            ListeningPoint.live_session_id == live_session.id,
            ListeningPoint.withdrawn_at.is_(None),
            visible_points(person),
        )
        .group_by(ListeningPoint.from_minute)
    )
    passed = now() - live_session.starts_at
    begun = [
        tuple(map(int, found))
        for minute, *found in session.execute(statement)
        if timedelta(minutes=minute) <= passed
    ]
    points, women, men, others = (sum(column) for column in zip((0,) * 4, *begun, strict=True))
    return Beside(points, women, men, others, _count_connections(live_session.id))


def _count_connections(live_session_id: int) -> int | None:
    statement = (
        select(func.count())
        .select_from(Evidence)
        .join(AttendanceImport, AttendanceImport.id == Evidence.import_id)
        .where(Evidence.live_session_id == live_session_id, is_connection())
    )
    return session.scalar(statement) or None
