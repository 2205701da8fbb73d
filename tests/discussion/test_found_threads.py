"""Threads found by their words: at once after the job, in every script, and only what is shown."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from academy.db import session
from academy.discussion import service
from academy.discussion.found import Asked, find_in_threads
from academy.discussion.models import Post, Thread
from academy.discussion.service import finding
from academy.lib.search_index import SearchWord
from academy.people.models import Person
from tests.cast import Cast
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]
#: A title of one word and more, a body, and what finds it.
WORDS = [
    ("Drying fish", "In a **kiln** of [brick](https://b.example).", "kilns", 1),
    ("Drying fish", "In a kiln of brick.", "drying kiln", 1),
    ("Drying fish", "In a kiln of brick.", "KIL", 1),
    ("Drying fish", "In a kilnhouse of brick.", "kilnhuose", 1),
    ("สหกรณ์", "สหกรณ์ออมทรัพย์ในหมู่บ้าน", "ออมทรัพย์", 1),
    ("សហគមន៍", "សហគមន៍ព្រៃឈើ នៅកម្ពុជា", "ព្រៃឈើ", 1),
    ("கூட்டுறவு", "கூட்டுறவு சங்கங்கள் பெண்களால்", "சங்கங்கள்", 1),
    ("合作社", "社区支持农业在香港", "农业", 1),
    ("合作社", "社区支持农业在香港", "業農", 0),
]


@pytest.fixture
def thread(app: Flask, cast: Cast) -> Thread:
    """Return a thread with an answer, known to the search."""
    begun, _ = service.start_thread(cast.learner, "How do you dry fish?", "No sun in July.")
    service.reply(begun.id, cast.other_learner, "We built a kiln of brick last year.")
    finding.find_posts()
    return begun


@pytest.mark.parametrize("words", WORDS)
def test_threads_are_found_in_every_script_on_both_databases(
    app: Flask, cast: Cast, words: tuple[str, str, str, int]
) -> None:
    title, body, asked, total = words
    service.start_thread(cast.learner, title, body)
    finding.find_posts()
    assert find_in_threads(Asked(asked), None).total == total


def test_one_line_a_thread_leads_to_its_best_post(client: FlaskClient, thread: Thread) -> None:
    page = client.get("/threads/?words=brick").text
    assert f"/threads/{thread.id}/posts/2/" in page
    assert "of <mark>brick</mark> last year" in page
    assert "in 1 more post" in client.get("/threads/?words=dry").text
    assert "1 thread" in client.get("/search/?words=dry").text
    assert "Nobody has written of that yet" in client.get("/threads/?words=zeppelin").text


def test_words_are_narrowed_by_language_and_subject(client: FlaskClient, thread: Thread) -> None:
    assert "mark>brick" in client.get("/threads/?words=brick&language=en&about=topic").text
    for narrow in ("language=th", "about=case"):
        assert "mark>brick" not in client.get(f"/threads/?words=brick&{narrow}").text
    assert "No thread fits that" in client.get("/threads/?about=case").text


def test_an_edit_is_found_and_what_it_said_before_is_not(thread: Thread, cast: Cast) -> None:
    post = session.scalars(select(Post).where(Post.number == 2)).one()
    service.edit_post(post, cast.other_learner, "We use bamboo now.", version=1)
    assert finding.find_posts() == 1
    assert finding.find_posts() == 0
    assert find_in_threads(Asked("bamboo"), None).total == 1
    assert find_in_threads(Asked("brick"), None).total == 0
    assert finding.forget_words() > 0
    assert session.get(SearchWord, ("post", "brick")) is None


def test_nothing_is_found_of_what_was_taken_away_not_even_as_a_guess(
    thread: Thread, cast: Cast
) -> None:
    post = session.scalars(select(Post).where(Post.number == 2)).one()
    assert find_in_threads(Asked("bricj"), None).query.mended == {"bricj": "brick"}
    service.remove_own(post, cast.other_learner)
    for moment in ("at once", "after the job"):
        found = find_in_threads(Asked("bricj"), cast.moderator)
        assert (found.total, found.query.mended) == (0, {}), moment
        finding.find_posts()


def test_of_a_hidden_thread_moderators_alone_find_something(thread: Thread, cast: Cast) -> None:
    thread.state = "hidden"
    session.flush()
    assert find_in_threads(Asked("bricj"), cast.learner).query.mended == {}
    assert find_in_threads(Asked("brick"), cast.learner).total == 0
    assert find_in_threads(Asked("brick"), cast.moderator).total == 1


def test_a_search_costs_few_statements_and_posting_none_for_it(
    thread: Thread, cast: Cast, engine: Engine
) -> None:
    with counted(engine) as statements:
        find_in_threads(Asked("brick kiln"), None)
    assert len(statements) <= 6
    with counted(engine) as statements:
        service.reply(thread.id, cast.learner, "Thank you")
    assert not [one for one in statements if "search_" in one]
    assert session.scalar(select(func.count()).where(Post.found_as == 0)) == 1
