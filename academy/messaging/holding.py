"""What the delivery ledger holds of a person, and how it lets go."""

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import delete, select

from academy.db import in_parts, session, transaction
from academy.messaging.kinds import SECRET
from academy.messaging.models import MailChoices, Message, Notice
from academy.people.ports import Holder


def _needed(_person_ids: Collection[int], _but_for: int | None) -> set[int]:
    """Nobody is kept for a message that was sent."""
    return set()


def _told(person_id: int) -> dict[str, Any]:
    statement = select(Message).where(Message.person_id == person_id).order_by(Message.id)
    choices = session.get(MailChoices, person_id)
    return {
        "mail_choices": choices
        and {
            "quiet_from_minute": choices.quiet_begins,
            "quiet_to_minute": choices.quiet_ends,
            "refused": choices.refused,
            "rhythms": choices.rhythms,
            "weekly_on": choices.weekly_on,
        },
        "news": [
            {
                # What it says may name other people: it stands on the page, for whom may see it.
                "kind": notice.kind,
                "path": notice.path,
                "happened_at": notice.happened_at.isoformat(),
                "told_at": notice.told_at and notice.told_at.isoformat(),
            }
            for notice in session.scalars(
                select(Notice).where(Notice.person_id == person_id).order_by(Notice.id)
            )
        ],
        "messages": [
            {
                "kind": message.kind,
                "channel": message.channel,
                "address": message.address,
                "subject": message.subject,
                # A link that opens a door is in the mail only, not in a file that is passed on.
                "text": "" if message.kind in SECRET else message.text,
                "state": message.state,
                "written_at": message.created_at.isoformat(),
                "sent_at": message.sent_at and message.sent_at.isoformat(),
            }
            for message in session.scalars(statement)
        ],
    }


def _let_go(person_id: int) -> None:
    """Delete every message: whoever is erased is written to no more."""
    for table in (Notice, Message, MailChoices):
        session.execute(delete(table).where(table.person_id == person_id))


def forget_messages(person_ids: Collection[int], is_about: Callable[[str], bool]) -> int:
    """Delete the messages to these persons whose occasion says so; return how many they were."""
    gone: list[int] = []
    with transaction():
        for part in in_parts(person_ids):
            rows = session.execute(
                select(Message.id, Message.occasion).where(Message.person_id.in_(part))
            )
            gone += [message_id for message_id, occasion in rows if is_about(occasion)]
        for part in in_parts(gone):
            session.execute(delete(Message).where(Message.id.in_(part)))
    return len(gone)


HOLDER = Holder("messages", _needed, _told, _let_go)
