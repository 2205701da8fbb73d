"""The socket of threads: who has one open hears numbers only; each event asks the policy again."""

from time import monotonic

from flask import request
from flask_login import current_user
from flask_socketio import emit, join_room, leave_room

from academy.discussion.events import room_of
from academy.discussion.models import Thread
from academy.discussion.pace import Pace
from academy.discussion.policy import can_write
from academy.discussion.ports import Draft, judge
from academy.discussion.queries import find_last_number_of, find_thread
from academy.discussion.readers import Readers, open_readers
from academy.people.models import Person
from academy.people.ports import is_suspended
from academy.sockets import socketio

#: One browser's "I am typing" is passed on so often, in seconds.
TYPING_SECONDS = 3
#: The number of readers is told so long after it changed, and later the more there are: telling
#: everybody about each of 2,000 who come would be four million messages.
SOON, READERS_A_SECOND = 1, 100
LARGEST_ID = 2**31 - 1


def open_thread_sockets(redis_url: str) -> None:
    """Let browsers join the room of a thread that its reader may see."""
    live = LiveThreads(open_readers(redis_url))
    socketio.on_event("thread.join", live.join)
    socketio.on_event("thread.leave", live.leave)
    socketio.on_event("thread.typing", live.tell_typing)
    socketio.on_event("disconnect", live.close)


class LiveThreads:
    """What this process knows of its open browsers: the one thread that each of them reads."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._pace = Pace()
        self._reads: dict[str, int] = {}
        self._typed_at: dict[str, float] = {}
        self._about_to_tell: set[int] = set()

    def join(self, *facts: object) -> dict[str, int]:
        """Enter the room of a thread; answer its last number and how many read it, or nothing.

        A browser asks again each minute, so whoever may no longer read is put out by then.
        """
        browser = _browser()
        if self._pace.is_too_fast(browser):
            return {}
        thread = _find_for_joining(facts)
        if self._reads.get(browser) != (thread.id if thread else None):
            self.leave()
        if thread is None:
            return {}
        is_new = browser not in self._reads
        self._reads[browser] = thread.id
        self._readers.come(thread.id, browser)
        join_room(room_of(thread.id))
        if is_new:
            self._tell_count_soon(thread.id)
        return {"last": thread.last_number, "readers": self._readers.count(thread.id)}

    def leave(self, *_facts: object) -> None:
        """Leave the room; closing the page does the same."""
        browser = _browser()
        thread_id = self._reads.pop(browser, None)
        if thread_id is not None:
            leave_room(room_of(thread_id))
            self._readers.leave(thread_id, browser)
            self._tell_count_soon(thread_id)

    def close(self, *facts: object) -> None:
        """Forget a browser that closed; one that only leaves may not write sooner for it."""
        self.leave(*facts)
        self._typed_at.pop(_browser(), None)
        self._pace.forget(_browser())

    def tell_typing(self, *facts: object) -> None:
        """Tell the others that somebody writes: by the number of a post of theirs, never a name."""
        browser, moment = _browser(), monotonic()
        if moment - self._typed_at.get(browser, -TYPING_SECONDS) < TYPING_SECONDS:
            return
        self._typed_at[browser] = moment
        thread, person = _find(facts), _person()
        if thread is None or person is None or self._reads.get(browser) != thread.id:
            return
        if thread.state == "open" and _may_write(person, thread):
            number = find_last_number_of(thread, person)
            told = {"thread": thread.id, "number": number}
            emit("thread.typing", told, to=room_of(thread.id), include_self=False)

    def _tell_count_soon(self, thread_id: int) -> None:
        if thread_id not in self._about_to_tell:
            self._about_to_tell.add(thread_id)
            socketio.start_background_task(self._tell_count, thread_id)

    def _tell_count(self, thread_id: int) -> None:
        # Whatever comes up to here is told once.
        socketio.sleep(SOON + self._readers.count(thread_id) // READERS_A_SECOND)
        self._about_to_tell.discard(thread_id)
        told = {"thread": thread_id, "readers": self._readers.count(thread_id)}
        socketio.emit("thread.readers", told, to=room_of(thread_id))


def _browser() -> str:
    return str(request.sid)  # type: ignore[attr-defined]


def _person() -> Person | None:
    return current_user if current_user.is_authenticated else None


def _may_write(person: Person, thread: Thread) -> bool:
    """Whether the page offers it, and no decision about the person is against it."""
    # As an edit of nothing: what it says and how fast is judged when it is sent.
    draft = Draft(person, "", thread.id, is_edit=True)
    return can_write(person, thread) and judge(draft).outcome != "refuse"


def _find(facts: tuple[object, ...]) -> Thread | None:
    """Return the thread that the packet names, if who is signed in now may see it."""
    first = facts[0] if facts else None
    number = first.get("thread") if isinstance(first, dict) else None
    if type(number) is not int or not 0 < number <= LARGEST_ID:
        return None
    thread = find_thread(number, _person())
    # Of what was merged into another nothing is told any more: the page goes on to that one.
    return thread if thread and thread.merged_into is None else None


def _find_for_joining(facts: tuple[object, ...]) -> Thread | None:
    """Return the thread, but for somebody who was suspended since they opened their line."""
    person = _person()
    return None if person is not None and is_suspended(person) else _find(facts)
