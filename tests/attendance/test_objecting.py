"""Objecting to one's own attendance: saying it, changing it, taking it back, by the page."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from academy.attendance import service
from academy.attendance.models import Objection
from academy.db import now, session, transaction
from academy.lib import jobs
from academy.people.models import Person
from academy.programme.models import LiveSession, Series
from tests.cast import Cast

ClientOf = Callable[[Person], FlaskClient]
ONE = "/attendance/may-1/"
SAY = f"{ONE}objection"


@pytest.fixture
def reader(client_of: ClientOf, siti: Person, recent: LiveSession) -> FlaskClient:
    """Return Siti's browser."""
    return client_of(siti)


def _say(reader: FlaskClient, /, **fields: str) -> TestResponse:
    return reader.post(SAY, data={"zone": "Asia/Kuala_Lumpur", **fields}, follow_redirects=True)


def _said() -> list[Objection]:
    session.expire_all()
    return list(session.scalars(select(Objection).order_by(Objection.id)))


def test_she_says_that_she_was_there_from_when_until_when_and_how(
    reader: FlaskClient, recent: LiveSession
) -> None:
    page = _say(reader, kind="was_there", from_time="14:05", until_time="16:00",
                how="with_others", words="With Maya, on her tablet.").text  # fmt: skip
    [said] = _said()
    assert said.from_at == recent.starts_at + timedelta(minutes=5)
    assert said.until_at == recent.starts_at + timedelta(minutes=120)
    assert (said.kind, said.how, said.state) == ("was_there", "with_others", "open")
    assert "Waits for an answer" in page
    assert "With Maya, on her tablet." in page
    assert 'value="14:05"' in page


def test_times_are_read_on_the_clock_that_the_page_showed(
    reader: FlaskClient, recent: LiveSession
) -> None:
    _say(reader, kind="was_there", from_time="11:50", zone="Asia/Kathmandu")
    assert _said()[0].from_at == recent.starts_at + timedelta(minutes=5)


def test_saying_it_again_changes_what_is_open(reader: FlaskClient) -> None:
    _say(reader, kind="was_there")
    _say(reader, kind="stayed_longer", until_time="16:30")
    [said] = _said()
    assert (said.kind, said.version) == ("stayed_longer", 2)


def test_it_can_be_taken_back_and_said_again(reader: FlaskClient) -> None:
    _say(reader, kind="not_me")
    page = reader.post(f"{SAY}/withdrawal", follow_redirects=True).text
    assert "Taken back. You can say it again at any time." in page
    again = reader.post(f"{SAY}/withdrawal", follow_redirects=True).text
    assert "It has been answered meanwhile" in again
    _say(reader, kind="not_me")
    assert [said.state for said in _said()] == ["withdrawn", "open"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Choose what is not right."),
        ({"kind": "nonsense"}, "Not a valid choice"),
        ({"kind": "was_there", "how": "by_camel"}, "Not a valid choice"),
        ({"kind": "other"}, "Say in a few words what is not right."),
        ({"kind": "other", "words": "x" * 1001}, "This is longer than 1,000 signs."),
        ({"kind": "was_there", "from_time": "09:00"}, "This is outside the time"),
        ({"kind": "was_there", "from_time": "25:61"}, "Not a valid time"),
        ({"kind": "was_there", "from_time": "15:00", "until_time": "14:30"},
         "The end is not after the beginning."),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_at_the_field(
    reader: FlaskClient, fields: dict[str, str], words: str
) -> None:
    answer = _say(reader, **fields)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert _said() == []


def test_a_zone_of_nonsense_is_the_organisers(reader: FlaskClient, recent: LiveSession) -> None:
    _say(reader, kind="was_there", from_time="14:00", zone="Moon/Base")
    assert _said()[0].from_at == recent.starts_at


def test_a_live_session_over_midnight_has_times_of_both_days(
    reader: FlaskClient, recent: LiveSession
) -> None:
    with transaction():
        held = session.get_one(LiveSession, recent.id)
        held.starts_at += timedelta(hours=-15)  # 23:00 to 01:30
    _say(reader, kind="was_there", from_time="23:10", until_time="00:40")
    [said] = _said()
    assert said.from_at is not None
    assert said.until_at is not None
    assert said.until_at - said.from_at == timedelta(minutes=90)


def _move(live_session: LiveSession, **changes: object) -> None:
    with transaction():
        held = session.get_one(LiveSession, live_session.id)
        for name, value in changes.items():
            setattr(held, name, value)


def test_nobody_objects_sixty_days_after_the_end(reader: FlaskClient, recent: LiveSession) -> None:
    _move(recent, starts_at=now() - timedelta(days=60, minutes=151))
    page = reader.get(ONE).text
    assert "Is this not right?" not in page
    assert "It is too late to object" in page
    assert "It is too late to object" in _say(reader, kind="was_there").text
    assert _said() == []


def test_nobody_objects_to_what_was_called_off_or_has_not_begun(
    reader: FlaskClient, recent: LiveSession
) -> None:
    _move(recent, status="cancelled")
    assert _say(reader, kind="was_there").status_code == 404
    _move(recent, status="published", starts_at=now() + timedelta(hours=1))
    assert _say(reader, kind="was_there").status_code == 404


def test_from_the_very_start_she_can_say_that_she_is_there(
    reader: FlaskClient, recent: LiveSession
) -> None:
    _move(recent, starts_at=now() - timedelta(seconds=1))
    _say(reader, kind="was_there")
    assert len(_said()) == 1


def test_nobody_objects_once_people_were_made_anonymous(
    reader: FlaskClient, recent: LiveSession
) -> None:
    with transaction():
        session.get_one(Series, recent.series_id).anonymised_at = now()
    assert "It is too late to object" in _say(reader, kind="was_there").text


def test_whoever_objects_again_and_again_is_sent_to_the_organisers(reader: FlaskClient) -> None:
    for _time in range(5):
        _say(reader, kind="was_there")
        reader.post(f"{SAY}/withdrawal")
    assert "You have said enough" in _say(reader, kind="was_there").text


def test_the_desk_hears_of_it_without_a_word_of_it(reader: FlaskClient) -> None:
    heard: list[tuple[str, str, dict[str, int | str]]] = []
    jobs.plug(lambda *_: None, lambda *told: heard.append(told))
    _say(reader, kind="was_there", words="private")
    assert [(event, room, set(facts)) for event, room, facts in heard] == [
        ("job.changed", "desk", {"id"})
    ]


def test_others_can_neither_object_for_her_nor_take_it_back(
    reader: FlaskClient, client_of: ClientOf, cast: Cast
) -> None:
    _say(reader, kind="was_there")
    for person in (cast.learner, cast.organiser):
        browser = client_of(person)
        assert _say(browser, kind="not_me").status_code == 404
        assert browser.post(f"{SAY}/withdrawal").status_code == 404
    assert [said.kind for said in _said()] == ["was_there"]


def test_what_she_writes_is_shown_as_text(reader: FlaskClient) -> None:
    page = _say(reader, kind="other", words="<script>alert(1)</script>").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_stranger_is_sent_to_sign_in(client: FlaskClient, recent: LiveSession) -> None:
    assert client.post(SAY).headers["Location"].startswith("/sign-in")


def test_nothing_is_said_by_looking(reader: FlaskClient) -> None:
    assert reader.get(SAY).status_code == 405


def test_a_kind_that_does_not_exist_is_a_fault_of_the_caller(
    recent: LiveSession, siti: Person
) -> None:
    with pytest.raises(ValueError):
        service.object_to(recent, siti.id, service.Word("dislike"))
