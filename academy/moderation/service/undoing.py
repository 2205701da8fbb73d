"""Taking decisions back: what was done is undone where it can be."""

from sqlalchemy.orm import Session

from academy.db import now, transaction
from academy.discussion import events
from academy.discussion import service as discussion
from academy.discussion.errors import CannotRearrange
from academy.discussion.models import Post
from academy.discussion.service.locking import lock_thread, lock_thread_of
from academy.discussion.service.writing import appear
from academy.lib.jobs import DESK, announce
from academy.moderation.errors import NotPossible
from academy.moderation.models import Decision
from academy.people.models import Person
from academy.security import audit

#: What has no way back: words that are gone, or nothing that stays.
FINAL = frozenset({"remove", "approve", "warn"})


def undo_decision(decision: Decision, moderator: Person) -> None:
    """Take a decision back: what was hidden is shown again, what was moved returns.

    What was removed cannot come back: its words are gone. Raises NotPossible, and nothing is
    changed then.
    """
    with transaction() as current:
        current.refresh(decision, with_for_update=True)
        if decision.undone_at is not None or decision.action in FINAL:
            raise NotPossible
        try:
            _turn_back(current, decision, moderator)
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


def _turn_back(current: Session, decision: Decision, moderator: Person) -> None:
    post = current.get(Post, decision.post_id) if decision.post_id else None
    if "rearrangement" in decision.facts:
        discussion.undo_rearrangement(decision.facts["rearrangement"])
    elif post and decision.action == "edit":
        discussion.restore(post, moderator.id, decision.facts["version"])
    elif post and decision.action == "hide":
        thread = lock_thread_of(current, post)
        if post.state == "hidden":
            appear(current, thread, post)
    elif decision.thread_id and decision.action in _BACK:
        thread = lock_thread(current, decision.thread_id)
        for name, value in _BACK[decision.action].items():
            setattr(thread, name, value)
        current.flush()
        events.thread_changed(thread)
