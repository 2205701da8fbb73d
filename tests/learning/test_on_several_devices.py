"""One learner on several devices: notes meet, places are found again, presses come twice."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from academy.db import session
from academy.learning.models import Study
from academy.people.models import Person
from tests.cast import Cast
from tests.learning.writing import load_course

ClientOf = Callable[[Person], FlaskClient]
WARP, WEFT = "/courses/weaving/first/warp/", "/courses/weaving/first/weft/"


@pytest.fixture
def learner(app: object, cast: Cast, client_of: ClientOf) -> FlaskClient:
    """Return the browser of a learner who is signed in."""
    load_course()
    return client_of(cast.learner)


def known_of(device: FlaskClient) -> str:
    """Return the mark of the note as the page of the lesson shows it."""
    found = re.search(r'name="known" value="([^"]+)"', device.get(WARP).text)
    assert found
    return found[1]


def write(device: FlaskClient, note: str, known: str) -> str:
    data = {"note": note, "known": known}
    return device.post(f"{WARP}note", data=data, follow_redirects=True).text


def note() -> str:
    session.expire_all()
    return session.scalars(select(Study.note)).one()


def test_what_two_devices_write_stays_both(learner: FlaskClient) -> None:
    on_both = known_of(learner)
    write(learner, "Ask Siti.", on_both)
    assert "Both stand here" in write(learner, "Buy thread.", on_both)
    assert note() == "Ask Siti.\n\nBuy thread."
    assert "is saved" in write(learner, "Buy thread.", known_of(learner))
    assert note() == "Buy thread.", "who saw all of it may shorten it"


def test_a_note_is_not_emptied_by_a_device_that_never_saw_it(learner: FlaskClient) -> None:
    empty = known_of(learner)
    write(learner, "Ask Siti.", empty)
    write(learner, "", empty)
    write(learner, "Ask Siti. Then Budi.", empty)
    assert note() == "Ask Siti. Then Budi."


def test_two_notes_that_do_not_fit_are_given_back(learner: FlaskClient) -> None:
    empty = known_of(learner)
    write(learner, "a" * 9_000, empty)
    page = learner.post(f"{WARP}note", data={"note": "b" * 9_000, "known": empty})
    assert (page.status_code, "b" * 9_000 in page.text) == (409, True)
    assert "both do not fit" in page.text
    assert note() == "a" * 9_000


def test_without_a_script_the_last_press_is_where_one_resumes(learner: FlaskClient) -> None:
    learner.post(f"{WARP}read")
    assert "Go on: The weft" in learner.get("/courses/weaving/").text
    write(learner, "Again.", known_of(learner))
    learner.post(f"{WARP}read")
    assert "Go on: The weft" in learner.get("/courses/weaving/").text


def test_a_note_and_a_quiz_are_places_to_resume(learner: FlaskClient) -> None:
    learner.post(f"{WEFT}seen")
    write(learner, "Mine.", "")
    assert "Go on: The warp" in learner.get("/courses/weaving/").text
    learner.post(f"{WEFT}seen")
    learner.post(f"{WARP}quiz")
    assert "Go on: The warp" in learner.get("/").text


def test_a_note_on_a_page_that_is_too_old_is_given_back(
    learner: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    page = learner.post(f"{WARP}note", data={"note": "Ask Siti.", "known": ""})
    assert (page.status_code, "Ask Siti." in page.text) == (400, True)
    assert "Nothing you wrote is lost" in page.text
    assert session.scalars(select(Study)).all() == []
