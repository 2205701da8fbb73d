"""A suspended person: out of every open browser at once, and kept out until it ends."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from academy.db import now, session, transaction
from academy.discussion import service
from academy.discussion.models import Reaction, Thread
from academy.lib import jobs
from academy.moderation.models import Decision, Flag
from academy.moderation.service import decide_on_person, undo_decision
from academy.people.models import Person
from academy.sockets import tell
from tests.cast import Cast
from tests.listening import Open, open_socket

__all__ = ["open_socket"]

ClientOf = Callable[[Person], FlaskClient]


@pytest.fixture
def thread(app: Flask, cast: Cast) -> Thread:
    return service.start_thread(cast.moderator, "How do you dry fish?", "No sun in July.")[0]


@pytest.fixture(autouse=True)
def bus(app: Flask) -> Iterator[None]:
    """Let services tell open browsers, as a web process does."""
    jobs.plug(lambda _job, _arguments: None, tell)
    yield
    jobs.unplug()


def _suspend(cast: Cast, days: int = 7) -> Decision:
    until = now() + timedelta(days=days)
    return decide_on_person(cast.learner, cast.moderator, "suspend", "harm", until=until)


def test_open_browsers_of_a_suspended_person_lose_their_line_at_once_and_nobody_elses(
    open_socket: Open, client: FlaskClient, client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    first, second = (open_socket(client_of(cast.learner)) for _ in range(2))
    others = [open_socket(client), open_socket(client_of(cast.other_learner))]
    for socket in (first, *others):
        socket.emit("thread.join", {"thread": thread.id}, callback=True)
    _suspend(cast)
    assert not first.is_connected()
    assert not second.is_connected()
    assert all(socket.is_connected() for socket in others)
    again = others[0].emit("thread.join", {"thread": thread.id}, callback=True)
    assert again["readers"] == len(others)


def test_the_line_stays_shut_until_the_suspension_ends_or_is_taken_back(
    open_socket: Open, client_of: ClientOf, cast: Cast
) -> None:
    browser = client_of(cast.learner)
    decision = _suspend(cast)
    assert not open_socket(browser).is_connected()
    with transaction():
        session.get_one(Decision, decision.id).until = now() - timedelta(seconds=1)
    assert open_socket(browser).is_connected()
    held = _suspend(cast)
    undo_decision(session.get_one(Decision, held.id), cast.moderator)
    assert open_socket(browser).is_connected()


def test_a_line_that_a_broken_bus_left_open_joins_no_thread_and_types_nowhere(
    open_socket: Open, client: FlaskClient, client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    reads, suspended = open_socket(client), open_socket(client_of(cast.learner))
    for socket in (reads, suspended):
        socket.emit("thread.join", {"thread": thread.id}, callback=True)
    jobs.unplug()
    _suspend(cast)
    reads.get_received()
    suspended.emit("thread.typing", {"thread": thread.id})
    assert reads.get_received() == []
    assert suspended.emit("thread.join", {"thread": thread.id}, callback=True) == {}


def test_a_suspended_person_reads_and_neither_writes_nor_reacts_nor_flags(
    client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    _suspend(cast)
    browser, address = client_of(cast.learner), f"/threads/{thread.id}/"
    assert "No sun in July." in browser.get(address).text
    answer = browser.post(f"{address}posts/", data={"body": "Typed", "language": "en"})
    assert (answer.status_code, "Typed" in answer.text) == (409, True)
    tapped = browser.post(
        f"{address}posts/1/reactions", data={"kind": "useful"}, follow_redirects=True
    )
    assert "suspended" in tapped.text
    flagged = browser.post(f"/moderation/flags/{thread.id}/1", data={"reason": "spam"})
    assert flagged.status_code == 403
    for table in (Reaction, Flag):
        assert session.scalar(select(func.count()).select_from(table)) == 0
