"""What is due and has not been sent, asked without planning or sending anything."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from academy.db import session, transaction
from academy.messaging.models import Message
from academy.messaging.ports import Due
from academy.people.models import EmailAddress, Person
from academy.programme.models import LiveSession
from academy.reminders import gate
from academy.reminders.kinds import PLANS
from academy.reminders.night import find_sleeping
from academy.reminders.occasions import read_occasion
from academy.reminders.service.following import plan_follow_ups
from academy.reminders.service.planning import plan_reminders


def list_due(at: datetime) -> Sequence[dict[str, Any]]:
    """Return what would leave at that moment; nothing is planned or sent by asking."""
    with transaction() as current:
        savepoint = current.begin_nested()
        plan_reminders(at)
        plan_follow_ups(at)
        rows = session.execute(_due(at)).all()
        due = [Due(row[0], row[1], row[2], row[3]) for row in rows]
        staying = {*gate.find_outdated(due), *find_sleeping(due, at)}
        slugs = _slugs({read_occasion(row[3])[0] for row in rows})
        savepoint.rollback()
    return [_entry(row, slugs) for row in rows if row[0] not in staying]


def _due(at: datetime) -> Any:
    return (
        select(Message.id, Message.person_id, Message.kind, Message.occasion, Message.due_at,
               EmailAddress.address, Person.name)
        .join(Person, Person.id == Message.person_id)
        .join(EmailAddress, (EmailAddress.person_id == Person.id) & EmailAddress.is_primary)
        .where(
            Message.kind.in_(PLANS),
            Message.state.in_(("planned", "failed")),
            Message.due_at <= at,
            Message.expires_at > at,
        )
        .order_by(Message.due_at, Message.id)
    )  # fmt: skip


def _slugs(numbers: set[int]) -> dict[int, str]:
    statement = select(LiveSession.id, LiveSession.slug).where(LiveSession.id.in_(numbers))
    return {row[0]: row[1] for row in session.execute(statement)}


def _entry(row: Any, slugs: dict[int, str]) -> dict[str, Any]:
    return {
        "live_session": slugs[read_occasion(row.occasion)[0]],
        "kind": row.kind.removeprefix("reminder_"),
        "due_at": f"{row.due_at:%Y-%m-%dT%H:%M:%SZ}",
        "person": row.name,
        "address": row.address,
    }
