"""What follows from a mail that came back: it is marked, and no more is sent to that address."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Row, select, update

from academy.db import session, transaction
from academy.messaging.bounces import Bounce
from academy.messaging.models import Message
from academy.people.models import Person
from academy.security import audit
from academy.security.hook_signatures import TOLERANCE
from academy.security.throttle import Allowance, take

#: Cause of a message that came back; while it stands its address gets nothing more.
BOUNCED = "bounced"
_AT_ONCE = 500
#: So many unknown Message-IDs are named.
_LISTED = 100
#: Twice as long as a signature holds: the clock may be ahead, or behind.
_DELIVERIES = Allowance("mail_hook", 1, 2 * TOLERANCE)


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
    #: The Message-IDs of reports of no mail of ours, the first hundred.
    unknown: tuple[str, ...] = ()

    def as_document(self) -> dict[str, object]:
        """Return it as JSON."""
        return {
            "read": self.read, "bounced": self.bounced, "delayed": self.delayed,
            "other": self.other, "unknown": list(self.unknown),
        }  # fmt: skip


def take_bounces(mails: Iterable[Bounce | None]) -> BounceReport:
    """Mark the messages that came back; reading the same mailbox twice changes nothing more."""
    found = list(mails)
    reports = {one.message_id: one for one in found if one is not None}
    final = {number: one for number, one in reports.items() if one.is_final}
    known: set[str] = set()
    newly = 0
    with transaction() as current:
        for part in _parts(list(reports)):
            statement = select(
                Message.id, Message.message_id, Message.cause, Message.state, Message.reason
            )
            for row in current.execute(statement.where(Message.message_id.in_(part))).all():
                known.add(row.message_id)
                if row.message_id not in final:
                    _note_delay(row, reports[row.message_id])
                elif row.cause != BOUNCED:
                    _mark(row.id, final[row.message_id])
                    newly += 1
    delayed = sum(1 for one in reports.values() if not one.is_final and one.message_id in known)
    unknown = tuple(sorted(set(reports) - known))[:_LISTED]
    others = sum(1 for one in found if one is None or one.message_id not in known)
    return BounceReport(len(found), newly, delayed, others, unknown)


def take_delivered_bounces(delivery_id: str, mails: Iterable[Bounce | None]) -> BounceReport | None:
    """Act on what was posted to /hooks/mail; None where the same delivery came before.

    What the signature lets through is at most as old as the memory of deliveries.
    """
    with transaction():
        return take_bounces(mails) if take(_DELIVERIES, delivery_id) else None


def _parts(numbers: list[str]) -> Iterable[list[str]]:
    return (numbers[start : start + _AT_ONCE] for start in range(0, len(numbers), _AT_ONCE))


def _note_delay(row: Row[int, str, str, str, str], bounce: Bounce) -> None:
    """Say at a mail that was sent why it is late; it may still arrive, so nothing else follows."""
    if row.state == "sent" and row.reason != bounce.reason:
        session.execute(update(Message).where(Message.id == row.id).values(reason=bounce.reason))
        audit.note("message.delay", f"message:{row.id}")


def _mark(message_id: int, bounce: Bounce) -> None:
    session.execute(
        update(Message)
        .where(Message.id == message_id)
        .values(state="suppressed", cause=BOUNCED, reason=bounce.reason)
    )
    audit.note("message.bounce", f"message:{message_id}")


def find_returned(person: Person) -> tuple[str, str] | None:
    """Return the address that the person is written at, where mail to it came back, and why."""
    primary = person.primary_address
    address = primary.address if primary else ""
    why = find_bounced({person.id}).get((person.id, address))
    return None if why is None else (address, why)


def find_bounced(person_ids: Collection[int]) -> dict[tuple[int, str], str]:
    """Return the addresses of these persons from which mail came back, and why; one statement."""
    statement = select(Message.person_id, Message.address, Message.reason).where(
        Message.person_id.in_(person_ids), Message.cause == BOUNCED
    )
    return {(row[0], row[1]): row[2] for row in session.execute(statement)} if person_ids else {}
