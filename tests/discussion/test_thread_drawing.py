"""Posts are drawn once for all to whom they look the same; nobody gets what is another's."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from academy.db import session, transaction
from academy.discussion import service
from academy.discussion.models import Post, Thread
from academy.discussion.views import drawing
from academy.people.models import Person
from tests.cast import Cast, sign_in_to
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]


@pytest.fixture
def thread(app: Flask, cast: Cast) -> Thread:
    """Return a thread of three posts of three people."""
    begun, _ = service.start_thread(cast.learner, "How do you dry fish?", "No sun *in July*.")
    service.reply(begun.id, cast.other_learner, "In a kiln.", answers=1)
    service.reply(begun.id, cast.organiser, "In the smoke.", answers=1)
    return begun


def _post(page: str, number: int) -> str:
    found = re.search(rf'<li class="[^"]*" id="post-{number}".*?</li>', page, re.DOTALL)
    assert found is not None
    return found[0]


def test_each_reader_gets_the_buttons_that_are_theirs(
    client: FlaskClient, client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    for _again in range(2):  # drawn, then kept
        asker = client_of(cast.learner).get(f"/threads/{thread.id}/").text
        answerer = client_of(cast.other_learner).get(f"/threads/{thread.id}/").text
        stranger = client.get(f"/threads/{thread.id}/").text
        assert "This answers it" in _post(asker, 2)
        assert "data-own" not in _post(asker, 2)
        assert ">Edit<" in _post(answerer, 2)
        assert "This answers it" not in answerer
        assert "Useful" in _post(answerer, 3)
        assert "Useful" not in _post(answerer, 2)
        assert not re.search(r"<button|>Edit<|>Flag<|>Answer<", _post(stranger, 2))


def test_a_tap_an_edit_and_another_name_are_seen_at_once(
    client: FlaskClient, client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    address = f"/threads/{thread.id}/"
    tapper, other = client_of(cast.learner), client_of(cast.organiser)
    assert "In a kiln." in _post(tapper.get(address).text, 2)
    tapper.post(f"{address}posts/2/reactions", data={"kind": "useful"})
    assert 'value="useful" aria-pressed="true"' in _post(tapper.get(address).text, 2)
    assert 'value="useful" aria-pressed="false"' in _post(other.get(address).text, 2)
    assert 'data-taps="1"' in _post(client.get(address).text, 2)
    with transaction():
        session.merge(cast.other_learner).name = "Sutrisno the baker"
    for browser in (tapper, other, client):
        assert "Sutrisno the baker" in _post(browser.get(address).text, 2)
    post = session.query(Post).filter_by(thread_id=thread.id, number=2).one()
    service.edit_post(post, cast.other_learner, "Warm.", version=1)
    assert "Warm." in _post(other.get(address).text, 2)


def test_what_is_new_is_marked_for_each_reader_by_how_far_they_came(
    client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    service.mark_read(thread.id, cast.learner.id, 2)
    service.mark_read(thread.id, cast.other_learner.id, 3)
    pages = [
        client_of(one).get(f"/threads/{thread.id}/").text
        for one in (cast.learner, cast.other_learner)
    ]
    assert [page.count("post--new") for page in pages] == [1, 0]


def test_the_kept_box_holds_the_token_of_who_opens_it(
    app: Flask, cast: Cast, thread: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    keys = set()
    for person in (cast.learner, cast.organiser):
        browser = sign_in_to(app.test_client(), person)
        page = browser.get(f"/threads/{thread.id}/").text
        box = page[page.index('id="answer"') :]
        fields = dict(re.findall(r'name="(csrf_token|request_key)"[^>]*value="([^"]+)"', box))
        fields |= {"body": f"By {person.id}", "language": "en"}
        keys.add(fields["request_key"])
        assert browser.post(f"/threads/{thread.id}/posts/", data=fields).status_code == 302
    assert len(keys) == 2
    session.expire_all()
    assert session.get_one(Thread, thread.id).last_number == 5


def test_one_form_sends_every_button_of_the_page(
    app: Flask, cast: Cast, thread: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    browser = sign_in_to(app.test_client(), cast.learner)
    page = browser.get(f"/threads/{thread.id}/").text
    token = re.search(r'<form id="act".*?value="([^"]+)"', page)
    assert token is not None
    buttons = re.findall(r'form="act" formaction="([^"]+)"(?: name="(\w+)" value="(\w*)")?', page)
    assert {path.rsplit("/", 1)[-1] for path, _, _ in buttons} == {
        "reactions",
        "acceptance",
        "wish",
    }
    for path, name, value in buttons:
        data = {"csrf_token": token[1]} | ({name: value} if name else {})
        assert browser.post(path, data=data).status_code == 302


def test_a_long_post_is_not_kept(client: FlaskClient, cast: Cast, thread: Thread) -> None:
    service.reply(thread.id, cast.learner, "Long. " * drawing.LONGEST_KEPT)
    before = drawing.draw_once.cache_info().currsize
    assert "Long. Long." in client.get(f"/threads/{thread.id}/posts/4/part").text
    assert drawing.draw_once.cache_info().currsize == before


def test_a_page_of_a_hundred_posts_costs_four_statements(
    client_of: ClientOf, cast: Cast, thread: Thread, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("academy.discussion.queries.POSTS_ON_A_PAGE", 100)
    with transaction() as current:
        for number in range(4, 101):
            post = Post(thread_id=thread.id, number=number, body=f"Post {number}", language="en",
                        author_id=cast.organiser.id)  # fmt: skip
            current.add(post)
        session.get_one(Thread, thread.id).last_number = 100
    browser = client_of(cast.learner)
    browser.get("/")
    with counted(engine) as statements:
        page = browser.get(f"/threads/{thread.id}/").text
    assert page.count("data-post=") == 100
    assert len([each for each in statements if not each.startswith("BEGIN")]) <= 4
