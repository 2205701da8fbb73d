"""The Socket.IO server: one object, made ready by app.py; no event carries private text."""

import sys
from typing import Any, Literal

from flask import Flask
from flask_socketio import SocketIO
from redis.backoff import NoBackoff
from redis.retry import Retry
from socketio import RedisManager

from academy.config import Settings
from academy.lib.jobs import PUT_OUT

socketio = SocketIO()

#: In the embedded way each open page holds one of 64 threads; the rest is for pages.
MOST_WITH_STRANGERS = 32


def open_sockets(app: Flask, settings: Settings) -> None:
    """Connect Socket.IO to the app, and through Redis to the other processes."""
    options: dict[str, Any] = {}
    if settings.redis_url:
        options["client_manager"] = make_bus(settings.redis_url)
    socketio.init_app(
        app, cors_allowed_origins=settings.base_url, max_http_buffer_size=100_000,
        manage_session=False, async_mode=find_async_mode(), **options,
    )  # fmt: skip


class Bus(RedisManager):
    """The bus between the processes, on which browsers can also lose their line everywhere.

    What closes a room empties it, in every process; here whoever was in it is put out for good.
    """

    def tell(self, event: str, room: str, facts: dict[str, int | str]) -> None:
        """Tell the browsers in a room of an event; PUT_OUT takes them their line instead."""
        if event == PUT_OUT:
            self.close_room(room)  # type: ignore[no-untyped-call]
        else:
            self.emit(event, facts, room=room)  # type: ignore[no-untyped-call]

    def _handle_close_room(self, message: dict[str, str]) -> None:
        if self.server is not None:
            _put_out(self, message["room"])


def tell(event: str, room: str, facts: dict[str, int | str]) -> None:
    """Tell the browsers in a room of an event, in every process; PUT_OUT takes them their line."""
    manager = socketio.server.manager  # type: ignore[attr-defined]
    if isinstance(manager, Bus):
        manager.tell(event, room, facts)
    elif event == PUT_OUT:
        _put_out(manager, room)
    else:
        socketio.emit(event, facts, to=room)


def _put_out(manager: Any, room: str) -> None:
    for browser, _line in list(manager.get_participants("/", room)):
        manager.server.disconnect(browser, namespace="/", ignore_queue=True)


def make_bus(redis_url: str, *, is_for_telling: bool = False) -> Bus:
    """Return the bus between the processes; `is_for_telling` makes one that hears nothing.

    A broker that is silent is given up after some seconds; listening waits for as long as it takes.
    """
    return Bus(  # type: ignore[no-untyped-call]
        redis_url, channel="academy-live", write_only=is_for_telling,
        redis_options={
            "socket_connect_timeout": 2, "socket_timeout": 2, "retry": Retry(NoBackoff(), 0),
        },
    )  # fmt: skip


def has_room_for_strangers() -> bool:
    """Whether one more browser of somebody who is not signed in may stay connected."""
    return find_async_mode() == "gevent" or count_connected() <= MOST_WITH_STRANGERS


def count_connected() -> int:
    """Return how many browsers are connected to this process."""
    rooms: dict[str, dict[str | None, Any]] = socketio.server.manager.rooms  # type: ignore[attr-defined]
    return len(rooms.get("/", {}).get(None, ()))


def find_async_mode() -> Literal["gevent", "threading"]:
    """Return "gevent" in a process that gevent has patched, else "threading".

    Left to itself, the library takes gevent wherever it is installed and then blocks in threads.
    """
    monkey = sys.modules.get("gevent.monkey")
    return "gevent" if monkey and monkey.is_module_patched("socket") else "threading"
