"""Many posts decided about at once, each by itself: logged, told, and open to an appeal."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from academy.db import now, transaction
from academy.discussion.models import Post, Thread
from academy.discussion.service.locking import lock_thread
from academy.discussion.service.writing import appear_all, empty_all, vanish_all
from academy.moderation.errors import NotPossible
from academy.moderation.models import Decision, Waiting
from academy.moderation.news import tell_authors
from academy.moderation.service.deciding import check, note_decisions
from academy.moderation.vocabulary import POST_ACTIONS
from academy.people.models import Person

#: So many can be chosen at once; a page of the queue shows fewer.
MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided, and how many a colleague had decided about meanwhile."""

    decisions: Sequence[Decision]
    meanwhile: int


def decide_on_posts(
    waiting_ids: Collection[int], moderator: Person, action: str, reason: str, note: str = ""
) -> Outcome:
    """Approve, hide or remove what still waits of these entries of the queue, for one reason.

    What somebody else decided meanwhile is left as it is and counted. The number of statements
    grows only with those posts that others may quote. Raises NotPossible.
    """
    wanted = sorted(set(waiting_ids))
    if len(wanted) > MOST_AT_ONCE:
        raise NotPossible
    with transaction() as current:
        words = check(current, action, POST_ACTIONS, reason)
        threads = _lock_threads(current, wanted)
        posts = _close(current, wanted)
        common = {
            "action": action, "reason": reason, "reason_words": words, "note": note,
            "decided_by": moderator.id, "decided_at": now(),
        }  # fmt: skip
        rows = [common | _about(post) for post in posts]
        _carry_out(current, threads, posts, action)
        decisions = _keep(current, rows)
        tell_authors(decisions)
        note_decisions(decisions)
    return Outcome(decisions, len(wanted) - len(decisions))


def _about(post: Post) -> dict[str, object]:
    return {
        "post_id": post.id, "thread_id": post.thread_id, "person_id": post.author_id,
        "facts": {"was": post.state},
    }  # fmt: skip


def _keep(current: Session, rows: Sequence[dict[str, object]]) -> Sequence[Decision]:
    """Store the decisions in one statement; their order does not matter."""
    return current.scalars(insert(Decision).returning(Decision), rows).all() if rows else []


def _lock_threads(current: Session, waiting_ids: Sequence[int]) -> dict[int, Thread]:
    """Hold the threads of these entries, in the order in which everybody takes them."""
    ids = (
        select(Post.thread_id)
        .join(Waiting, Waiting.post_id == Post.id)
        .where(Waiting.id.in_(waiting_ids))
    )
    locked = select(Thread).where(Thread.id.in_(ids)).order_by(Thread.id).with_for_update()
    found = current.scalars(locked.execution_options(populate_existing=True))
    return {thread.id: thread for thread in found}


def _close(current: Session, waiting_ids: Sequence[int]) -> Sequence[Post]:
    """Close what is still open of these entries and return its posts as they stand now.

    What its author took away waits no more.
    """
    standing = select(Post.id).where(Post.state != "removed")
    closed = current.scalars(
        update(Waiting)
        .where(
            Waiting.id.in_(waiting_ids),
            Waiting.closed_at.is_(None),
            Waiting.post_id.in_(standing),
        )
        .values(closed_at=now(), held_for="", flags=0)
        .returning(Waiting.post_id)
        .execution_options(synchronize_session=False)
    ).all()
    posts = select(Post).where(Post.id.in_(closed)).order_by(Post.id)
    return current.scalars(posts.execution_options(populate_existing=True)).all()


def _carry_out(
    current: Session, threads: dict[int, Thread], posts: Sequence[Post], action: str
) -> None:
    for gone in {post.thread_id for post in posts} - threads.keys():  # moved a moment ago
        threads[gone] = lock_thread(current, gone)
    placed = [(threads[post.thread_id], post) for post in posts]
    if action == "approve":
        appear_all(current, [one for one in placed if one[1].state in {"held", "hidden"}])
        return
    if action == "remove":
        empty_all(current, placed)
    standing = [one for one in placed if one[1].state != "removed"]
    vanish_all(current, standing, "removed" if action == "remove" else "hidden")
