"""What open browsers are told: numbers only; they fetch the words, and so pass the policy."""

from academy.discussion.models import Post, Thread
from academy.lib.jobs import announce


def room_of(thread_id: int) -> str:
    """Return the room of a thread's readers."""
    return f"thread-{thread_id}"


def post_changed(thread: Thread, post: Post, how: str) -> None:
    """Say that a post is new, was edited, or is gone; of a hidden thread nothing is said."""
    if thread.state == "hidden":
        return
    announce("thread.post", room_of(thread.id), thread=thread.id, number=post.number, how=how)


def thread_changed(thread: Thread) -> None:
    """Say that the thread itself is another: locked, answered, summarised."""
    announce("thread.changed", room_of(thread.id), thread=thread.id)
