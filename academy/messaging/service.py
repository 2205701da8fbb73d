"""The delivery ledger at work: plan a message once, claim it, send it, try again when it failed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, case, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from academy.db import now, session, table_of, transaction
from academy.lib import jobs
from academy.messaging import post_office
from academy.messaging.channels import DeliveryFailed, DeliveryRefused, FolderChannel
from academy.messaging.kinds import SECRET
from academy.messaging.letters import Letter, Reader, make_mail, write_letter
from academy.messaging.models import Message
from academy.people.models import Person

MAIL = "mail"
#: A claim as old as this belongs to a worker that died.
CLAIM_LASTS = timedelta(minutes=5)
MOST_ATTEMPTS = 12
LONGEST_WAIT = timedelta(hours=6)
TAKEN_OVER = "a worker died while sending; the message may arrive twice"

#: One statement that plans a message unless it is planned: on each database in its own words, and
#: built once, for it runs at every click that is confirmed by mail.
_MESSAGES = table_of(Message)
_INSERTS = {
    "sqlite": sqlite.insert(_MESSAGES).on_conflict_do_nothing().returning(_MESSAGES.c.id),
    "postgresql": postgresql.insert(_MESSAGES).on_conflict_do_nothing().returning(_MESSAGES.c.id),
}


def post(
    person_id: int, address: str, kind: str, occasion: str, values: Mapping[str, object]
) -> int:
    """Plan one message of `kind` to `address` and return its id.

    `occasion` ("token:17", "registration:5") makes it unique together with person and kind:
    planning it again changes nothing and returns the same id. Values are data for
    templates/messages/<kind>.txt (messaging/kinds.py lists them). Sending begins after the commit.
    """
    with transaction() as current:
        person = current.get_one(Person, person_id)
        reader = Reader(person.greeting, person.language, person.zone)
        letter = write_letter(kind, reader, post_office.current().base_url, values)
        message_id = _insert(person_id, address, kind, occasion, letter)
        if message_id is None:
            return _get_planned(person_id, kind, occasion)
        jobs.ask_soon("message.sweep")
    return message_id


def _insert(person_id: int, address: str, kind: str, occasion: str, letter: Letter) -> int | None:
    """Plan the message and return its id; None where the same is planned already."""
    row = {
        "person_id": person_id, "address": address, "kind": kind, "occasion": occasion,
        "channel": MAIL, "subject": letter.subject, "text": letter.text,
        "message_id": _new_message_id(),
    }  # fmt: skip
    planned: int | None = session.scalar(_INSERTS[session.get_bind().dialect.name], row)
    return planned


def _get_planned(person_id: int, kind: str, occasion: str) -> int:
    statement = select(Message.id).filter_by(
        person_id=person_id, kind=kind, occasion=occasion, channel=MAIL
    )
    return session.scalars(statement).one()


def _new_message_id() -> str:
    domain = parseaddr(post_office.current().sender)[1].rpartition("@")[2] or "localhost"
    return f"<{uuid4().hex}@{domain}>"


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a worker took from the ledger, and the mark by which the row knows that it did."""

    id: int
    at: datetime
    address: str
    subject: str
    text: str
    message_id: str
    attempts: int


def deliver(message_id: int) -> bool:
    """Send one message if it is due and nobody else is sending it; return whether it was sent.

    The claim is committed before the channel is used and answered after: a worker that dies in
    between leaves a claim, which is told apart from a sent message and taken over later.
    """
    claim = _claim(message_id)
    if claim is None:
        return False
    office = post_office.current()
    try:
        office.channel.send(
            make_mail(
                sender=office.sender,
                address=claim.address,
                subject=claim.subject,
                text=claim.text,
                message_id=claim.message_id,
                at=claim.at,
            )
        )
    except (DeliveryRefused, ValueError) as error:
        _settle(claim, state="suppressed", reason=_short(error))
        return False
    except DeliveryFailed as error:
        _settle(claim, state="failed", reason=_short(error), due_at=_next_try(claim))
        return False
    _settle(claim, state="sent", sent_at=now())
    if not isinstance(office.channel, FolderChannel):
        _forget_secret(claim)
    return True


def _forget_secret(claim: _Claim) -> None:
    """Keep the ledger's row, but not the link in it: tokens are kept as hashes only.

    Where mail stays in the data folder, it is read from here at /dev/mail.
    """
    with transaction() as current:
        current.execute(
            update(Message)
            .where(Message.id == claim.id, Message.kind.in_(SECRET), Message.state == "sent")
            .values(text="")
        )


def _claim(message_id: int) -> _Claim | None:
    at = now()
    with transaction() as current:
        taken = current.execute(
            update(Message)
            .where(Message.id == message_id, _is_due(at))
            .values(
                state="claimed",
                claimed_at=at,
                attempts=Message.attempts + 1,
                reason=case((Message.state == "claimed", TAKEN_OVER), else_=Message.reason),
            )
            .returning(
                Message.address,
                Message.subject,
                Message.text,
                Message.message_id,
                Message.attempts,
            )
        ).one_or_none()
    return None if taken is None else _Claim(message_id, at, *taken)


def _is_due(at: datetime) -> ColumnElement[bool]:
    waiting = and_(Message.state.in_(("planned", "failed")), Message.due_at <= at)
    left_behind = and_(Message.state == "claimed", Message.claimed_at < at - CLAIM_LASTS)
    return and_(Message.attempts < MOST_ATTEMPTS, or_(waiting, left_behind))


def _settle(claim: _Claim, **values: str | datetime) -> None:
    """Write the outcome, unless another worker has taken the claim over in the meantime."""
    with transaction() as current:
        current.execute(
            update(Message)
            .where(
                Message.id == claim.id, Message.state == "claimed", Message.claimed_at == claim.at
            )
            .values(**values)
        )


def _next_try(claim: _Claim) -> datetime:
    """Wait 1, 2, 4, 8, … minutes, six hours at most."""
    return now() + min(timedelta(minutes=2 ** (claim.attempts - 1)), LONGEST_WAIT)


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:300]


def deliver_due(limit: int = 200) -> int:
    """Deliver what is due, oldest first; return how many were sent.

    Beat asks for it every minute, so a lost queue loses no message; what a worker that
    died had claimed is taken over, and its reason says that it may arrive twice.
    """
    at = now()
    with transaction() as current:
        due = current.scalars(
            select(Message.id).where(_is_due(at)).order_by(Message.due_at, Message.id).limit(limit)
        ).all()
    return sum(deliver(message_id) for message_id in due)
