"""The socket of the desk: who hears that a job has moved, and who does not."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from academy.lib.jobs import DESK
from academy.people.models import Person
from academy.sockets import count_connected, socketio
from tests.cast import Cast

ClientOf = Callable[[Person], FlaskClient]


def _heard(app: Flask, browser: FlaskClient) -> list[object]:
    socket = socketio.test_client(app, flask_test_client=browser)
    socketio.emit("job.changed", {"id": "import:1"}, to=DESK)
    heard = [each["args"][0] for each in socket.get_received()]
    socket.disconnect()
    return heard


@pytest.mark.parametrize("role", ["organiser", "focal_point", "administrator"])
def test_who_works_on_the_desk_hears_that_a_job_has_moved(
    app: Flask, client_of: ClientOf, cast: Cast, role: str
) -> None:
    assert _heard(app, client_of(getattr(cast, role))) == [{"id": "import:1"}]


def test_a_learner_hears_nothing_of_the_desk(app: Flask, client_of: ClientOf, cast: Cast) -> None:
    assert _heard(app, client_of(cast.learner)) == []


def test_a_stranger_hears_nothing_of_the_desk(app: Flask, client: FlaskClient) -> None:
    assert _heard(app, client) == []


def test_strangers_leave_room_for_pages(
    app: Flask, client_of: ClientOf, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the embedded way each open page holds a thread of the server."""
    monkeypatch.setattr("academy.sockets.MOST_WITH_STRANGERS", count_connected() + 1)
    strangers = [socketio.test_client(app, flask_test_client=app.test_client()) for _ in range(2)]
    assert [each.is_connected() for each in strangers] == [True, False]
    learner = socketio.test_client(app, flask_test_client=client_of(cast.learner))
    assert learner.is_connected()
    for socket in (strangers[0], learner):
        socket.disconnect()
