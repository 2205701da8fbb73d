"""Sending a letter to learners, once, and stopping what has not left of it."""

from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.exc import IntegrityError

from academy.db import now, session, transaction
from academy.learning.groups.letters import STOPPED, Recipients, Whom, leaves_at
from academy.learning.groups.models import CourseLetter
from academy.learning.groups.recipients import read_recipients
from academy.learning.groups.statements import Group
from academy.lib import jobs
from academy.messaging.kinds import LETTER
from academy.messaging.letters import Letter
from academy.messaging.models import Message
from academy.messaging.service import plan_many
from academy.people.models import Person
from academy.security import audit


class ListChanged(Exception):
    """The people who would get it are others than those that were seen."""


class NobodyGetsIt(Exception):
    """Nobody is left who may be written to."""


class NothingToStop(Exception):
    """All of it has left, or it was stopped before."""


def send_letter(
    group: Group, author: Person, whom: Whom, draft: Letter, *, key: str, seen: str
) -> CourseLetter:
    """Plan a letter for everybody on the list that was seen, and return it.

    Sent twice under one key it is sent once. Raises NobodyGetsIt, and ListChanged where the list
    is another than that of the fingerprint `seen`. Six statements, however many people.
    """
    try:
        with transaction():
            return _find_sent(group, author, key) or _send(
                group, author, whom, draft, key=key, seen=seen
            )
    except IntegrityError:
        # Another process sent it in the same moment.
        found = _find_sent(group, author, key)
        if found is None:
            raise
        return found


def _find_sent(group: Group, author: Person, key: str) -> CourseLetter | None:
    mine = select(CourseLetter).where(
        CourseLetter.key == key, CourseLetter.course_id == group.course.id,
        CourseLetter.author_id == author.id,
    )  # fmt: skip
    return session.scalars(mine).one_or_none()


def _send(
    group: Group, author: Person, whom: Whom, draft: Letter, *, key: str, seen: str
) -> CourseLetter:
    recipients = read_recipients(group, whom)
    if not recipients.gets:
        raise NobodyGetsIt
    if recipients.fingerprint != seen:
        raise ListChanged
    letter = CourseLetter(
        course_id=group.course.id, author_id=author.id, key=key, subject=draft.subject,
        text=draft.text, left_out=dict(recipients.left_out),
    )  # fmt: skip
    session.add(letter)
    session.flush()
    planned = _plan(letter, recipients)
    audit.note(
        "letter.sent", f"course:{group.course.slug}", actor_id=author.id, letter=letter.id,
        people=planned, left_out=sum(recipients.left_out.values()),
    )  # fmt: skip
    jobs.ask_soon("message.sweep")
    return letter


def _plan(letter: CourseLetter, recipients: Recipients) -> int:
    at = now()
    common: dict[str, Any] = {"kind": LETTER, "occasion": letter.occasion, "expires_at": None}
    return plan_many([
        {**common, "person_id": one.person_id, "address": one.address,
         "due_at": leaves_at(one, at)}
        for one in recipients.gets
    ])  # fmt: skip


def stop_letter(letter: CourseLetter, actor_id: int) -> int:
    """Let nothing more of it leave; return how many will not get it. Raises NothingToStop."""
    waits = or_(
        Message.state.in_(("planned", "failed")),
        and_(Message.state == "claimed", Message.handed_over_at.is_(None)),
    )
    with transaction() as current:
        locked = current.get_one(CourseLetter, letter.id, with_for_update=True)
        stopped = current.execute(
            update(Message)
            .where(Message.occasion == letter.occasion, Message.kind == LETTER, waits)
            .values(state="suppressed", cause="stopped", reason=STOPPED)
        )
        people: int = stopped.rowcount  # type: ignore[attr-defined]
        if not people:
            raise NothingToStop
        locked.stopped_at = now()
        audit.note("letter.stopped", f"letter:{letter.id}", actor_id=actor_id, people=people)
    return people
