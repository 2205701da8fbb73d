"""Sockets of test browsers: opened as a page opens its own, closed at the end of the test."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from academy.sockets import socketio

Open = Callable[[FlaskClient], Any]


@pytest.fixture
def open_socket(app: Flask) -> Iterator[Open]:
    """Return a function that opens the socket of a browser; all are closed at the end."""
    opened: list[Any] = []

    def open_for(browser: FlaskClient) -> Any:
        opened.append(socketio.test_client(app, flask_test_client=browser))
        return opened[-1]

    yield open_for
    for socket in opened:
        if socket.is_connected():
            socket.disconnect()
