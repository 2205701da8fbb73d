"""Decisions about where posts stand and what they say: move, split, merge, edit with a note."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from academy.db import transaction
from academy.discussion import service as discussion
from academy.discussion.errors import NotYours
from academy.discussion.models import Post, Thread
from academy.discussion.service.rearranging import Done, authors_of
from academy.moderation.errors import NotPossible
from academy.moderation.models import Decision
from academy.moderation.news import tell_writers
from academy.moderation.service.deciding import check, keep
from academy.moderation.vocabulary import REARRANGING
from academy.people.models import Person

#: The key of a reason, the note, and the words of the reason.
Why = tuple[str, str, dict[str, str]]


def move_thread(
    thread: Thread, moderator: Person, about: tuple[str, int | None, str], reason: str,
    note: str = "",
) -> Decision:  # fmt: skip
    """Let a thread be about another subject: (kind, id, field of a case); its writers are told.

    Raises CannotRearrange.
    """
    with transaction() as current:
        words = check(current, "move", REARRANGING, reason)
        done = discussion.move(thread.id, *about)
        decision = _decide(current, done, thread, moderator, (reason, note, words))
        tell_writers(decision, authors_of(thread.id), thread)
        return decision


def split_thread(
    thread: Thread, numbers: Collection[int], moderator: Person, reason: str, note: str = "", *,
    title: str = "", into_id: int | None = None,
) -> Decision:  # fmt: skip
    """Take posts out of a thread into a new one, or to the end of another; authors are told.

    Raises CannotRearrange.
    """
    with transaction() as current:
        words = check(current, "split", REARRANGING, reason)
        done = discussion.split(thread.id, numbers, title=title, into_id=into_id)
        decision = _decide(current, done, thread, moderator, (reason, note, words))
        tell_writers(decision, done.authors, done.thread)
        return decision


def merge_threads(
    thread: Thread, into_id: int, moderator: Person, reason: str, note: str = ""
) -> Decision:
    """Bring all posts of a thread to the end of another one; who began it and wrote is told.

    Raises CannotRearrange.
    """
    with transaction() as current:
        words = check(current, "merge", REARRANGING, reason)
        done = discussion.merge(thread.id, into_id)
        decision = _decide(current, done, thread, moderator, (reason, note, words))
        tell_writers(decision, done.authors, done.thread)
        return decision


def _decide(
    current: Session,
    done: Done,
    thread: Thread,
    moderator: Person,
    why: tuple[str, str, dict[str, str]],
) -> Decision:
    kind = done.rearrangement.kind
    began = done.thread.started_by if kind == "split" else thread.started_by
    decision = Decision(
        action=kind, reason=why[0], note=why[1], reason_words=why[2], thread_id=thread.id,
        person_id=began, decided_by=moderator.id, facts={"rearrangement": done.rearrangement.id},
    )  # fmt: skip
    return keep(current, decision)


def edit_with_note(
    post: Post, moderator: Person, body: str, reason: str, note: str, *, version: int
) -> Decision:
    """Change the words of somebody's post; the note stands below it, its author is told.

    Raises EditedMeanwhile with what stands now, and NotPossible where nothing would change or
    there are no words any more.
    """
    with transaction() as current:
        words = check(current, "edit", REARRANGING, reason)
        try:
            discussion.correct(post, moderator.id, body, note, version=version)
        except NotYours as refusal:
            raise NotPossible from refusal
        decision = Decision(
            action="edit", reason=reason, reason_words=words, note=note, post_id=post.id,
            thread_id=post.thread_id, person_id=post.author_id, decided_by=moderator.id,
            facts={"version": version},
        )  # fmt: skip
        return keep(current, decision)
