"""Holding threads while something in them changes; always the lower id first."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.discussion.models import Post, Thread


def lock_thread(current: Session, thread_id: int) -> Thread:
    """Hold the thread until the transaction ends, as it stands now.

    Whatever changes what of it is shown takes this lock first: its posts are counted in it.
    """
    return current.get_one(Thread, thread_id, with_for_update=True, populate_existing=True)


def lock_threads(current: Session, ids: Collection[int]) -> dict[int, Thread]:
    """Hold several threads, always in the same order, so that nobody waits in a ring."""
    return {one: lock_thread(current, one) for one in sorted(set(ids))}


def lock_thread_of(current: Session, post: Post) -> Thread:
    """Hold the thread in which the post stands now, and refresh the post.

    Moderators may have moved it since it was read, or while this waited: then the lock of its
    former thread is given back before the other one is taken.
    """
    while True:
        point = current.begin_nested()
        thread = lock_thread(current, post.thread_id)
        stands_in = current.scalar(select(Post.thread_id).where(Post.id == post.id))
        if stands_in == thread.id:
            point.commit()
            current.refresh(post)
            return thread
        point.rollback()
        current.refresh(post)
