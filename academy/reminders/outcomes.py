"""What happened to each person in a live session: came, left early, or missed it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select

from academy.attendance.models import Attendance, Evidence, Identity, Tally
from academy.attendance.standing import evidence_counts
from academy.db import session
from academy.programme.models import LiveSession, Place, Registration
from academy.reminders.kinds import ATTENDED, LEFT_EARLY, MISSED

#: Who left so long before the end, or longer, left early.
EARLY = timedelta(minutes=15)
#: The end is when the last tenth of them was still there, for a live session may end early.
_STILL_THERE = 0.9
#: Evidence that covers a whole room: whoever is not in it was not there.
_COVERS_THE_ROOM = ("file", "roll")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Which follow-up fits, and from which minute on they missed it."""

    kind: str
    until_minute: int | None = None


def is_known(live_session: LiveSession) -> bool:
    """Whether the academy knows who came: something that covers the room has been counted.

    An opened door or a code says of those who used it that they came, and of nobody that they
    did not; where a series counts opened doors, the doors are what there is.
    """
    covers: ColumnElement[bool] = Evidence.source.in_(_COVERS_THE_ROOM)
    if live_session.series.door_counts:
        covers = covers | (Evidence.source == "link")
    seen = exists().where(
        Evidence.identity_id == Identity.id,
        Identity.live_session_id == live_session.id,
        evidence_counts(),
        covers,
    )
    statement = select(Tally.matched).where(Tally.live_session_id == live_session.id, seen)
    return session.scalar(statement) is not None


def _knows_who_missed_it(live_session: LiveSession) -> bool:
    """Whether those who are not known to have come are known not to have come.

    A tick on a roll says nothing of those who were not ticked yet, and an identity that nobody
    has matched may be any of them: only a room that was counted whole, with everybody in it told
    apart, says who was not there.
    """
    counts_everybody: ColumnElement[bool] = Evidence.source == "file"
    if live_session.series.door_counts:
        counts_everybody = counts_everybody | (Evidence.source == "link")
    counted = exists().where(
        Evidence.live_session_id == live_session.id, evidence_counts(), counts_everybody
    )
    statement = select(Tally.unmatched).where(Tally.live_session_id == live_session.id, counted)
    return session.scalar(statement) == 0


def read(live_session: LiveSession, people: Collection[int] | None = None) -> dict[int, Outcome]:
    """Return the outcome by person, for those registered (of `people`, if given); 3 statements.

    Who waited for a place or said no, and was not there, has none; nor has anybody who was not
    seen, as long as one of the unknown may be them.
    """
    end, knows_who_missed_it = _end_of(live_session), _knows_who_missed_it(live_session)
    statement = _registered(live_session)
    if people is not None:
        statement = statement.where(Registration.person_id.in_(people))
    outcomes: dict[int, Outcome] = {}
    for person_id, state, attendance_id, intervals in session.execute(statement):
        if attendance_id is not None:
            outcomes[person_id] = _outcome(intervals, end)
        elif state == "going" and knows_who_missed_it:
            outcomes[person_id] = Outcome(MISSED)
    return outcomes


def registered_people(series_id: int) -> Select[int]:
    """Return the statement of the people whose registration to the series stands."""
    return select(Registration.person_id).where(
        Registration.series_id == series_id, Registration.cancelled_at.is_(None)
    )


def _registered(live_session: LiveSession) -> Select[Any]:
    return (
        select(Registration.person_id, Place.state, Attendance.id, Attendance.intervals)
        .outerjoin(
            Place,
            (Place.registration_id == Registration.id) & (Place.live_session_id == live_session.id),
        )
        .outerjoin(
            Attendance,
            (Attendance.person_id == Registration.person_id)
            & (Attendance.live_session_id == live_session.id),
        )
        .where(
            Registration.series_id == live_session.series_id,
            Registration.cancelled_at.is_(None),
        )
    )


def _end_of(live_session: LiveSession) -> int:
    """Return when it ended for those who stayed, in seconds after the start."""
    statement = select(Attendance.intervals).where(Attendance.live_session_id == live_session.id)
    left = sorted(_left(intervals) for intervals in session.scalars(statement) if intervals)
    planned = live_session.minutes * 60
    return min(planned, left[ceil(len(left) * _STILL_THERE) - 1]) if left else planned


def _left(intervals: Sequence[Sequence[int]]) -> int:
    return max(int(end) for _start, end in intervals)


def _outcome(intervals: Sequence[Sequence[int]], end: int) -> Outcome:
    """Who came and of whom nobody knows how long, is thanked."""
    if not intervals or end - _left(intervals) < EARLY.total_seconds():
        return Outcome(ATTENDED)
    return Outcome(LEFT_EARLY, _left(intervals) // 60)
