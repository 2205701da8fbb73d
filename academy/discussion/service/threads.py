"""Threads: begun with their first post, and the answer that helped."""

from sqlalchemy.orm import Session

from academy.db import now, transaction
from academy.discussion import events
from academy.discussion.errors import NotYours, Refused
from academy.discussion.models import Post, Thread
from academy.discussion.policy import can_accept
from academy.discussion.ports import Draft, judge
from academy.discussion.service.locking import lock_thread, lock_thread_of
from academy.discussion.service.numbering import take_number
from academy.discussion.service.writing import Words, Written, is_shown_after, put_up, sent_before
from academy.people.models import Person
from academy.people.ports import is_suspended


def start_thread(
    author: Person, title: str, body: str, *, subject_kind: str = "topic",
    subject_id: int | None = None, field: str = "", language: str = "en",
    request_key: str | None = None,
) -> tuple[Thread, Written]:  # fmt: skip
    """Begin a thread with its first post; it is known to others once that post is shown.

    The title passes the gate together with the words. Raises Refused; nothing is written then.
    """
    with transaction() as current:
        if again := sent_before(author.id, request_key):
            return current.get_one(Thread, again.thread_id), again
        verdict = judge(Draft(author, f"{title}\n\n{body}", None))
        if verdict.outcome == "refuse":
            raise Refused(verdict)
        thread = Thread(
            subject_kind=subject_kind, subject_id=subject_id, field=field, title=title,
            language=language, started_by=author.id,
        )  # fmt: skip
        current.add(thread)
        current.flush()
        at = now()
        taken = take_number(current, thread.id, author, at, is_shown=is_shown_after(verdict))
        words = Words(author, body, language, request_key, at)
        return thread, put_up(current, taken, words, verdict)


def accept(post: Post, person: Person) -> None:
    """Mark the post that answered the question; another one before it loses the mark."""
    with transaction() as current:
        thread = lock_thread_of(current, post)
        _mark(current, thread, post.number if post.state == "visible" else None, person)


def take_acceptance_back(thread: Thread, person: Person) -> None:
    """Leave the question open again."""
    with transaction() as current:
        _mark(current, lock_thread(current, thread.id), None, person)


def _mark(current: Session, thread: Thread, number: int | None, person: Person) -> None:
    if not can_accept(person, thread) or is_suspended(person):
        raise NotYours
    thread.accepted_number = number
    current.flush()
    events.thread_changed(thread)
