"""What open browsers are told: numbers only; they fetch the words, and so pass the policy."""

from time import time

from academy.discussion.models import Post, Thread
from academy.lib.jobs import announce


def room_of(thread_id: int) -> str:
    """Return the room of a thread's readers."""
    return f"thread-{thread_id}"


def post_changed(thread: Thread, post: Post, how: str) -> None:
    """Say that a post is new, was edited, or is gone; of a hidden thread nothing is said.

    `at`, in milliseconds, tells one change from the next: what was drawn for one is never given
    out for another.
    """
    if thread.state != "hidden":
        _say(thread.id, post.number, how)


def post_came(thread_id: int, number: int) -> None:
    """Say that a post is new in a thread that is not hidden."""
    _say(thread_id, number, "new")


def _say(thread_id: int, number: int, how: str) -> None:
    at = int(time() * 1000)
    told: dict[str, int | str] = {"thread": thread_id, "number": number, "how": how, "at": at}
    announce("thread.post", room_of(thread_id), **told)


def thread_changed(thread: Thread) -> None:
    """Say that the thread itself is another: locked, answered, summarised."""
    announce("thread.changed", room_of(thread.id), thread=thread.id)
