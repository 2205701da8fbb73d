"""The socket of threads: who may enter a room, what is told there, and how many are there."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from academy.db import session, transaction
from academy.discussion import events, service
from academy.discussion.models import Thread
from academy.discussion.pace import MOST_PACKETS
from academy.discussion.readers import OwnReaders, SharedReaders, open_readers
from academy.lib import jobs
from academy.lib.jobs import DESK
from academy.people.models import Person
from academy.sockets import socketio
from tests.cast import Cast
from tests.listening import Open, open_socket

__all__ = ["open_socket"]

ClientOf = Callable[[Person], FlaskClient]


@pytest.fixture
def thread(app: Flask, cast: Cast) -> Thread:
    """Return a thread of the learner, with one post."""
    return service.start_thread(cast.learner, "How do you dry fish?", "No sun in July.")[0]


@pytest.fixture(autouse=True)
def bus(app: Flask) -> Iterator[None]:
    """Let services tell open browsers."""
    jobs.plug(
        lambda _job, _arguments: None,
        lambda event, room, facts: socketio.emit(event, facts, to=room),
    )
    yield
    jobs.unplug()


def _join(socket: Any, thread: Thread) -> Any:
    return socket.emit("thread.join", {"thread": thread.id}, callback=True)


def _heard(socket: Any, event: str) -> list[dict[str, int | str]]:
    return [each["args"][0] for each in socket.get_received() if each["name"] == event]


def test_a_stranger_hears_of_posts_in_a_thread_that_everybody_reads(
    open_socket: Open, client: FlaskClient, cast: Cast, thread: Thread
) -> None:
    socket = open_socket(client)
    assert _join(socket, thread) == {"last": 1, "readers": 1}
    service.reply(thread.id, cast.other_learner, "In a kiln, says Maya.")
    (told,) = _heard(socket, "thread.post")
    assert type(told.pop("at")) is int
    assert told == {"thread": thread.id, "number": 2, "how": "new"}


def test_a_stranger_hears_nothing_of_the_desk_and_of_threads_not_joined(
    open_socket: Open, client: FlaskClient, cast: Cast, thread: Thread
) -> None:
    socket = open_socket(client)
    socketio.emit("job.changed", {"id": "import:1"}, to=DESK)
    service.reply(thread.id, cast.other_learner, "In a kiln.")
    assert socket.get_received() == []


def _set_state(thread: Thread, state: str) -> None:
    with transaction():
        session.get_one(Thread, thread.id).state = state


def test_the_room_of_a_hidden_thread_refuses_all_but_moderators(
    open_socket: Open, client: FlaskClient, client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    _set_state(thread, "hidden")
    for browser in (client, client_of(cast.learner), client_of(cast.organiser)):
        socket = open_socket(browser)
        assert _join(socket, thread) == {}
        socketio.emit("thread.post", {}, to=events.room_of(thread.id))
        assert socket.get_received() == []
    assert _join(open_socket(client_of(cast.moderator)), thread)["last"] == 1


def test_who_was_inside_when_it_was_hidden_hears_nothing_more_and_is_put_out(
    open_socket: Open, client: FlaskClient, cast: Cast, thread: Thread
) -> None:
    socket = open_socket(client)
    _join(socket, thread)
    _set_state(thread, "hidden")
    service.reply(thread.id, cast.moderator, "Between us.")
    assert _heard(socket, "thread.post") == []
    assert _join(socket, thread) == {}
    events.thread_changed(thread)
    assert socket.get_received() == []


def test_one_browser_is_in_the_room_of_one_thread(
    open_socket: Open, client: FlaskClient, cast: Cast, thread: Thread
) -> None:
    other = service.start_thread(cast.learner, "Another", "Words")[0]
    socket = open_socket(client)
    _join(socket, thread)
    _join(socket, other)
    service.reply(thread.id, cast.other_learner, "In a kiln.")
    assert _heard(socket, "thread.post") == []


def test_typing_is_told_by_a_number_to_the_others_and_not_too_often(
    open_socket: Open, client: FlaskClient, client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    reads, writes = open_socket(client), open_socket(client_of(cast.learner))
    for socket in (reads, writes):
        _join(socket, thread)
    for _time in range(5):
        writes.emit("thread.typing", {"thread": thread.id})
    assert _heard(reads, "thread.typing") == [{"thread": thread.id, "number": 1}]
    assert _heard(writes, "thread.typing") == []


def test_typing_of_a_stranger_or_from_outside_or_where_it_is_closed_is_told_nobody(
    open_socket: Open, client: FlaskClient, client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    reads, outside = open_socket(client), open_socket(client_of(cast.organiser))
    _join(reads, thread)
    stranger = open_socket(client.application.test_client())
    _join(stranger, thread)
    for socket in (outside, stranger):
        socket.emit("thread.typing", {"thread": thread.id})
    _set_state(thread, "locked")
    late = open_socket(client_of(cast.learner))
    _join(late, thread)
    late.emit("thread.typing", {"thread": thread.id})
    assert _heard(reads, "thread.typing") == []


def test_who_leaves_or_closes_the_page_is_counted_no_more(
    open_socket: Open, client: FlaskClient, client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    first, second = open_socket(client), open_socket(client_of(cast.learner))
    _join(first, thread)
    assert _join(second, thread)["readers"] == 2
    assert _join(second, thread)["readers"] == 2
    first.disconnect()
    assert _join(second, thread)["readers"] == 1
    second.emit("thread.leave")
    third = open_socket(client.application.test_client())
    assert _join(third, thread)["readers"] == 1


@pytest.mark.parametrize(
    "packet",
    [None, [], {}, {"thread": None}, {"thread": "1"}, {"thread": True}, {"thread": -1},
     {"thread": 2**63}, {"thread": 1.5}, {"thread": {"a": 1}}, "x" * 9_000],
)  # fmt: skip
def test_no_packet_about_threads_is_a_fault_of_ours(
    open_socket: Open, client: FlaskClient, packet: object
) -> None:
    socket = open_socket(client)
    for event in ("thread.join", "thread.leave", "thread.typing"):
        socket.emit(event, packet)
        socket.emit(event)
    assert socket.is_connected()
    assert socket.get_received() == []


def test_processes_count_together_and_forget_who_fell_silent(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = open_readers(redis_url), SharedReaders(redis_url)
    one.come(7, "a")
    other.come(7, "b")
    other.come(7, "b")
    assert (one.count(7), other.count(7), one.count(8)) == (2, 2, 0)
    other.leave(7, "b")
    assert one.count(7) == 1
    monkeypatch.setattr("academy.discussion.readers.GONE_AFTER", -1)
    assert one.count(7) == 0


def test_without_redis_nobody_waits_and_nothing_is_counted() -> None:
    readers = SharedReaders("redis://127.0.0.1:1/0")
    readers.come(7, "a")
    assert readers.count(7) == 0
    assert isinstance(open_readers(""), OwnReaders)


def test_who_leaves_and_comes_back_all_the_time_tells_no_more_of_their_typing(
    open_socket: Open, client: FlaskClient, client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    reads, writes = open_socket(client), open_socket(client_of(cast.learner))
    _join(reads, thread)
    for _time in range(9):
        _join(writes, thread)
        writes.emit("thread.typing", {"thread": thread.id})
        writes.emit("thread.leave")
    assert len(_heard(reads, "thread.typing")) == 1


def test_a_socket_that_asks_all_the_time_is_not_answered(
    open_socket: Open, client: FlaskClient, thread: Thread
) -> None:
    socket = open_socket(client)
    answers = [_join(socket, thread) for _ in range(MOST_PACKETS + 5)]
    assert answers[MOST_PACKETS:] == [{}] * 5
    assert all(answers[:MOST_PACKETS])
