"""News on their way into a mail: handed over by any area, gathered per person, told once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, String, and_, bindparam, cast, delete, exists, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from academy.db import in_parts, now, session, table_of, transaction
from academy.i18n.zones import zone_of
from academy.lib import jobs
from academy.messaging.digests import occasion_of
from academy.messaging.kinds import DIGEST
from academy.messaging.models import MailChoices, Message, Notice
from academy.messaging.notices import News, kind_of
from academy.messaging.quiet import Quiet
from academy.messaging.rhythms import AT_ONCE, MONDAY, NEVER, leaves_at
from academy.messaging.service.choices import rhythm_of
from academy.messaging.service.planning import plan_many
from academy.people.models import EmailAddress, Person

#: What happened longer ago is no news; what was told is kept so long, so as not to be told again.
KEPT = timedelta(days=180)
#: So many people get their mail planned in one transaction.
PEOPLE_AT_ONCE = 200
_NOTICES = table_of(Notice)
_INSERTS = {
    name: statement.returning(_NOTICES.c.id)
    for name, statement in (
        ("sqlite", sqlite.insert(_NOTICES).on_conflict_do_nothing()),
        ("postgresql", postgresql.insert(_NOTICES).on_conflict_do_nothing()),
    )
}
_REPLAN = (
    update(_NOTICES)
    .where(_NOTICES.c.id == bindparam("notice"))
    .values(due_at=bindparam("new_due_at"), rhythm=bindparam("new_rhythm"))
)
_GATHER = (
    update(_NOTICES)
    .where(_NOTICES.c.id == bindparam("notice"))
    .values(digest=bindparam("new_digest"))
)


_PERSONS, _CHOICES = table_of(Person), table_of(MailChoices)
_READERS = (
    select(_PERSONS.c.id, _PERSONS.c.zone, _CHOICES)
    .outerjoin_from(_PERSONS, _CHOICES, _CHOICES.c.person_id == _PERSONS.c.id)
    .where(_PERSONS.c.id.in_(bindparam("ids", expanding=True)), _PERSONS.c.disabled_at.is_(None))
)


def hand_over_notices(news: Iterable[News]) -> int:
    """Let these be told, each person's together; return how many were new.

    What was handed over before (kind, occasion, person) changes nothing, nor does what the person
    does not want to hear of, nor what happened half a year ago. Inside the caller's transaction:
    what is rolled back is not told. Two statements for every 500 people.
    """
    at = now()
    fresh = [one for one in news if one.happened_at > at - KEPT]
    with transaction() as current:
        readers = _read_readers({one.person_id for one in fresh})
        rows = [
            row for one in fresh if (row := _row(one, readers.get(one.person_id), at)) is not None
        ]
        if not rows:
            return 0
        insert = _INSERTS[current.get_bind().dialect.name]
        return len(current.execute(insert, rows).all())


#: The zone of a person, and what they chose, if anything.
Reader = Row[str, MailChoices | None]


def _read_readers(person_ids: Collection[int]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for part in in_parts(person_ids):
        rows = session.execute(_READERS, {"ids": part})
        found.update({row[0]: (row[1], None if row[2] is None else row) for row in rows})
    return found


def _row(news: News, reader: Any, at: datetime) -> dict[str, object] | None:
    """Return the row of the notice; None for one that nobody wants to hear of."""
    kind = kind_of(news.kind)
    if reader is None or (rhythm := rhythm_of(kind, reader[1])) == NEVER:
        return None
    return {
        "person_id": news.person_id, "kind": news.kind, "occasion": news.occasion,
        "path": news.path, "facts": dict(news.facts), "happened_at": news.happened_at,
        "words": {one: [said.title, said.text] for one, said in news.words.items()},
        "rhythm": rhythm, "due_at": _leaves_at(rhythm, at, reader),
    }  # fmt: skip


def _leaves_at(rhythm: str, at: datetime, reader: Any) -> datetime:
    zone, choices = reader
    quiet = Quiet(choices.quiet_begins, choices.quiet_ends) if choices else Quiet()
    weekly_on = choices.weekly_on if choices else MONDAY
    return _leave_alike(rhythm, at, zone, quiet, weekly_on)


@lru_cache(maxsize=256)
def _leave_alike(rhythm: str, at: datetime, zone: str, quiet: Quiet, weekly_on: int) -> datetime:
    """Keep it for those who want the same in the same zone: news of a post goes to many at once."""
    return leaves_at(rhythm, at, zone_of(zone), quiet, weekly_on)


def plan_digests() -> int:
    """Plan a mail for everybody whose hour has come; return how many mails were planned.

    The mail is a row of the ledger, planned in the transaction in which the notices go into it:
    a crash leaves both undone or both done. Five statements for every 200 people.
    """
    planned = 0
    while part := _plan_some(now()):
        planned += part
    return planned


def _plan_some(at: datetime) -> int:
    with transaction() as current:
        rows = current.execute(_due_together(at)).all()
        first: dict[int, int] = {}
        for notice_id, person_id in rows:
            first.setdefault(person_id, notice_id)
        if not first:
            return 0
        marks = [{"notice": number, "new_digest": first[person]} for number, person in rows]
        current.execute(_GATHER, marks)
        addresses = _read_addresses(first)
        plan_many([
            {"person_id": person, "address": addresses.get(person, ""), "kind": DIGEST,
             "occasion": occasion_of(number), "due_at": at, "expires_at": None}
            for person, number in first.items()
        ])  # fmt: skip
        jobs.ask_soon("message.sweep")
    return len(first)


def _due_together(at: datetime) -> Any:
    """Select what is due, and what waits only to be gathered, of the people whose hour has come.

    The rows are locked: a worker that comes second waits, and then finds them taken.
    """
    waits = Notice.digest.is_(None)
    people = select(Notice.person_id).where(waits, Notice.due_at <= at).distinct()
    return (
        select(Notice.id, Notice.person_id)
        .where(
            Notice.person_id.in_(people.order_by(Notice.person_id).limit(PEOPLE_AT_ONCE)),
            waits,
            or_(Notice.due_at <= at, Notice.rhythm == AT_ONCE),
        )
        .order_by(Notice.id)
        .with_for_update()
    )


def _read_addresses(person_ids: Collection[int]) -> Mapping[int, str]:
    statement = select(EmailAddress.person_id, EmailAddress.address).where(
        EmailAddress.person_id.in_(person_ids), EmailAddress.is_primary
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def plan_notices_anew(person_ids: Collection[int]) -> None:
    """Let what waits for these people leave at the hours, and as often, as they want it now.

    Three statements for every 500 people.
    """
    at = now()
    for part in in_parts(person_ids):
        with transaction() as current:
            waiting = _read_waiting(part)
            readers = _read_readers({one.person_id for one in waiting})
            changes, unwanted = _changes(waiting, readers, at)
            if changes:
                current.execute(_REPLAN, changes)
            if unwanted:
                current.execute(delete(Notice).where(Notice.id.in_(unwanted)))


def _read_waiting(person_ids: Collection[int]) -> Sequence[Any]:
    statement = select(Notice.id, Notice.person_id, Notice.kind, Notice.created_at).where(
        Notice.person_id.in_(person_ids), Notice.digest.is_(None)
    )
    return session.execute(statement.with_for_update()).all()


def _changes(
    waiting: Sequence[Any], readers: Mapping[int, Any], at: datetime
) -> tuple[list[dict[str, object]], list[int]]:
    """Return the new hours, and what is not wanted any more."""
    changes: list[dict[str, object]] = []
    unwanted: list[int] = []
    for one in waiting:
        reader = readers.get(one.person_id)
        rhythm = rhythm_of(kind_of(one.kind), reader[1]) if reader else NEVER
        if rhythm == NEVER:
            unwanted.append(one.id)
        else:
            due = _leaves_at(rhythm, one.created_at, reader)
            # A morning that is over at the new hours is not made up for in the afternoon.
            due = due if due > at else _leaves_at(rhythm, at, reader)
            changes.append({"notice": one.id, "new_due_at": due, "new_rhythm": rhythm})
    return changes, unwanted


def settle_notices() -> None:
    """Note what was told, and forget its words; one statement.

    They may name other people, and nobody needs them any more: the mail has left, or had nothing
    to tell.
    """
    left = exists().where(
        Message.occasion == "digest:" + cast(Notice.digest, String),
        Message.person_id == Notice.person_id,
        Message.kind == DIGEST,
        or_(
            Message.state == "sent",
            and_(Message.state == "suppressed", Message.cause == "outdated"),
        ),
    )
    with transaction() as current:
        current.execute(
            update(Notice)
            .where(Notice.digest.is_not(None), Notice.told_at.is_(None), left)
            .values(told_at=now(), words={}, facts={})
            .execution_options(synchronize_session=False)
        )


def forget_notices() -> int:
    """Delete what happened half a year ago, told or not; return how many these were."""
    with transaction() as current:
        gone = current.execute(delete(Notice).where(Notice.happened_at <= now() - KEPT))
        return int(gone.rowcount)  # type: ignore[attr-defined]
