"""Texts of organisers: what may stand in them, versions, two at once, and never a broken mail."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from academy.db import session, transaction
from academy.messaging.letters import Letter
from academy.messaging.models import Message
from academy.messaging.service import deliver_due
from academy.people.models import Person
from academy.programme.models import Series
from academy.programme.personal_links import link_path
from academy.programme.service import register
from academy.reminders import texts
from academy.reminders.kinds import LEFT_EARLY, PLANS
from academy.reminders.models import OwnText
from academy.reminders.placeholders import UnfitText, check, names_for, put_in
from academy.reminders.service import plan_reminders, save_text
from academy.reminders.service.texts import TextChangedMeanwhile
from academy.reminders.versions import Which
from tests.cast import Cast
from tests.programme.scenes import a_series, somebody

KIND = "reminder_one_day"
OWN = Letter("Soon: {{hour}}", "Dear {{ name }},\r\n\r\ncome by {{ link }}\r\n")
HERE = f"/desk/series/threads/reminders/{KIND}/text/en"


@pytest.fixture
def series(app: object) -> Series:
    """Return a series in a week."""
    return a_series("threads")


@pytest.fixture
def desk(client_of: Callable[[Person], FlaskClient], cast: Cast, series: Series) -> FlaskClient:
    """Return the organiser's browser."""
    return client_of(cast.organiser)


def _mail(series: Series, name: str = "Maya") -> tuple[str, str]:
    """Return subject and text of the mail of the day before, to somebody of that name."""
    registration = register(somebody(name), series)
    with time_machine.travel(series.live_sessions[0].starts_at - timedelta(days=1), tick=False):
        plan_reminders()
        deliver_due()
    message = session.scalars(
        select(Message).where(Message.kind == KIND, Message.person_id == registration.person_id)
    ).one()
    return message.subject, message.text.replace(link_path(registration), "/j/own")


@pytest.mark.parametrize("kind", PLANS)
@pytest.mark.parametrize("language", texts.languages())
def test_the_academys_own_texts_pass_their_own_check(kind: str, language: str) -> None:
    letter = texts.built_in(kind, language)
    assert check(kind, letter) == letter
    assert "{{ choices }}" in texts.end_of(kind, language)


def test_the_words_of_the_organisers_leave_with_the_end_that_every_mail_has(
    series: Series, cast: Cast
) -> None:
    save_text(Which(series, KIND, "en"), OWN, seen=0, actor_id=cast.organiser.id)
    subject, text = _mail(series)
    assert subject.startswith("Soon: ")
    assert subject.endswith("14:00")
    assert text.startswith("Dear Maya,\n\ncome by http://127.0.0.1:8000/j/own\n\nThe SSE Academy")
    assert "no more of these mails" in text


def test_what_a_person_is_called_is_never_read_as_a_placeholder(series: Series, cast: Cast) -> None:
    save_text(Which(series, KIND, "en"), OWN, seen=0, actor_id=cast.organiser.id)
    assert "Dear {{ link }} {{ 7*7 }}," in _mail(series, "{{ link }} {{ 7*7 }}")[1]


@pytest.mark.parametrize(
    ("subject", "text", "codes"),
    [
        ("", "{{ link }}", ["empty"]),
        ("Hello", " \n ", ["empty"]),
        ("Hello\nBcc: all@example.org", "{{ link }}", ["line_break"]),
        ("Hello\u2028there", "{{ link }}", ["line_break"]),
        ("{{ link }}", "{{ link }}", ["link_in_subject"]),
        ("Hello", "Come!", ["no_link"]),
        ("Hello", "{{ link }} {{ nmae }}", ["unknown"]),
        ("Hello", "{{ link }} {{ name.__class__ }}", ["unknown"]),
        ("Hello", "{{ link }} {{ 7*7 }}", ["unknown"]),
        ("Hello", "{{ link }} {{ recording }}", ["unknown"]),
        ("Hello", "{{ link }} {% for x in y %}", ["stray"]),
        ("Hello", "{{ link }} {{ name", ["stray"]),
        ("Hello", "{{ link }} {{{ name }}}", ["unknown"]),
        ("x" * 201, "{{ link }}", ["too_long"]),
        ("Hello", "{{ link }}" + "x" * 5_000, ["too_long"]),
    ],
)
def test_what_is_wrong_is_said(subject: str, text: str, codes: list[str]) -> None:
    with pytest.raises(UnfitText) as refused:
        check(KIND, Letter(subject, text))
    assert [fault.code for fault in refused.value.faults] == codes


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_is_kept_can_be_written(subject: str, text: str) -> None:
    words = dict.fromkeys(names_for(LEFT_EARLY), "{{ name }} \n {% x %}")
    try:
        letter = check(LEFT_EARLY, Letter(subject, f"{text} {{{{ link }}}}"))
    except UnfitText:
        return
    assert "\n" not in put_in(letter, words).subject


