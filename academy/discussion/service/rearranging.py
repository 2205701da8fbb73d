"""Moving a thread to another subject, splitting posts off, merging threads; who may is asked above.

The decision around it, its reason and who is told are of moderation/service/rearranging.py.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from academy.db import session, transaction
from academy.discussion import events
from academy.discussion.errors import CannotRearrange
from academy.discussion.models import Post, Rearrangement, Thread
from academy.discussion.queries import find_last_visible
from academy.discussion.service.carrying import Carried, carry
from academy.discussion.service.carrying_marks import carry_readings
from academy.discussion.service.locking import lock_thread, lock_threads

#: So many posts can be split off at once.
MOST_SPLIT = 500


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: how to undo it, where the posts are now, and which they are."""

    rearrangement: Rearrangement
    thread: Thread
    posts: Sequence[Carried] = field(default=())

    @property
    def authors(self) -> set[int]:
        """Whose posts went to another thread and can be seen there."""
        return {post.author_id for post in self.posts if post.author_id and post.is_visible}


def move(thread_id: int, kind: str, subject_id: int | None, part: str = "") -> Done:
    """Let a thread be about something else; raises CannotRearrange where it is about that already.

    `part` is the field of a case ("lessons"), or empty.
    """
    with transaction() as current:
        thread = lock_thread(current, thread_id)
        before: dict[str, object] = {
            "subject_kind": thread.subject_kind, "subject_id": thread.subject_id,
            "field": thread.field,
        }  # fmt: skip
        after: dict[str, object] = {"subject_kind": kind, "subject_id": subject_id, "field": part}
        if before == after:
            raise CannotRearrange("same")
        refuse_threads(thread)
        made = Rearrangement(kind="move", thread_id=thread.id, before=before)
        current.add(made)
        _be_about(current, thread, after)
        return Done(made, thread)


def refuse_threads(*threads: Thread) -> None:
    """Raise CannotRearrange where one of the threads can neither give nor take posts."""
    if len({thread.id for thread in threads}) < len(threads):
        raise CannotRearrange("same")
    for thread in threads:
        if thread.merged_into is not None:
            raise CannotRearrange("merged")
        # What is hidden would come into view with its posts, or posts out of view with it.
        if thread.state == "hidden":
            raise CannotRearrange("hidden")
        # What was said to few would be said to all.
        if thread.audience:
            raise CannotRearrange("circle")


def _be_about(current: Session, thread: Thread, subject: dict[str, object]) -> None:
    for name, value in subject.items():
        setattr(thread, name, value)
    current.flush()
    events.thread_changed(thread)


def split(
    thread_id: int, numbers: Collection[int], *, title: str = "", into_id: int | None = None
) -> Done:
    """Take posts out of a thread: into a new one of that title, or to the end of another one.

    The first post stays, for the thread is about it. Raises CannotRearrange.
    """
    with transaction() as current:
        threads = lock_threads(current, {thread_id, into_id or thread_id})
        source = threads[thread_id]
        refuse_threads(*threads.values())
        refuse_numbers(current, source, numbers)
        if into_id == thread_id:
            raise CannotRearrange("same")
        target = threads[into_id] if into_id else _begin(current, source, numbers, title)
        made = Rearrangement(
            kind="split", thread_id=source.id, into_id=target.id, made_new=into_id is None
        )
        return _carry(current, made, source, target, numbers)


def refuse_numbers(current: Session, source: Thread, numbers: Collection[int]) -> None:
    """Raise CannotRearrange where these posts cannot be taken out of the thread."""
    if not 0 < len(numbers) <= MOST_SPLIT:
        raise CannotRearrange("none" if not numbers else "many")
    found = select(func.count()).where(Post.thread_id == source.id, Post.number.in_(numbers))
    if current.scalar(found) != len(set(numbers)):
        raise CannotRearrange("gone")
    first = current.scalar(select(func.min(Post.number)).where(Post.thread_id == source.id))
    if first in numbers:
        raise CannotRearrange("first")


def _begin(current: Session, source: Thread, numbers: Collection[int], title: str) -> Thread:
    """Begin the thread for what is split off: about the same, begun by who wrote its first post."""
    first = current.scalars(
        select(Post).where(Post.thread_id == source.id, Post.number == min(numbers))
    ).one()
    thread = Thread(
        subject_kind=source.subject_kind, subject_id=source.subject_id, field=source.field,
        title=title, language=first.language, started_by=first.author_id,
        created_at=first.created_at, last_post_at=first.created_at,
    )  # fmt: skip
    current.add(thread)
    current.flush()
    return lock_thread(current, thread.id)


def _carry(
    current: Session, made: Rearrangement, source: Thread, target: Thread,
    numbers: Collection[int] | None,
) -> Done:  # fmt: skip
    current.add(made)
    current.flush()
    read_before = find_last_visible(target)
    chosen = true() if numbers is None else Post.number.in_(numbers)
    posts = carry(current, source, target, chosen, made)
    # All readers of what became a thread of its own; else who wrote it, or read all of it.
    only = {post.author_id for post in posts if post.author_id}
    carry_readings(
        current, source, target, posts, read_before=read_before,
        only=None if made.made_new or made.kind == "merge" else only,
    )  # fmt: skip
    events.thread_changed(source)
    events.thread_changed(target)
    return Done(made, target, posts)


def merge(thread_id: int, into_id: int) -> Done:
    """Bring all posts of a thread to the end of another; its address leads there from then on.

    Raises CannotRearrange.
    """
    if thread_id == into_id:
        raise CannotRearrange("same")
    with transaction() as current:
        threads = lock_threads(current, {thread_id, into_id})
        source, target = threads[thread_id], threads[into_id]
        refuse_threads(source, target)
        made = Rearrangement(kind="merge", thread_id=source.id, into_id=target.id)
        done = _carry(current, made, source, target, None)
        source.merged_into = target.id
        current.flush()
        return done


def authors_of(thread_id: int) -> set[int]:
    """Return the ids of those whose posts everybody sees in a thread; one statement."""
    shown = select(Post.author_id).where(Post.thread_id == thread_id, Post.state == "visible")
    return {author for author in session.scalars(shown.distinct()) if author is not None}
