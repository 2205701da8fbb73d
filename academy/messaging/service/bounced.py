"""What follows from a mail that came back: it is marked, and no more is sent to that address."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select, update

from academy.db import session, transaction
from academy.messaging.bounces import Bounce
from academy.messaging.models import Message
from academy.security import audit

#: Cause of a message that came back; while it stands its address gets nothing more.
BOUNCED = "bounced"
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class BounceReport:
    """What was found in a mailbox."""

    read: int
    #: Mails of ours that came back for good, and were not known to.
    bounced: int
    #: Reports of a delay: nothing follows, the other server goes on trying.
    delayed: int
    #: No report, or of no mail of ours.
    other: int


def take_bounces(mails: Iterable[Bounce | None]) -> BounceReport:
    """Mark the messages that came back; reading the same mailbox twice changes nothing more."""
    found = list(mails)
    reports = {one.message_id: one for one in found if one is not None}
    final = {number: one for number, one in reports.items() if one.is_final}
    known = newly = 0
    with transaction() as current:
        for part in _parts(list(reports)):
            statement = select(Message.id, Message.message_id, Message.cause)
            for row in current.execute(statement.where(Message.message_id.in_(part))).all():
                known += 1
                if row.message_id in final and row.cause != BOUNCED:
                    _mark(row.id, final[row.message_id])
                    newly += 1
    delayed = sum(1 for one in reports.values() if not one.is_final)
    return BounceReport(len(found), newly, delayed, len(found) - known)


def _parts(numbers: list[str]) -> Iterable[list[str]]:
    return (numbers[start : start + _AT_ONCE] for start in range(0, len(numbers), _AT_ONCE))


def _mark(message_id: int, bounce: Bounce) -> None:
    session.execute(
        update(Message)
        .where(Message.id == message_id)
        .values(state="suppressed", cause=BOUNCED, reason=bounce.reason)
    )
    audit.note("message.bounce", f"message:{message_id}")


def find_bounced(person_ids: Collection[int]) -> dict[tuple[int, str], str]:
    """Return the addresses of these persons from which mail came back, and why; one statement."""
    statement = select(Message.person_id, Message.address, Message.reason).where(
        Message.person_id.in_(person_ids), Message.cause == BOUNCED
    )
    return {(row[0], row[1]): row[2] for row in session.execute(statement)} if person_ids else {}
