"""Who may open a socket, and what it may carry (SECURITY.md 3.29, 3.30)."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from academy.lib.jobs import DESK
from academy.people.models import Person
from academy.sockets import socketio
from tests.cast import Cast

ClientOf = Callable[[Person], FlaskClient]
OPENING = "/socket.io/?EIO=4&transport=polling"
HERE = "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", f"{HERE}.evil.example", "http://127.0.0.1:8001"]
)
def test_a_page_of_another_site_opens_no_socket(client: FlaskClient, origin: str) -> None:
    answer = client.get(OPENING, headers={"Origin": origin}, base_url=HERE)
    assert answer.status_code == 400
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_page_of_ours_opens_one_that_carries_no_large_packets(client: FlaskClient) -> None:
    answer = client.get(OPENING, headers={"Origin": HERE}, base_url=HERE)
    assert answer.status_code == 200
    assert '"maxPayload":100000' in answer.text


def test_nobody_enters_a_room_by_asking_for_it(app: Flask, cast: Cast, client_of: ClientOf) -> None:
    socket = socketio.test_client(app, flask_test_client=client_of(cast.learner))
    for event in ("join", "join_room", "subscribe", "enter", "room"):
        socket.emit(event, {"room": DESK})
        socket.emit(event, DESK)
    socketio.emit("job.changed", {"id": "import:1"}, to=DESK)
    assert socket.get_received() == []


@pytest.mark.parametrize("packet", [None, [], {"a": {"b": ["c"] * 1000}}, "x" * 99_000, -1, True])
def test_no_packet_is_a_fault_of_ours(
    app: Flask, cast: Cast, client_of: ClientOf, packet: object
) -> None:
    socket = socketio.test_client(app, flask_test_client=client_of(cast.organiser))
    for event in ("connect", "message", "json", "job.changed", "disconnecting", ""):
        socket.emit(event, packet)
    assert socket.is_connected()
    socketio.emit("job.changed", {"id": "import:1"}, to=DESK)
    assert len(socket.get_received()) == 1
