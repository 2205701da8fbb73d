"""A new post as open pages of many fetch it: one answer, in which nothing is anybody's own."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.test import Client

from academy.db import session, transaction
from academy.discussion import service
from academy.discussion.models import Post, Thread
from academy.lib.moment import KeptForAMoment
from academy.people.models import Person
from tests.cast import Cast
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]


@pytest.fixture
def thread(app: Flask, cast: Cast) -> Thread:
    """Return a thread of the learner with an answer of another."""
    begun, _ = service.start_thread(cast.learner, "How do you dry fish?", "No sun *in July*.")
    service.reply(begun.id, cast.other_learner, "In a kiln.", answers=1)
    return begun


def _address(thread: Thread, looks: str, at: int = 1) -> str:
    query = f"looks={looks}&zone=Asia/Manila&language=en&at={at}"
    return f"/threads/{thread.id}/posts/2/shared?{query}"


def test_members_get_buttons_and_strangers_none(client: FlaskClient, thread: Thread) -> None:
    strangers, members = (
        client.get(_address(thread, looks)).text for looks in ("strangers", "members")
    )
    assert "In a kiln." in strangers
    assert "In a kiln." in members
    assert not re.search(r"<button|>Edit<|>Flag<|>Answer<", strangers)
    assert {"Useful", "Answer", "Flag"} <= set(re.findall(r">(\w+)</(?:a|button)>", members))
    assert not re.search(r">Edit<|This answers it|data-own|csrf", members)
    assert 'data-moment="Asia/Manila"' in members


def test_it_looks_as_a_members_own_fetch_does(
    client: FlaskClient, client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    zone = cast.organiser.zone or "UTC"
    shared = client.get(_address(thread, "members").replace("Asia/Manila", zone)).text
    assert client_of(cast.organiser).get(f"/threads/{thread.id}/posts/2/part").text == shared


@pytest.mark.parametrize("state", ["held", "hidden", "removed"])
def test_what_not_everybody_reads_is_shared_with_nobody(
    client: FlaskClient, client_of: ClientOf, cast: Cast, thread: Thread, state: str
) -> None:
    with transaction():
        session.scalars(select(Post).where(Post.number == 2)).one().state = state
    for browser in (client, client_of(cast.moderator), client_of(cast.other_learner)):
        assert browser.get(_address(thread, "members")).status_code == 404


def test_a_hidden_thread_shares_nothing(
    client: FlaskClient, client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    with transaction():
        session.get_one(Thread, thread.id).state = "hidden"
    for browser in (client, client_of(cast.moderator)):
        assert browser.get(_address(thread, "strangers")).status_code == 404


def test_an_author_knows_their_own_post_by_a_mark_that_tells_others_nothing(
    client: FlaskClient, client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    by = client.get(_address(thread, "members")).headers["X-By"]
    pages = [
        client_of(one).get(f"/threads/{thread.id}/").text
        for one in (cast.other_learner, cast.organiser)
    ]
    marks = [re.findall(r'data-me="(\w+)"', page)[0] for page in pages]
    assert marks[0] == by != marks[1]
    other, _ = service.start_thread(cast.organiser, "Another", "Words")
    service.reply(other.id, cast.other_learner, "Also here.")
    assert client.get(_address(other, "members")).headers["X-By"] != by


def test_who_asked_and_moderators_fetch_for_themselves(
    client: FlaskClient, client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    address = f"/threads/{thread.id}/"
    assert 'data-looks="strangers"' in client.get(address).text
    assert 'data-looks="members"' in client_of(cast.organiser).get(address).text
    for person in (cast.learner, cast.moderator):
        assert "data-looks" not in client_of(person).get(address).text


def test_one_change_is_asked_for_once_and_the_next_one_anew(
    app: Flask, thread: Thread, engine: Engine
) -> None:
    browser = Client(KeptForAMoment(app), use_cookies=False)
    browser.get(_address(thread, "strangers", at=1))
    with counted(engine) as statements:
        assert "In a kiln." in browser.get(_address(thread, "strangers", at=1)).text
    assert statements == []
    with transaction():
        session.scalars(select(Post).where(Post.number == 2)).one().state = "hidden"
    assert browser.get(_address(thread, "strangers", at=2)).status_code == 404


def test_what_somebody_signed_in_is_shown_is_never_stored(
    client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    answer = client_of(cast.organiser).get(_address(thread, "members"))
    assert answer.headers["Cache-Control"] == "no-store"
