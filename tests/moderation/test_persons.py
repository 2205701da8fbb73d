"""A person as moderators see them, and what the person reads about themself."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from academy.db import now, session
from academy.moderation.models import Decision
from academy.moderation.service import appeal, decide_on_person, write_note
from academy.people.models import Person
from tests.cast import Cast
from tests.moderation.conftest import Desk
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]


def test_moderators_see_posts_decisions_flags_appeals_and_notes_of_a_person(
    client_of: ClientOf, desk: Desk, cast: Cast, engine: Engine
) -> None:
    desk.hold(cast.learner, "My first words")
    warned = decide_on_person(cast.learner, cast.moderator, "warn", "spam", note="Stop.")
    appeal(warned, cast.learner, "Why?")
    write_note(cast.learner, "Met her in Phnom Penh.", cast.moderator)
    browser = client_of(cast.administrator)
    with counted(engine) as statements:
        page = browser.get(f"/moderation/persons/{cast.learner.id}/").text
    for words in ("ស្រីមុំ", "Cambodia", "Trust: Newcomer", "My first words", "A warning",
                  "appeal waits", "Met her in Phnom Penh.", "Nimali Perera"):  # fmt: skip
        assert words in page
    assert len(statements) <= 12


def test_a_suspension_ends_at_the_end_of_the_day_that_was_chosen(
    client_of: ClientOf, cast: Cast, app: Flask
) -> None:
    address = f"/moderation/persons/{cast.learner.id}/"
    browser = client_of(cast.moderator)
    day = (now() + timedelta(days=3)).date()
    data = {"action": "suspend", "reason": "harm", "days": "date"}
    for wrong in ({}, {"until_on": "2020-01-01"}, {"until_on": "soon"}):
        assert browser.post(address, data=data | wrong).status_code == 400
    browser.post(address, data=data | {"until_on": day.isoformat()})
    until = session.scalars(select(Decision.until)).one()
    assert until is not None
    assert (until - timedelta(seconds=1)).date() == day
    assert "suspended" in browser.get(address).text
    staff = f"/moderation/persons/{cast.organiser.id}/"
    assert browser.post(staff, data=data | {"until_on": day.isoformat()}).status_code == 409


def test_of_staff_only_the_post_is_decided_about(
    client_of: ClientOf, desk: Desk, cast: Cast
) -> None:
    waiting = desk.flag(cast.moderator, "Buy rice", cast.learner)
    address, browser = f"/moderation/queue/{waiting.id}/", client_of(cast.administrator)
    page = browser.get(address).text
    assert ('value="hide"' in page, 'value="suspend"' in page) == (True, False)
    data = {"action": "suspend", "reason": "spam", "days": "7"}
    assert browser.post(address, data=data).status_code == 400


def test_moderators_find_people_by_name_and_see_who_is_kept_from_writing(
    client_of: ClientOf, cast: Cast, app: Flask
) -> None:
    until = now() + timedelta(days=3)
    decide_on_person(cast.learner, cast.moderator, "suspend", "harm", until=until)
    decide_on_person(cast.other_learner, cast.moderator, "silence", "spam", until=now())
    browser = client_of(cast.moderator)
    page = browser.get("/moderation/persons/").text
    assert ("ស្រីមុំ" in page, "Sutrisno" in page) == (True, False)
    assert "Sutrisno" in browser.get("/moderation/persons/?name=%20SUTRIS").text
    assert "Nobody is called so" in browser.get("/moderation/persons/?name=%25").text


def test_a_note_is_kept_and_an_empty_one_asked_for_again(
    client_of: ClientOf, cast: Cast, app: Flask
) -> None:
    address = f"/moderation/persons/{cast.learner.id}/"
    browser = client_of(cast.moderator)
    assert browser.post(f"{address}notes", data={"words": ""}).status_code == 400
    browser.post(f"{address}notes", data={"words": "Called her."})
    assert "Called her." in browser.get(address).text
    assert browser.get("/moderation/persons/999999/").status_code == 404


def test_everybody_reads_what_they_may_do_what_is_missing_and_what_was_decided(
    client_of: ClientOf, desk: Desk, cast: Cast
) -> None:
    browser = client_of(cast.learner)
    page = browser.get("/moderation/own").text
    for words in ("your level", "Posts that everybody sees: 0 of 3", "None. If moderators"):
        assert words in page
    decision = decide_on_person(cast.learner, cast.moderator, "silence", "spam")
    page = browser.get("/moderation/own").text
    assert "The author cannot write for a while" in page
    assert f"/moderation/decisions/{decision.id}/#appeal" in page
    assert "What you may do" in browser.get("/account/").text
    assert "whatever you write appears at once" in client_of(cast.moderator).get(
        "/moderation/own"
    ).text  # fmt: skip
