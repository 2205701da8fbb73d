"""Planning a message: one row of the ledger for each person, occasion, kind and channel."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import parseaddr
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from academy.bulk import insert_new
from academy.db import session, table_of, transaction
from academy.lib import jobs
from academy.messaging import post_office
from academy.messaging.letters import Reader, write_letter
from academy.messaging.models import Message
from academy.people.models import Person

MAIL = "mail"

#: One statement that plans a message unless it is planned: on each database in its own words, and
#: built once, for it runs at every click that is confirmed by mail.
_MESSAGES = table_of(Message)
_INSERTS = {
    "sqlite": sqlite.insert(_MESSAGES).on_conflict_do_nothing().returning(_MESSAGES.c.id),
    "postgresql": postgresql.insert(_MESSAGES).on_conflict_do_nothing().returning(_MESSAGES.c.id),
}
#: So many rows are planned by one statement: 25 MB of text.
_AT_ONCE = 100_000
#: What differs between the rows of one statement.
_COLUMNS = ("person_id", "address", "kind", "occasion", "due_at", "expires_at")
_NAMES = ("channel", "subject", "text", "message_id", *_COLUMNS)


def post(
    person_id: int, address: str, kind: str, occasion: str, values: Mapping[str, object], *,
    expires_at: datetime | None = None,
) -> int:  # fmt: skip
    """Plan one message of `kind` to `address` and return its id.

    `occasion` ("token:17", "registration:5") makes it unique together with person and kind:
    planning it again changes nothing and returns the same id. Values are data for
    templates/messages/<kind>.txt (messaging/kinds.py lists them). Sending begins after the commit;
    what was not sent by `expires_at` is not sent any more, but listed as missed.
    """
    with transaction() as current:
        person = current.get_one(Person, person_id)
        reader = Reader(person.greeting, person.language, person.zone)
        letter = write_letter(kind, reader, post_office.current().base_url, values)
        message_id = _insert({
            "person_id": person_id, "address": address, "kind": kind, "occasion": occasion,
            "channel": MAIL, "subject": letter.subject, "text": letter.text,
            "message_id": new_message_id(), "expires_at": expires_at,
        })  # fmt: skip
        if message_id is None:
            return _get_planned(person_id, kind, occasion)
        jobs.ask_soon("message.sweep")
    return message_id


def _insert(row: dict[str, object]) -> int | None:
    """Plan the message and return its id; None where the same is planned already."""
    planned: int | None = session.scalar(_INSERTS[session.get_bind().dialect.name], row)
    return planned


def plan_many(rows: Sequence[Mapping[str, object]]) -> int:
    """Plan messages without a text; those that are planned already stay; return how many are new.

    A row: person_id, address, kind, occasion, due_at, expires_at. The text is written when the
    message leaves (ports.plug_writer), so that it says what holds then; a row may bring subject
    and text all the same. One statement for a hundred thousand.
    """
    with transaction():
        return sum(
            insert_new(_MESSAGES, _NAMES, map(_complete, rows[start : start + _AT_ONCE]))
            for start in range(0, len(rows), _AT_ONCE)
        )


def _complete(row: Mapping[str, object]) -> tuple[object, ...]:
    words = (row.get("subject", ""), row.get("text", ""))
    return (MAIL, *words, new_message_id(), *(row[name] for name in _COLUMNS))


def _get_planned(person_id: int, kind: str, occasion: str) -> int:
    statement = select(Message.id).filter_by(
        person_id=person_id, kind=kind, occasion=occasion, channel=MAIL
    )
    return session.scalars(statement).one()


def new_message_id() -> str:
    """Return a Message-ID that no other mail has (RFC 5322, 3.6.4)."""
    domain = parseaddr(post_office.current().sender)[1].rpartition("@")[2] or "localhost"
    return f"<{uuid4().hex}@{domain}>"
