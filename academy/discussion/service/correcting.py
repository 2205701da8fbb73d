"""Moderators' edits of somebody's post: with a note that everybody reads, and undone whole."""

from sqlalchemy import select

from academy.db import transaction
from academy.discussion import events
from academy.discussion.errors import CannotRearrange, NotYours
from academy.discussion.models import Post, PostVersion
from academy.discussion.service.locking import lock_thread_of
from academy.discussion.service.writing import keep_version

#: What moderators may change: words that are shown, wait, or are hidden; removed ones are gone.
CORRECTABLE = frozenset({"visible", "held", "hidden"})


def correct(post: Post, moderator_id: int, body: str, note: str, *, version: int) -> None:
    """Replace the words of somebody's post; `note` says why below it, old words are its history.

    Raises NotYours where there is nothing to change, and EditedMeanwhile with what stands now.
    """
    with transaction() as current:
        thread = lock_thread_of(current, post)
        if post.state not in CORRECTABLE or body == post.body:
            raise NotYours
        keep_version(current, post, moderator_id, version, note)
        post.body, post.moderator_note = body, note
        current.flush()
        if post.state == "visible":
            events.post_changed(thread, post, "edited")


def restore(post: Post, moderator_id: int, version: int) -> None:
    """Undo a moderator's edit of that version: its words are shown again, the note goes.

    Where the author wrote other words since, these stay. Raises CannotRearrange where another
    moderator edited it since, or its words were removed.
    """
    with transaction() as current:
        thread = lock_thread_of(current, post)
        kept = current.scalars(
            select(PostVersion)
            .where(PostVersion.post_id == post.id, PostVersion.version >= version)
            .order_by(PostVersion.version)
        ).all()
        if post.state == "removed" or not kept or any(one.note for one in kept[1:]):
            raise CannotRearrange("later")
        if post.version == version + 1:
            keep_version(current, post, moderator_id, post.version)
            post.body = kept[0].body
        post.moderator_note = ""
        current.flush()
        if post.state == "visible":
            events.post_changed(thread, post, "edited")
