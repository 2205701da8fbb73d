"""What an organiser does with one message of the outbox: stop it, or try it again."""

from sqlalchemy import and_, or_, select, update

from academy.db import now, session, transaction
from academy.lib import jobs
from academy.messaging.models import Message
from academy.messaging.outbox import can_resend
from academy.messaging.ports import writers
from academy.messaging.service.planning import new_message_id
from academy.people.models import EmailAddress
from academy.security import audit

STOPPED = "stopped on the desk"
#: Kinds about an address go to that address, and to no other that the person has by now.
ABOUT_ADDRESSES = frozenset({"address_changed", "known_address", "password_changed"})


class TooLateError(Exception):
    """The message has left, or is leaving, or was stopped before."""


class NothingToTellError(Exception):
    """Another try makes no sense: it arrived, or what it tells is over."""


def stop_message(message_id: int, stopped_by: int) -> None:
    """Let a message that waits never leave; raises TooLateError where it has left.

    One in a batch that a worker has claimed is stopped too, until the moment it is handed over.
    """
    waits = or_(
        Message.state.in_(("planned", "failed")),
        and_(Message.state == "claimed", Message.handed_over_at.is_(None)),
    )
    with transaction() as current:
        stop = update(Message).where(Message.id == message_id, waits)
        found = current.execute(stop.values(state="suppressed", cause="stopped", reason=STOPPED))
        if not found.rowcount:  # type: ignore[attr-defined]
            raise TooLateError
        audit.note("message.stop", f"message:{message_id}", actor_id=stopped_by)


def resend_message(message_id: int, resent_by: int) -> None:
    """Plan another try, at once, to the address that the person writes from now.

    What was sent before leaves as another mail (programs would hide a second of one Message-ID),
    written as things stand. The log keeps who asked for it. Raises NothingToTellError. Whether
    there is something to tell is asked again as it leaves.
    """
    with transaction() as current:
        message = current.get_one(Message, message_id, with_for_update=True, populate_existing=True)
        if not can_resend(message):
            raise NothingToTellError
        if message.state == "sent":
            _begin_anew(message)
        message.state, message.cause, message.reason = "planned", "", ""
        message.attempts, message.due_at = 0, now()
        message.address = _address_now(message)
        audit.note("message.resend", f"message:{message_id}", actor_id=resent_by)
        jobs.ask_soon("message.sweep")


def _begin_anew(message: Message) -> None:
    message.message_id = new_message_id()
    message.sent_at = message.claimed_at = message.handed_over_at = None
    if message.kind in writers:
        message.subject = message.text = ""


def _address_now(message: Message) -> str:
    if message.kind in ABOUT_ADDRESSES:
        return message.address
    primary = select(EmailAddress.address).where(
        EmailAddress.person_id == message.person_id, EmailAddress.is_primary
    )
    return session.scalar(primary) or message.address
