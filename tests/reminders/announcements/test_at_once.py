"""Announcements with others at work at the same time: two windows, ten clicks, a bulk of mail."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from academy.db import session, transaction
from academy.lib import jobs
from academy.lib.jobs import DESK
from academy.messaging import moving, service
from academy.messaging.models import Message
from academy.messaging.service import deliver_due
from academy.messaging.service.claims import claim_due
from academy.people.models import Person
from academy.reminders.announcements.service import (
    AlreadyConfirmed,
    NothingToDo,
    begin,
    confirm,
    go_on,
    stop,
)
from academy.sockets import socketio
from tests.cast import Cast
from tests.programme.scenes import a_series
from tests.reminders.announcements.drafts import a_draft, joined, messages_of, seen, send

AT_ONCE = 8


def _all_at_once(deed: Callable[[], object]) -> list[str]:
    """Do it in several threads; return the names of what was raised."""

    def alone(_turn: int) -> str:
        try:
            deed()
        except (AlreadyConfirmed, NothingToDo) as error:
            return type(error).__name__
        finally:
            session.remove()
        return ""

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(alone, range(AT_ONCE)))


@pytest.fixture
def awake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody sleep, whatever the hour of the test."""
    quiet = "academy.reminders.announcements.hours.end_of_quiet"
    monkeypatch.setattr(quiet, lambda moment, _zone, _quiet: moment)
    deep = "academy.reminders.announcements.night.is_deep"
    monkeypatch.setattr(deep, lambda *_facts: False)


def test_eight_clicks_at_once_send_it_once(own_database: Flask) -> None:
    author, series = Cast().organiser, a_series("threads")
    for number in range(5):
        joined(series, f"Person {number}")
    draft = a_draft(series, author)
    shown = seen(draft, author)
    session.remove()

    def click() -> None:
        viewer = session.get_one(Person, author.id)
        confirm(draft.id, viewer, **shown)  # type: ignore[arg-type]

    raised = _all_at_once(click)
    assert sorted(raised) == ["", *["AlreadyConfirmed"] * (AT_ONCE - 1)]
    planned = select(func.count(Message.id)).where(Message.occasion == f"announcement:{draft.id}")
    assert session.scalar(planned) == 5


@pytest.mark.usefixtures("awake")
def test_stopped_while_eight_workers_send_it_nobody_gets_it_twice(own_database: Flask) -> None:
    author, series = Cast().organiser, a_series("threads")
    for number in range(40):
        joined(series, f"Person {number}")
    draft = a_draft(series, author)
    send(draft, author)
    session.remove()
    turns = iter(range(AT_ONCE))

    def work() -> None:
        if next(turns) == AT_ONCE // 2:
            stop(draft.id, author.id)
        deliver_due()

    _all_at_once(work)
    found = messages_of(draft.id)
    assert {message.state for message in found.values()} <= {"sent", "suppressed"}
    assert len(found) == 40
    left = sum(message.state == "suppressed" for message in found.values())
    assert go_on(draft.id, author.id) == left if left else True
    deliver_due()
    assert {one.attempts for one in messages_of(draft.id).values()} == {1}


@pytest.mark.usefixtures("app", "awake")
def test_a_sign_in_link_does_not_wait_behind_an_announcement(cast: Cast) -> None:
    series = a_series("threads")
    for number in range(5):
        joined(series, f"Person {number}")
    send(a_draft(series, cast.organiser), cast.organiser)
    values = {"path": "/sign-in/secret", "minutes": 15}
    service.post(cast.learner.id, "sreymom@example.org", "sign_in_link", "token:1", values)
    kinds = [[claim.kind for claim in claim_due(3)] for _batch in range(3)]
    assert kinds == [["sign_in_link"], ["announcement"] * 3, ["announcement"] * 2]


@pytest.fixture
def told() -> Iterator[list[tuple[str, str, dict[str, object]]]]:
    """Return what the desk is told while an announcement goes on."""
    heard: list[tuple[str, str, dict[str, object]]] = []
    moving._said_at.clear()  # noqa: SLF001  what other tests said a moment ago
    jobs.plug(
        lambda _job, _arguments: None,
        lambda event, room, facts: heard.append((event, room, dict(facts))),
    )
    yield heard
    jobs.unplug()


@pytest.mark.usefixtures("app", "awake")
def test_the_desk_hears_its_number_and_not_more_often_than_eyes_follow(
    cast: Cast, told: list[tuple[str, str, dict[str, object]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    series = a_series("threads")
    for number in range(6):
        joined(series, f"Person {number}")
    draft = a_draft(series, cast.organiser)
    send(draft, cast.organiser)
    monkeypatch.setattr("academy.messaging.service.delivery.BATCH", 2)
    deliver_due()
    ours = ("job.changed", DESK, {"id": f"announcement:{draft.id}"})
    assert [one for one in told if "announcement" in str(one)] == [ours]


@pytest.mark.usefixtures("awake")
def test_whoever_looks_on_hears_that_it_was_stopped(
    app: Flask, client_of: Callable[[Person], FlaskClient], cast: Cast
) -> None:
    series = a_series("threads")
    joined(series, "Siti")
    draft = a_draft(series, cast.organiser)
    send(draft, cast.organiser)
    jobs.plug(
        lambda _job, _arguments: None,
        lambda event, room, facts: socketio.emit(event, facts, to=room),
    )
    eyes = {
        role: socketio.test_client(app, flask_test_client=client_of(getattr(cast, role)))
        for role in ("organiser", "learner")
    }
    stop(draft.id, cast.organiser.id)
    heard = {role: [each["args"][0] for each in one.get_received()] for role, one in eyes.items()}
    assert heard == {"organiser": [{"id": f"announcement:{draft.id}"}], "learner": []}


@pytest.mark.usefixtures("app")
def test_two_windows_begin_one_draft(cast: Cast) -> None:
    series = a_series("threads")
    assert begin(series, cast.organiser).id == begin(series, cast.organiser).id
    with transaction():
        assert begin(series, cast.focal_point).id != begin(series, cast.organiser).id
