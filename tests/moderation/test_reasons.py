"""Reasons are edited in every language; authors read theirs, the past keeps what it said."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from academy.db import session
from academy.moderation.errors import EditedMeanwhile, NotPossible
from academy.moderation.models import Decision, Reason
from academy.moderation.queries import list_reasons
from academy.moderation.reasons import words_in
from academy.moderation.sayings import say_decision
from academy.moderation.service import add_reason, decide_on_person, edit_reason
from academy.people.models import Person
from tests.cast import Cast

ClientOf = Callable[[Person], FlaskClient]


def _reason(key: str) -> Reason:
    session.expire_all()
    return session.get_one(Reason, key)


def test_moderators_edit_the_words_and_decisions_of_the_past_keep_theirs(
    app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    before = decide_on_person(cast.learner, cast.moderator, "warn", "spam").id
    browser = client_of(cast.moderator)
    assert "It advertises." in browser.get("/moderation/reasons/").text
    data = {"words_en": "It sells  things.", "words_id": "Ini jualan.", "words_km": "លក់",
            "version": "1", "is_active": "y"}  # fmt: skip
    browser.post("/moderation/reasons/spam/", data=data)
    assert _reason("spam").words == {
        "en": "It sells things.", "id": "Ini jualan.", "km": "លក់",
    }  # fmt: skip
    after = decide_on_person(cast.learner, cast.moderator, "warn", "spam").id
    said = {one: say_decision(session.get_one(Decision, one), "id").text for one in (before, after)}
    assert "Ini iklan." in said[before]
    assert "Ini jualan." in said[after]
    assert "លក់" in say_decision(session.get_one(Decision, after), "km").text
    assert "It sells things." in say_decision(session.get_one(Decision, after), "ta").text
    assert "It advertises." in browser.get(f"/moderation/decisions/{before}/").text
    assert "It advertises." in browser.get("/moderation/reasons/spam/").text  # as history


def test_two_who_edit_at_once_do_not_overwrite_each_other(
    client_of: ClientOf, cast: Cast, app: Flask
) -> None:
    edit_reason(_reason("spam"), {"en": "First."}, cast.moderator, version=1, is_active=True)
    with pytest.raises(EditedMeanwhile):
        edit_reason(_reason("spam"), {"en": "Second."}, cast.moderator, version=1, is_active=True)
    late = {"words_en": "Second.", "version": "1", "is_active": "y"}
    answer = client_of(cast.administrator).post("/moderation/reasons/spam/", data=late)
    assert answer.status_code == 409
    assert "A colleague saved other words first: First." in answer.text
    assert "Second." in answer.text
    assert _reason("spam").words == {"en": "First."}


def test_a_reason_is_added_moved_and_taken_out_of_the_list(
    client_of: ClientOf, cast: Cast, app: Flask
) -> None:
    browser = client_of(cast.moderator)
    assert browser.post("/moderation/reasons/new", data={"words_id": "x"}).status_code == 400
    browser.post("/moderation/reasons/new", data={"words_en": "No source is given, anywhere."})
    keys = [one.key for one in list_reasons()]
    assert keys[-2:] == ["no_source_is_give", "other"]
    browser.post("/moderation/reasons/no_source_is_give/place", data={"way": "up"})
    assert [one.key for one in list_reasons()][-3:] == ["no_source_is_give", "repeated", "other"]
    out = {"words_en": "No source.", "version": "1"}
    browser.post("/moderation/reasons/no_source_is_give/", data=out)
    assert "no_source_is_give" not in [one.key for one in list_reasons()]
    assert "not offered" in browser.get("/moderation/reasons/").text
    assert browser.get("/moderation/reasons/nothing/").status_code == 404


def test_same_words_make_another_key_and_what_is_always_needed_stays(
    cast: Cast, app: Flask
) -> None:
    keys = [add_reason({"en": "ไม่"}, cast.moderator).key for _ in range(2)]
    assert keys == ["reason", "reason_2"]
    for key in ("fits", "other"):
        with pytest.raises(NotPossible):
            edit_reason(_reason(key), {"en": "x"}, cast.moderator, version=1, is_active=False)


def test_the_yearly_figures_count_by_key_in_the_words_of_today(
    client: FlaskClient, cast: Cast, app: Flask
) -> None:
    made = decide_on_person(cast.learner, cast.moderator, "warn", "spam")
    edit_reason(_reason("spam"), {"en": "It sells."}, cast.moderator, version=1, is_active=True)
    decide_on_person(cast.learner, cast.moderator, "warn", "spam")
    page = client.get(f"/moderation/figures/{made.decided_at.year}").text
    assert "It sells." in page
    assert session.scalars(select(Decision.reason).distinct()).all() == ["spam"]


def test_words_fall_back_to_the_language_and_then_to_english() -> None:
    words = {"en": "Sells.", "pt": "Vende."}
    said = [words_in(words, tag) for tag in ("pt-BR", "pt", "km", "")]
    assert said == ["Vende.", "Vende.", "Sells.", "Sells."]
