"""The Socket.IO server: one object, made ready by app.py; no event carries private text."""

import sys
from typing import Any, Literal

from flask import Flask
from flask_socketio import SocketIO

from academy.config import Settings
from academy.lib.bus import Bus, make_bus, put_out
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


def tell(event: str, room: str, facts: dict[str, int | str]) -> None:
    """Tell the browsers in a room of an event, in every process; PUT_OUT takes them their line."""
    manager = socketio.server.manager  # type: ignore[attr-defined]
    if isinstance(manager, Bus):
        manager.tell(event, room, facts)
    elif event == PUT_OUT:
        put_out(manager, room)
    else:
        socketio.emit(event, facts, to=room)


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
