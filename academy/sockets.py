"""The Socket.IO server: one object, made ready by app.py; no event carries private text."""

import sys
from typing import Any, Literal

from flask import Flask
from flask_socketio import SocketIO

from academy.config import Settings

socketio = SocketIO()


def open_sockets(app: Flask, settings: Settings) -> None:
    """Connect Socket.IO to the app, and through Redis to the other processes."""
    options: dict[str, Any] = {"message_queue": settings.redis_url} if settings.redis_url else {}
    socketio.init_app(
        app, cors_allowed_origins=settings.base_url, max_http_buffer_size=100_000,
        manage_session=False, async_mode=find_async_mode(), **options,
    )  # fmt: skip


def find_async_mode() -> Literal["gevent", "threading"]:
    """Return "gevent" in a process that gevent has patched, else "threading".

    Left to itself, the library takes gevent wherever it is installed and then blocks in threads.
    """
    monkey = sys.modules.get("gevent.monkey")
    return "gevent" if monkey and monkey.is_module_patched("socket") else "threading"
