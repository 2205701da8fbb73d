"""Who hears of a post: told a moment after its commit, once, by what holds then.

Finding and writing to readers costs more than the post itself, so a job does it; the row itself
says that nobody was told yet (`untold_since`), so nothing is forgotten when a process dies.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from academy.db import now, transaction
from academy.discussion.models import Post, Thread
from academy.discussion.news import Told, tell_readers
from academy.lib.jobs import ask_soon

#: So many posts are told in one transaction: each may have hundreds of readers.
MOST_AT_ONCE = 20
#: And so many such parts in one run of the job: the next one goes on.
MOST_PARTS = 10


def tell_soon() -> None:
    """Let readers be told of posts that everybody sees, a moment after the commit."""
    ask_soon("post.tell")


def tell_anew(post_ids: Collection[int]) -> None:
    """Let readers be told of posts that appear again; whoever was told before is left out."""
    with transaction() as current:
        current.execute(
            update(Post)
            .where(Post.id.in_(post_ids))
            .values(untold_since=now())
            .execution_options(synchronize_session=False)
        )
    tell_soon()


def tell_posts(parts: int = MOST_PARTS) -> int:
    """Tell readers of the posts that wait for it; return how many. Two workers share them.

    What is hidden, or stands in a hidden thread, waits on until it is shown.
    """
    told = 0
    for _ in range(parts):
        with transaction() as current:
            taken = _take(current)
            tell_readers(taken)
        told += len(taken)
        if len(taken) < MOST_AT_ONCE:
            return told
    tell_soon()
    return told


def _take(current: Session) -> Sequence[Told]:
    """Take posts that wait: who comes second sees what the first has left.

    Their rows are held until the notices are written, so an edit that calls somebody comes before
    or after, and a post that is hidden meanwhile is told to nobody or was told already.
    """
    waits = (
        select(*(getattr(Post, name) for name in Told._fields))
        .join(Thread, Thread.id == Post.thread_id)
        .where(Post.untold_since.is_not(None), Post.state == "visible", Thread.state != "hidden")
        .order_by(Post.id)
        .limit(MOST_AT_ONCE)
        .with_for_update(skip_locked=True, of=Post)
    )
    taken = [Told(*row) for row in current.execute(waits)]
    if taken:
        current.execute(
            update(Post)
            .where(Post.id.in_([post.id for post in taken]))
            .values(untold_since=None)
            .execution_options(synchronize_session=False)
        )
    return taken
