"""The socket of the desk: who hears that a job has moved, and who does not."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from academy.lib.jobs import DESK
from academy.people.models import Person
from academy.sockets import socketio
from tests.cast import Cast

ClientOf = Callable[[Person], FlaskClient]


def _heard(app: Flask, browser: FlaskClient) -> list[object]:
    socket = socketio.test_client(app, flask_test_client=browser)
    socketio.emit("job.changed", {"id": "import:1"}, to=DESK)
    return [each["args"][0] for each in socket.get_received()]


@pytest.mark.parametrize("role", ["organiser", "focal_point", "administrator"])
def test_who_works_on_the_desk_hears_that_a_job_has_moved(
    app: Flask, client_of: ClientOf, cast: Cast, role: str
) -> None:
    assert _heard(app, client_of(getattr(cast, role))) == [{"id": "import:1"}]


def test_a_learner_hears_nothing_of_the_desk(app: Flask, client_of: ClientOf, cast: Cast) -> None:
    assert _heard(app, client_of(cast.learner)) == []


def test_a_stranger_is_not_connected_at_all(app: Flask, client: FlaskClient) -> None:
    assert not socketio.test_client(app, flask_test_client=client).is_connected()
