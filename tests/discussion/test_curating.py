"""Summaries and best answers: by moderators, versioned, live, and hidden with the thread."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from academy.db import session
from academy.discussion import events, service
from academy.discussion.errors import EditedMeanwhile, NotYours, TooManyBest
from academy.discussion.models import Post, Thread, ThreadSummary
from academy.discussion.service import recommending
from academy.discussion.service.writing import empty, vanish
from academy.library.models import CaseStudy
from academy.library.service import load_cases
from academy.people.models import Person
from tests.cast import Cast
from tests.library.conftest import FOREST
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]


@pytest.fixture
def thread(app: Flask, cast: Cast) -> Thread:
    """Return a thread of three posts: a question and two answers."""
    thread, _ = service.start_thread(cast.learner, "How do you dry fish?", "We have no sun.")
    service.reply(thread.id, cast.other_learner, "> no sun\n\nIn a **kiln** of clay.")
    service.reply(thread.id, cast.organiser, "With salt.")
    return thread


def _post(number: int) -> Post:
    return session.scalars(select(Post).where(Post.number == number)).one()


def _write(browser: FlaskClient, thread: Thread, **data: object) -> str:
    data = {"body": "Use a *kiln*.", "covers": "2", "version": thread.summary_version} | data
    return browser.post(f"/threads/{thread.id}/summary", data=data, follow_redirects=True).text


def test_a_summary_says_how_far_it_goes_and_how_much_is_newer(
    client: FlaskClient, client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    page = _write(client_of(cast.moderator), thread)
    assert "The summary stands" in page
    page = client.get(f"/threads/{thread.id}/").text
    assert "Use a <em>kiln</em>." in page
    assert "Covers the posts up to number 2." in page
    assert "1 newer one since" in page
    assert cast.moderator.name in page


def test_a_summary_shows_no_markup_of_its_writer(
    client: FlaskClient, client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    _write(client_of(cast.moderator), thread, body="<script>alert(1)</script> [x](javascript:y)")
    page = client.get(f"/threads/{thread.id}/").text
    assert "<script>alert" not in page
    assert "javascript:y" not in page.replace("(javascript:y)", "")


def test_a_preview_changes_nothing(client_of: ClientOf, cast: Cast, thread: Thread) -> None:
    page = _write(client_of(cast.moderator), thread, do="preview")
    assert "<em>kiln</em>" in page
    assert "Use a *kiln*.</textarea>" in page
    assert session.scalars(select(ThreadSummary)).all() == []


def test_of_two_moderators_the_second_sees_both_texts(
    client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    first, second = client_of(cast.moderator), client_of(cast.administrator)
    _write(first, thread, body="Theirs", version=0)
    data = {"body": "Mine", "covers": "3", "version": "0"}
    answer = second.post(f"/threads/{thread.id}/summary", data=data)
    assert answer.status_code == 409
    assert "Theirs" in answer.text
    assert "Mine</textarea>" in answer.text
    assert 'name="version" type="hidden" value="1"' in answer.text
    second.post(f"/threads/{thread.id}/summary", data=data | {"version": "1"})
    assert session.scalars(select(ThreadSummary.body)).all() == ["Theirs", "Mine"]


def test_it_is_taken_away_and_comes_back_from_its_history(
    client: FlaskClient, client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    browser, address = client_of(cast.moderator), f"/threads/{thread.id}/summary"
    _write(browser, thread, body="Use a kiln.", version=0)
    _write(browser, thread, body="Use a clay kiln.", version=1)
    history = browser.get(f"{address}/history").text
    assert "Use a <ins>clay </ins>kiln." in history
    stale = browser.post(f"{address}/removal", data={"seen": "1"}, follow_redirects=True).text
    assert "Nothing was changed" in stale
    gone = browser.post(f"{address}/removal", data={"seen": "2"}, follow_redirects=True).text
    assert "<del>Use a clay kiln.</del>" in gone
    assert "In short" not in client.get(f"/threads/{thread.id}/").text
    browser.post(f"{address}/return", data={"wanted": "1", "seen": "3"})
    assert "Use a kiln." in client.get(f"/threads/{thread.id}/").text
    assert session.scalars(select(ThreadSummary.version)).all() == [1, 2, 3, 4]


def test_only_moderators_write_it_and_nobody_sees_it_of_a_hidden_thread(
    client: FlaskClient, cast: Cast, thread: Thread
) -> None:
    with pytest.raises(NotYours):
        service.summarise(thread.id, cast.learner, "Mine", version=0, covers=1)
    with pytest.raises(NotYours):
        service.put_back(thread.id, cast.moderator, 7, version=0)
    service.summarise(thread.id, cast.moderator, "Hers", version=0, covers=9)
    with pytest.raises(EditedMeanwhile):
        service.summarise(thread.id, cast.moderator, "His", version=0, covers=1)
    assert thread.summary_covers == 3
    thread.state = "hidden"
    session.flush()
    assert client.get(f"/threads/{thread.id}/").status_code == 404


def test_open_browsers_hear_of_it(
    cast: Cast, thread: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(events, "announce", lambda event, *_room, **_facts: told.append(event))
    service.summarise(thread.id, cast.moderator, "In short", version=0, covers=1)
    service.recommend(_post(2), cast.moderator)
    assert told == ["thread.changed", "thread.post", "thread.changed"]


def test_best_answers_stand_on_top_with_how_they_begin(
    client: FlaskClient, client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    service.accept(_post(3), cast.learner)
    browser = client_of(cast.moderator)
    for _ in range(2):
        browser.post(f"/threads/{thread.id}/posts/2/recommendation", data={"best": "1"})
    page = client.get(f"/threads/{thread.id}/").text
    top = page.split('<ol class="thread"')[0]
    assert "In a kiln of clay." in top
    assert "With salt." in top
    assert "the answer" in top
    browser.post(f"/threads/{thread.id}/posts/2/recommendation", data={"best": ""})
    assert "In a kiln of clay." not in client.get(f"/threads/{thread.id}/").text.split("<ol")[0]


def test_what_is_hidden_is_worth_reading_nowhere(
    client: FlaskClient, cast: Cast, thread: Thread
) -> None:
    post = _post(2)
    with pytest.raises(NotYours):
        service.recommend(post, cast.other_learner)
    service.recommend(post, cast.moderator)
    vanish(session(), thread, post, "hidden")
    assert post.is_best
    empty(session(), post)
    vanish(session(), thread, post, "removed")
    assert not post.is_best
    with pytest.raises(NotYours):
        service.recommend(post, cast.moderator)
    service.recommend(_post(3), cast.moderator)
    address = f"/threads/{thread.id}/"
    assert "With salt." in client.get(address).text.split("<ol")[0]
    _post(3).state = "hidden"
    session.flush()
    assert "With salt." not in client.get(address).text


def test_a_list_that_nobody_would_read_is_refused(
    app: Flask, cast: Cast, thread: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recommending, "MOST_BEST", 1)
    service.recommend(_post(2), cast.moderator)
    with pytest.raises(TooManyBest):
        service.recommend(_post(3), cast.moderator)


def test_the_page_of_a_case_names_the_best_answers_of_its_threads(
    client: FlaskClient, cast: Cast, app: Flask
) -> None:
    load_cases([FOREST])
    case = session.scalars(select(CaseStudy).where(CaseStudy.slug == "forest")).one()
    thread, _ = service.start_thread(
        cast.learner, "Who watches it?", "At night?", subject_kind="case", subject_id=case.id
    )
    service.reply(thread.id, cast.other_learner, "We all do, in turns.")
    assert "We all do, in turns." not in client.get("/cases/forest/").text
    service.recommend(_post(2), cast.moderator)
    assert "We all do, in turns." in client.get("/cases/forest/").text
    vanish(session(), session.get_one(Thread, thread.id), _post(2), "hidden")
    assert "We all do, in turns." not in client.get("/cases/forest/").text


def test_what_stands_on_top_costs_one_statement(
    client: FlaskClient, cast: Cast, thread: Thread, engine: Engine
) -> None:
    address = f"/threads/{thread.id}/"
    with counted(engine) as bare:
        client.get(address)
    service.summarise(thread.id, cast.moderator, "In short", version=0, covers=1)
    service.recommend(_post(2), cast.moderator)
    with counted(engine) as curated:
        client.get(address)
    assert len(curated) == len(bare) + 1
