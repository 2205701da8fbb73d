"""The summary on top of a thread: written by moderators, every version kept."""

from sqlalchemy import select

from academy.db import transaction
from academy.discussion import events
from academy.discussion.errors import EditedMeanwhile, NotYours
from academy.discussion.models import Thread, ThreadSummary
from academy.discussion.policy import can_moderate
from academy.discussion.service.locking import lock_thread
from academy.people.models import Person
from academy.security import audit

#: Characters: what is longer is no summary.
LONGEST_SUMMARY = 4_000


def summarise(thread_id: int, moderator: Person, body: str, *, version: int, covers: int) -> Thread:
    """Let `body` (Markdown) stand on top of the thread; an empty one takes the summary away.

    `version` is the one that it was made from, `covers` the number of the last post that it
    tells of. Open browsers show it at once. Raises NotYours, or EditedMeanwhile with the words
    that stand now.
    """
    if not can_moderate(moderator):
        raise NotYours
    with transaction() as current:
        thread = lock_thread(current, thread_id)
        if thread.summary_version != version:
            raise EditedMeanwhile(thread.summary, thread.summary_version)
        covers = min(max(covers, 1), thread.last_number) if body else 0
        if (body, covers) == (thread.summary, thread.summary_covers):
            return thread
        thread.summary, thread.summary_covers = body, covers
        thread.summary_version += 1
        current.add(
            ThreadSummary(
                thread_id=thread.id, version=thread.summary_version, body=body, covers=covers,
                written_by=moderator.id,
            )
        )  # fmt: skip
        current.flush()
        audit.note("thread.summarise", f"thread:{thread.id}", actor_id=moderator.id)
        events.thread_changed(thread)
        return thread


def put_back(thread_id: int, moderator: Person, wanted: int, *, version: int) -> Thread:
    """Let an older version of the summary stand again, as a new one; the way to undo.

    Raises NotYours (also where there is no such version), or EditedMeanwhile.
    """
    with transaction() as current:
        same = select(ThreadSummary).where(
            ThreadSummary.thread_id == thread_id, ThreadSummary.version == wanted
        )
        old = current.scalars(same).one_or_none()
        if old is None:
            raise NotYours
        return summarise(thread_id, moderator, old.body, version=version, covers=old.covers)
