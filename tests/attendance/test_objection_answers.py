"""Answering an objection says what it does, and nobody agrees with the words of a refusal."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from academy.attendance import service
from academy.attendance.models import Objection
from academy.attendance.service import Word
from academy.db import session
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.cast import Cast

ClientOf = Callable[[Person], FlaskClient]
LIST = "/desk/objections/"
ZONE = "Asia/Kuala_Lumpur"


@pytest.fixture
def desk(client_of: ClientOf, cast: Cast) -> FlaskClient:
    """Return the organiser's browser."""
    return client_of(cast.organiser)


@pytest.fixture
def said(recent: LiveSession, siti: Person) -> Objection:
    """Return what Siti says: that she was there."""
    return service.object_to(recent, siti.id, Word("was_there"))


def _refuse(desk: FlaskClient, said: Objection, reply: str) -> TestResponse:
    data = {"seen": said.version, "answer": "declined", "declined-reply": reply}
    return desk.post(f"{LIST}{said.id}/answer", data=data)


def _now(said: Objection) -> Objection:
    return session.get_one(Objection, said.id, populate_existing=True)


def test_each_answer_says_what_it_does(
    desk: FlaskClient, recent: LiveSession, siti: Person
) -> None:
    begin = recent.starts_at
    word = Word("was_there", "", "", begin, begin + timedelta(minutes=150))
    objection = service.object_to(recent, siti.id, word)
    page = desk.get(f"{LIST}{objection.id}/").text
    assert "Agree: counts as present, 150 minutes</button>" in page
    assert "Refuse: stays absent</button>" in page
    assert page.index("Agree:") < page.index("Refuse:")


def test_the_words_of_a_refusal_go_with_no_other_answer(desk: FlaskClient, said: Objection) -> None:
    """Each answer has a field of its own, so what was typed as a refusal cannot agree."""
    no = "No, you were not there."
    data = {"seen": said.version, "zone": ZONE, "answer": "presence", "declined-reply": no}
    desk.post(f"{LIST}{said.id}/answer", data=data)
    assert (_now(said).state, _now(said).reply) == ("confirmed", "")


def test_a_refusal_needs_its_words_and_keeps_what_else_was_typed(
    desk: FlaskClient, said: Objection
) -> None:
    for reply in ("", "   "):
        page = _refuse(desk, said, reply)
        assert (page.status_code, "Say why" in page.text) == (422, True)
    too_long = _refuse(desk, said, "Why " * 200)
    assert (too_long.status_code, "Why Why" in too_long.text) == (422, True)
    assert _now(said).state == "open"
