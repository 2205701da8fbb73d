"""The Socket.IO server: one object, made ready by app.py; no event carries private text."""

from typing import Any

from flask import Flask
from flask_socketio import SocketIO

from academy.config import Settings

socketio = SocketIO()


def open_sockets(app: Flask, settings: Settings) -> None:
    """Connect Socket.IO to the app, and through Redis to the other processes."""
    options: dict[str, Any] = {"message_queue": settings.redis_url} if settings.redis_url else {}
    socketio.init_app(
        app, cors_allowed_origins=settings.base_url, max_http_buffer_size=100_000,
        manage_session=False, **options,
    )  # fmt: skip
