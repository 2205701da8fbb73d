"""Undoing what was rearranged: posts go back to their numbers, their later addresses lead on."""

from sqlalchemy import exists, select, true
from sqlalchemy.orm import Session

from academy.db import now, transaction
from academy.discussion import events
from academy.discussion.errors import CannotRearrange
from academy.discussion.models import Forward, Post, Rearrangement, Thread
from academy.discussion.queries import find_last_visible
from academy.discussion.service.carrying import carry
from academy.discussion.service.carrying_marks import carry_readings
from academy.discussion.service.locking import lock_threads


def undo_rearrangement(rearrangement_id: int) -> Thread:
    """Undo a rearrangement; return the thread that is as it was.

    What was written meanwhile stays where it was written; in a thread that was begun by splitting
    it goes back with the rest, and that thread leads to the one it came from. Raises
    CannotRearrange where something later has to be undone first.
    """
    with transaction() as current:
        made = current.get(Rearrangement, rearrangement_id)
        if made is None:
            raise CannotRearrange("gone")
        threads = lock_threads(current, {made.thread_id, made.into_id or made.thread_id})
        current.refresh(made)
        if made.undone_at is not None:
            raise CannotRearrange("undone")
        thread = threads[made.thread_id]
        if made.into_id is None:
            _be_about_that_again(current, made, thread)
        else:
            _bring_back(current, made, thread, threads[made.into_id])
        made.undone_at = now()
        current.flush()
        return thread


def _be_about_that_again(current: Session, made: Rearrangement, thread: Thread) -> None:
    later = select(Rearrangement.id).where(
        Rearrangement.thread_id == thread.id, Rearrangement.kind == "move",
        Rearrangement.id > made.id, Rearrangement.undone_at.is_(None),
    )  # fmt: skip
    if current.scalars(later.limit(1)).first() is not None:
        raise CannotRearrange("later")
    for name, value in made.before.items():
        setattr(thread, name, value)
    current.flush()
    events.thread_changed(thread)


def _bring_back(current: Session, made: Rearrangement, thread: Thread, into: Thread) -> None:
    came = _came(current, made, thread, into)
    is_merged_elsewhere = thread.merged_into is not None and thread.merged_into != into.id
    if not came or into.merged_into is not None or is_merged_elsewhere:
        raise CannotRearrange("later")
    if into.state == "hidden":
        raise CannotRearrange("hidden")
    thread.merged_into = None
    read_before = find_last_visible(thread)
    came_from = select(Forward.post_id).where(
        Forward.rearrangement_id == made.id, Forward.thread_id == thread.id
    )
    carry(current, into, thread, Post.id.in_(came_from), made, back_to=came)
    if made.made_new and not _has_other_sources(current, into, made):
        _close(current, made, thread, into, read_before)
    events.thread_changed(thread)
    events.thread_changed(into)


def _came(current: Session, made: Rearrangement, thread: Thread, into: Thread) -> dict[int, int]:
    """Return which posts are still where the rearrangement brought them: {id: former number}."""
    rows = current.execute(
        select(Forward.post_id, Forward.number)
        .join(Post, Post.id == Forward.post_id)
        .where(Forward.rearrangement_id == made.id, Forward.thread_id == thread.id)
        .where(Post.thread_id == into.id)
    )
    return {post_id: number for post_id, number in rows}  # noqa: C416 (rows)


def _has_other_sources(current: Session, into: Thread, made: Rearrangement) -> bool:
    elsewhere = exists().where(
        Forward.post_id == Post.id,
        Forward.thread_id != into.id,
        Forward.rearrangement_id != made.id,
    )
    came = select(Post.id).where(Post.thread_id == into.id, elsewhere)
    return current.scalars(came.limit(1)).first() is not None


def _close(
    current: Session, made: Rearrangement, thread: Thread, into: Thread, read_before: int
) -> None:
    """Let what was written in the thread that the split began follow, and its address, too."""
    rest = carry(current, into, thread, true(), made)
    carry_readings(current, into, thread, rest, read_before=read_before)
    into.merged_into = thread.id
    current.flush()
