"""Planning anew what waits for people whose zone or quiet hours have changed."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select, update

from academy.db import in_parts, now, session, transaction
from academy.messaging.kinds import ANNOUNCEMENT
from academy.messaging.models import Message
from academy.programme.models import Series
from academy.reminders.announcements.hours import clock_of, hour_on
from academy.reminders.announcements.models import Announcement, read_occasion
from academy.reminders.announcements.night import read_clocks


def plan_anew(person_ids: Collection[int]) -> None:
    """Let announcements that wait for these people leave on the clock that is theirs now.

    What was sent, stopped or claimed stays as it is. Four statements for 500 people.
    """
    with transaction():
        for part in in_parts(person_ids):
            _plan_anew(part)


def _plan_anew(person_ids: Collection[int]) -> None:
    at = now()
    statement = select(Message.id, Message.person_id, Message.occasion).where(
        Message.person_id.in_(person_ids),
        Message.kind == ANNOUNCEMENT,
        Message.state == "planned",
        Message.due_at > at,
    )
    waiting = session.execute(statement).all()
    if not waiting:
        return
    hours = _hours({read_occasion(row[2]) for row in waiting})
    clocks = read_clocks({row[1] for row in waiting})
    changes: list[dict[str, Any]] = []
    for message_id, person_id, occasion in waiting:
        local_at, zone = hours[read_occasion(occasion)]
        hour = hour_on(clock_of(*clocks[person_id], zone), local_at, at)
        changes.append({"id": message_id, "due_at": hour.at})
    session.execute(update(Message), changes)


def _hours(numbers: set[int]) -> dict[int, tuple[str, str]]:
    """Return the hour and the zone of the series of each announcement."""
    statement = select(Announcement.id, Announcement.local_at, Series.zone).join(Series)
    found = session.execute(statement.where(Announcement.id.in_(numbers)))
    return {row[0]: (row[1], row[2]) for row in found}
