"""Decisions: what becomes of posts, threads and people; each with a reason, told and logged."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from academy.db import now, transaction
from academy.discussion.models import Post, Thread
from academy.discussion.service.locking import lock_thread, lock_thread_of
from academy.discussion.service.withholding import set_thread
from academy.discussion.service.writing import appear, empty, vanish
from academy.lib.jobs import DESK, PUT_OUT, announce, room_of_person
from academy.moderation.errors import DecidedMeanwhile, NotPossible
from academy.moderation.models import Decision, Reason, Waiting
from academy.moderation.news import tell_authors
from academy.moderation.vocabulary import PERSON_ACTIONS, POST_ACTIONS, THREAD_ACTIONS
from academy.people.models import Person
from academy.security import audit


def decide_on_post(
    post: Post, moderator: Person, action: str, reason: str, note: str = ""
) -> Decision:
    """Approve, hide or remove a post; its author is told and may appeal.

    Raises DecidedMeanwhile where nothing waits any more and the post is already as asked or its
    author took it away, and NotPossible for an unknown action or reason.
    """
    with transaction() as current:
        words = check(current, action, POST_ACTIONS, reason)
        thread = lock_thread_of(current, post)
        if post.state == "removed" or (not _close(current, post.id) and _is_already(post, action)):
            raise DecidedMeanwhile
        decision = Decision(
            action=action, reason=reason, reason_words=words, note=note, post_id=post.id,
            facts={"was": post.state}, thread_id=thread.id, person_id=post.author_id,
            decided_by=moderator.id,
        )  # fmt: skip
        _carry_out(current, thread, post, action)
        return keep(current, decision)


def check(current: Session, action: str, actions: tuple[str, ...], reason: str) -> dict[str, str]:
    """Return the words of the reason as they are now; raises NotPossible for what is not offered.

    They are kept with the decision: whatever becomes of the list, it says what its author read.
    """
    found = current.get(Reason, reason)
    if action not in actions or found is None or not found.is_active:
        raise NotPossible
    return dict(found.words)


def _close(current: Session, post_id: int) -> bool:
    closed = current.execute(
        update(Waiting)
        .where(Waiting.post_id == post_id, Waiting.closed_at.is_(None))
        .values(closed_at=now(), held_for="", flags=0)
        .execution_options(synchronize_session="fetch")
    )
    return bool(closed.rowcount)  # type: ignore[attr-defined]


def _is_already(post: Post, action: str) -> bool:
    return {"approve": "visible", "hide": "hidden", "remove": "removed"}[action] == post.state


def _carry_out(current: Session, thread: Thread, post: Post, action: str) -> None:
    if action == "approve":
        if post.state in {"held", "hidden"}:
            appear(current, thread, post)
        return
    if action == "remove":
        empty(current, post)
    if post.state != "removed":
        vanish(current, thread, post, "removed" if action == "remove" else "hidden")


def decide_on_person(
    person: Person, moderator: Person, action: str, reason: str, *, note: str = "",
    until: datetime | None = None,
) -> Decision:  # fmt: skip
    """Warn somebody, hold all their posts, or keep them from writing until a moment."""
    with transaction() as current:
        words = check(current, action, PERSON_ACTIONS, reason)
        decision = Decision(
            action=action, reason=reason, reason_words=words, note=note, person_id=person.id,
            decided_by=moderator.id, until=until,
        )  # fmt: skip
        return keep(current, decision)


def decide_on_thread(
    thread: Thread, moderator: Person, action: str, reason: str, note: str = ""
) -> Decision:
    """Lock, slow, pin or hide a thread, or take that back; whoever began it is told.

    Raises NotPossible where it was merged into another meanwhile.
    """
    with transaction() as current:
        words = check(current, action, THREAD_ACTIONS, reason)
        thread = lock_thread(current, thread.id)
        if thread.merged_into is not None:
            raise NotPossible
        set_thread(current, thread, _THREAD_CHANGES[action])
        decision = Decision(
            action=action, reason=reason, reason_words=words, note=note, thread_id=thread.id,
            person_id=thread.started_by, decided_by=moderator.id,
        )  # fmt: skip
        return keep(current, decision)


#: A slow thread takes a post of one person every five minutes.
SLOW_SECONDS = 300
_THREAD_CHANGES: dict[str, dict[str, object]] = {
    "lock": {"state": "locked"},
    "unlock": {"state": "open", "slow_seconds": 0},
    "slow": {"slow_seconds": SLOW_SECONDS},
    "pin": {"is_pinned": True},
    "unpin": {"is_pinned": False},
    "hide_thread": {"state": "hidden"},
    "show_thread": {"state": "open"},
}


def keep(current: Session, decision: Decision) -> Decision:
    """Store a decision in the log, tell whom it concerns, and show it on open desks."""
    current.add(decision)
    current.flush()
    tell_authors([decision])
    note_decisions([decision])
    if decision.action == "suspend" and decision.person_id is not None:
        announce(PUT_OUT, room_of_person(decision.person_id))
    return decision


def note_decisions(decisions: Sequence[Decision]) -> None:
    """Append each of one kind to the log, and tell open desks once."""
    if decisions:
        subjects = [f"decision:{one.id}" for one in decisions]
        first = decisions[0]
        audit.note_each(f"moderation.{first.action}", subjects, actor_id=first.decided_by)
    announce("moderation.queue", DESK)
