"""Moderators' edits of somebody's post: with a note that everybody reads, and undone whole."""

from sqlalchemy import select

from academy.db import transaction
from academy.discussion import events
from academy.discussion.errors import CannotRearrange, NotYours
from academy.discussion.models import Post, PostVersion, Thread
from academy.discussion.service.finding import find_soon
from academy.discussion.service.locking import lock_thread_of
from academy.discussion.service.withholding import note_quotes
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
        note_quotes(current, post)
        current.flush()
        _tell(thread, post)


def _tell(thread: Thread, post: Post) -> None:
    if post.state == "visible":
        find_soon()
        events.post_changed(thread, post, "edited")
        if post.is_best or thread.accepted_number == post.number:
            events.thread_changed(thread)


def restore(post: Post, moderator_id: int, version: int) -> None:
    """Undo a moderator's edit of that version: its words are shown again, the note goes.

    Where the author wrote other words since, these stay. Raises CannotRearrange where another
    moderator edited it since, or its words were removed.
    """
    with transaction() as current:
        thread = lock_thread_of(current, post)
        versions = current.scalars(
            select(PostVersion).where(PostVersion.post_id == post.id).order_by(PostVersion.version)
        ).all()
        since = [one for one in versions if one.version > version]
        kept = next((one for one in versions if one.version == version), None)
        if post.state == "removed" or kept is None or any(one.note for one in since):
            raise CannotRearrange("later")
        if all(one.edited_by != post.author_id for one in since):
            keep_version(current, post, moderator_id, post.version)
            post.body = kept.body
            note_quotes(current, post)
        kept.note = ""
        earlier = [one.note for one in versions if one.note and one.version < version]
        post.moderator_note = earlier[-1] if earlier else ""
        current.flush()
        _tell(thread, post)