def test_a_paragraph_about_what_is_not_there_is_left_out() -> None:
    letter = Letter("Hello", "One.\n\nHear it: {{ recording }}\n\nTwo.\n")
    assert put_in(letter, {"recording": ""}).text == "One.\n\nTwo.\n"


def test_faults_stand_at_their_fields_and_nothing_is_kept(desk: FlaskClient) -> None:
    answer = desk.post(HERE, data={"seen": "0", "subject": "Hello", "text": "{{ nmae }}"})
    assert answer.status_code == 422
    assert "There is no placeholder {{ nmae }}: take one of the list." in answer.text
    assert "without it nobody finds in" in answer.text
    assert session.scalars(select(OwnText)).all() == []


def test_the_text_is_shown_before_it_is_kept(desk: FlaskClient) -> None:
    fields = {"seen": "0", "subject": OWN.subject, "text": OWN.text}
    page = desk.post(HERE, data={**fields, "do": "preview"}).text
    assert "Dear Aisyah binti Omar," in page
    assert session.scalars(select(OwnText)).all() == []


def test_two_who_write_at_once_never_overwrite_each_other(desk: FlaskClient) -> None:
    first = {"seen": "0", "subject": "First", "text": "{{ link }}"}
    assert desk.post(HERE, data=first).status_code == 303
    second = {"seen": "0", "subject": "Second", "text": "{{ link }} of the second"}
    answer = desk.post(HERE, data=second)
    assert answer.status_code == 409
    assert "First" in answer.text
    assert "of the second" in answer.text
    assert 'name="seen" type="hidden" value="1"' in answer.text
    assert desk.post(HERE, data=second | {"seen": "1"}).status_code == 303
    assert [one.subject for one in session.scalars(select(OwnText))] == ["First", "Second"]


def test_of_two_threads_that_save_at_the_same_moment_one_is_told(own_database: Flask) -> None:
    series, organiser = a_series("threads"), somebody("Aisyah")
    session.remove()
    start = Barrier(2)

    def save(words: str) -> str:
        start.wait()
        try:
            letter = Letter(words, "{{ link }}")
            save_text(Which(series, KIND, "en"), letter, seen=0, actor_id=organiser.id)
        except TextChangedMeanwhile:
            return "told"
        finally:
            session.remove()
        return "kept"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(save, ["First", "Second"]))
    assert outcomes == ["kept", "told"]
    assert len(session.scalars(select(OwnText)).all()) == 1


def test_an_unseen_version_is_refused_by_the_service_too(series: Series, cast: Cast) -> None:
    with pytest.raises(TextChangedMeanwhile):
        save_text(Which(series, KIND, "en"), OWN, seen=3, actor_id=cast.organiser.id)


def test_the_academys_text_is_brought_back_and_the_other_kept(
    desk: FlaskClient, series: Series
) -> None:
    desk.post(HERE, data={"seen": "0", "subject": "Mine", "text": "Mine: {{ link }}"})
    page = desk.post(f"{HERE}/built-in", data={"seen": "1"}, follow_redirects=True).text
    assert "in force again" in page
    assert "Mine" in desk.get(f"{HERE}?version=1").text
    assert _mail(series)[1].startswith("Hello Maya,\n\nyou have a place")


@pytest.mark.parametrize("seen", ["0", "7", "-1", "", "x", "99999999999999999999"])
def test_bringing_back_what_one_has_not_seen_changes_nothing(desk: FlaskClient, seen: str) -> None:
    desk.post(HERE, data={"seen": "0", "subject": "Mine", "text": "Mine: {{ link }}"})
    desk.post(f"{HERE}/built-in", data={"seen": seen})
    assert len(session.scalars(select(OwnText)).all()) == 1


def test_a_text_that_cannot_be_written_gives_way_and_the_page_says_so(
    desk: FlaskClient, series: Series, cast: Cast
) -> None:
    save_text(Which(series, KIND, "en"), OWN, seen=0, actor_id=cast.organiser.id)
    with transaction() as current:
        current.execute(update(OwnText).values(text="{{ gone }} {{ link }}"))
    session.expire_all()
    assert _mail(series)[1].startswith("Hello Maya,\n\nyou have a place")
    assert "could not be written" in desk.get("/desk/series/threads/reminders/").text
    assert "UnknownPlaceholder" in desk.get(HERE).text


def test_who_reads_another_language_gets_that_ones_text(series: Series, cast: Cast) -> None:
    save_text(Which(series, KIND, "id"), OWN, seen=0, actor_id=cast.organiser.id)
    assert _mail(series)[1].startswith("Hello Maya,\n\nyou have a place")
