"""Reads of the delivery ledger."""

from collections.abc import Sequence

from sqlalchemy import func, select

from academy.db import session
from academy.messaging import post_office
from academy.messaging.channels import FolderChannel
from academy.messaging.html_twin import write_html
from academy.messaging.letters import language_of
from academy.messaging.mails import NotAnAddress, make_mail
from academy.messaging.models import STATES, Message
from academy.people.models import Person


def latest_messages(before: int | None = None, limit: int = 50) -> Sequence[Message]:
    """Return the newest messages, those with an id below `before` only; one statement."""
    statement = select(Message).order_by(Message.id.desc()).limit(limit)
    if before is not None:
        statement = statement.where(Message.id < before)
    return session.scalars(statement).all()


def find_message(message_id: int) -> Message | None:
    """Return one message; one statement."""
    return session.get(Message, message_id)


def count_by_state() -> dict[str, int]:
    """Return how many messages are in each state; one statement."""
    statement = select(Message.state, func.count()).group_by(Message.state)
    return dict.fromkeys(STATES, 0) | dict(session.execute(statement).all())


def source_of(message: Message) -> str:
    """Return the mail of `message` as it left, with all that went with it; else as it stands.

    "" for no address. One statement.
    """
    office = post_office.current()
    folder = office.channel if isinstance(office.channel, FolderChannel) else None
    if folder is not None and (left := folder.read(message.message_id)):
        return left.decode(errors="replace").replace("\r\n", "\n")
    try:
        mail = make_mail(
            sender=office.sender, address=message.address, subject=message.subject,
            text=message.text, message_id=message.message_id, at=message.created_at,
            language=_language_of(message),
        )  # fmt: skip
    except NotAnAddress:
        return ""
    return mail.content.decode().replace("\r\n", "\n")


def html_of(message: Message) -> str:
    """Return the HTML twin of `message`, as a mail program shows it; one statement."""
    return write_html(message.subject, message.text, _language_of(message))


def _language_of(message: Message) -> str:
    language = session.scalar(select(Person.language).where(Person.id == message.person_id))
    return language_of(message.kind, language or "")
