"""What comes into the queue: posts that the gate held, and posts that readers flagged."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.db import now, transaction
from academy.discussion.errors import Suspended
from academy.discussion.models import Post
from academy.discussion.service.locking import lock_thread_of
from academy.lib.jobs import DESK, announce
from academy.moderation.models import Flag, Waiting
from academy.people.models import Person
from academy.people.ports import is_suspended


def keep_held(reasons: Mapping[int, str]) -> None:
    """Put held posts into the queue (called inside the transaction that wrote them)."""
    with transaction() as current:
        for post_id, reason in reasons.items():
            waiting = open_entry(current, post_id)
            waiting.held_for = reason
        current.flush()
    announce("moderation.queue", DESK)


def flag(post: Post, person: Person, reason: str, words: str = "") -> bool:
    """Note that a reader flags a post; return whether it is the first time they do.

    Nobody learns who flagged but moderators. The same person's second flag changes nothing.
    Raises Suspended.
    """
    if is_suspended(person):
        raise Suspended
    with transaction() as current:
        lock_thread_of(current, post)
        same = select(Flag).where(Flag.post_id == post.id, Flag.person_id == person.id)
        if post.author_id == person.id or current.scalars(same).one_or_none() is not None:
            return False
        current.add(Flag(post_id=post.id, person_id=person.id, reason=reason, words=words))
        waiting = open_entry(current, post.id)
        waiting.flags += 1
        current.flush()
    announce("moderation.queue", DESK)
    return True


def open_entry(current: Session, post_id: int) -> Waiting:
    """Return the post's row in the queue: a new one, or the old one opened again."""
    waiting = current.scalars(select(Waiting).where(Waiting.post_id == post_id)).one_or_none()
    if waiting is None:
        waiting = Waiting(post_id=post_id, held_for="", flags=0)
        current.add(waiting)
    elif waiting.closed_at is not None:
        waiting.closed_at, waiting.created_at = None, now()
    return waiting
