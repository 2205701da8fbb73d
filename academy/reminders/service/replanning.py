"""Planning anew what waits for people whose zone or quiet hours have changed."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete

from academy.db import in_parts, now, session, transaction
from academy.messaging.models import Message
from academy.messaging.service import plan_many
from academy.people.models import Person
from academy.programme.models import LiveSession
from academy.reminders.kinds import FOLLOW_UPS, REMINDERS
from academy.reminders.occasions import occasion_of
from academy.reminders.service.planning import list_expected, near_live_sessions, rows_for


def plan_anew(person_ids: Collection[int]) -> None:
    """Let what waits for these people leave on the clock and at the hours that are theirs now.

    What was sent, stopped or claimed stays as it is. Three statements for each live session that
    is near, two else.
    """
    at = now()
    with transaction():
        near = session.scalars(near_live_sessions(at)).all()
        for part in in_parts(person_ids):
            _forget_follow_ups(part)
            for live_session in near:
                _plan_anew(live_session, part, at)


def _forget_follow_ups(person_ids: Collection[int]) -> None:
    """Those are planned again within a minute, by what is known of each then."""
    session.execute(
        delete(Message).where(
            Message.person_id.in_(person_ids),
            Message.kind.in_(FOLLOW_UPS),
            Message.state == "planned",
        )
    )


def _plan_anew(live_session: LiveSession, person_ids: Collection[int], at: datetime) -> None:
    people = list_expected(live_session, Person.id.in_(person_ids))
    waited = _take_back(occasion_of(live_session), [one.person_id for one in people])
    # What is late at the new hours leaves now if it waited; what did not wait had its time.
    rows = [row for one in people for row in rows_for(one, live_session, at)]
    plan_many(
        [one for one in rows if one["due_at"] > at or (one["person_id"], one["kind"]) in waited]
    )


def _take_back(occasion: str, person_ids: Collection[int]) -> set[tuple[int, str]]:
    """Delete the reminders that wait; return whose they were, and of which kind."""
    statement = (
        delete(Message)
        .where(
            Message.person_id.in_(person_ids),
            Message.occasion == occasion,
            Message.kind.in_(REMINDERS),
            Message.state == "planned",
        )
        .returning(Message.person_id, Message.kind)
    )
    return {(row[0], row[1]) for row in session.execute(statement)}
