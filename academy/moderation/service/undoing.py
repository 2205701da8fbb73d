"""Taking decisions back: what was done is undone where it can be."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy.db import now, transaction
from academy.discussion import service as discussion
from academy.discussion.errors import CannotRearrange
from academy.discussion.models import Post, Thread
from academy.discussion.service.locking import lock_thread, lock_thread_of
from academy.discussion.service.withholding import set_thread
from academy.discussion.service.writing import appear, vanish
from academy.lib.jobs import DESK, announce
from academy.moderation.errors import NotPossible
from academy.moderation.models import Decision, Flag
from academy.moderation.service.flagging import open_entry
from academy.moderation.vocabulary import FINAL
from academy.people.models import Person
from academy.security import audit


def undo_decision(decision: Decision, moderator: Person, *, is_right: bool = False) -> None:
    """Take a decision back: what kept somebody away ends, what was moved returns.

    A post is again what it was before: one that had waited waits again, but where its author was
    right (`is_right`) it is shown. What was removed cannot come back: its words are gone. Raises
    NotPossible, and nothing is changed then.
    """
    with transaction() as current:
        current.refresh(decision, with_for_update=True)
        if decision.undone_at is not None or decision.action in FINAL:
            raise NotPossible
        try:
            _turn_back(current, decision, moderator, is_right=is_right)
        except CannotRearrange as refusal:
            raise NotPossible(refusal.why) from refusal
        decision.undone_at, decision.undone_by = now(), moderator.id
        audit.note("moderation.undo", f"decision:{decision.id}", actor_id=moderator.id)
    announce("moderation.queue", DESK)


_BACK: dict[str, dict[str, object]] = {
    "lock": {"state": "open"},
    "slow": {"slow_seconds": 0},
    "pin": {"is_pinned": False},
    "unpin": {"is_pinned": True},
    "hide_thread": {"state": "open"},
}


def _turn_back(current: Session, decision: Decision, moderator: Person, *, is_right: bool) -> None:
    post = current.get(Post, decision.post_id) if decision.post_id else None
    if "rearrangement" in decision.facts:
        discussion.undo_rearrangement(decision.facts["rearrangement"])
    elif post and decision.action == "edit":
        discussion.restore(post, moderator.id, decision.facts["version"])
    elif post:
        thread = lock_thread_of(current, post)
        _turn_post_back(current, thread, post, decision, is_right=is_right)
    elif decision.thread_id and decision.action in _BACK:
        thread = lock_thread(current, decision.thread_id)
        set_thread(current, thread, _BACK[decision.action])


def _turn_post_back(
    current: Session, thread: Thread, post: Post, decision: Decision, *, is_right: bool
) -> None:
    """Give the post its state of before; what somebody else made of it since stays."""
    was = str(decision.facts.get("was", "visible"))
    if decision.action == "hide" and post.state == "hidden":
        if is_right or was == "visible":
            appear(current, thread, post)
        else:
            _let_wait(current, thread, post, was)
    elif decision.action == "approve" and post.state == "visible":
        _let_wait(current, thread, post, was)


def _let_wait(current: Session, thread: Thread, post: Post, was: str) -> None:
    """Put the post into the queue again, as held or as flagged."""
    if was != post.state:
        vanish(current, thread, post, was)
    if was == "hidden":
        return
    entry = open_entry(current, post.id)
    entry.held_for = "again" if was == "held" else ""
    flags = select(func.count()).where(Flag.post_id == post.id)
    entry.flags = current.scalar(flags) or 0
    current.flush()
