"""Best answers: posts that moderators mark as worth reading, named on top of their thread."""

from sqlalchemy import func, select

from academy.db import transaction
from academy.discussion import events
from academy.discussion.errors import NotYours, TooManyBest
from academy.discussion.models import Post
from academy.discussion.policy import can_moderate
from academy.discussion.service.locking import lock_thread_of
from academy.people.models import Person
from academy.security import audit

#: A list of more would have to be read itself.
MOST_BEST = 12


def recommend(post: Post, moderator: Person) -> None:
    """Mark a post that everybody sees as worth reading; twice is once.

    Raises NotYours, or TooManyBest where the thread has a full list.
    """
    _mark(post, moderator, is_best=True)


def recommend_no_more(post: Post, moderator: Person) -> None:
    """Take the mark back; raises NotYours."""
    _mark(post, moderator, is_best=False)


def _mark(post: Post, moderator: Person, *, is_best: bool) -> None:
    if not can_moderate(moderator):
        raise NotYours
    with transaction() as current:
        thread = lock_thread_of(current, post)
        if post.is_best == is_best:
            return
        if is_best:
            if post.state != "visible":
                raise NotYours
            marked = select(func.count()).where(Post.thread_id == thread.id, Post.is_best)
            if (current.scalar(marked) or 0) >= MOST_BEST:
                raise TooManyBest
            thread.has_best = True
        post.is_best = is_best
        current.flush()
        audit.note(
            "post.recommend" if is_best else "post.recommend_no_more", f"post:{post.id}",
            actor_id=moderator.id,
        )  # fmt: skip
        events.post_changed(thread, post, "edited")
        events.thread_changed(thread)
