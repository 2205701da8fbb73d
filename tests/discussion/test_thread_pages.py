"""The pages of threads: reading, answering, editing, and what is hidden."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from academy.db import session, transaction
from academy.discussion import service
from academy.discussion.models import Post, Reading, Thread
from academy.library.content import CaseFile
from academy.library.models import CaseStudy
from academy.library.service import load_cases
from academy.people.models import Person
from tests.cast import Cast
from tests.library.conftest import FOREST, record
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]


@pytest.fixture
def thread(app: Flask, cast: Cast) -> Thread:
    """Return a thread of two posts: a question of the learner, an answer of another."""
    begun, _ = service.start_thread(cast.learner, "How do you dry fish?", "No sun *in July*.")
    service.reply(begun.id, cast.other_learner, "In a kiln.", answers=1)
    return begun


def test_everybody_reads_a_thread(client: FlaskClient, thread: Thread) -> None:
    page = client.get(f"/threads/{thread.id}/").text
    assert "How do you dry fish?" in page
    assert "<em>in July</em>" in page
    assert "Sutrisno" in page
    assert "How do you dry fish?" in client.get("/threads/").text


def test_a_stranger_is_sent_to_sign_in_before_writing(client: FlaskClient, thread: Thread) -> None:
    answer = client.post(f"/threads/{thread.id}/posts/", data={"body": "x"})
    assert answer.status_code == 302
    assert "/sign-in" in answer.location
    assert "Sign in to answer" in client.get(f"/threads/{thread.id}/").text


def test_an_answer_stands_on_the_page_at_once(
    client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    browser = client_of(cast.organiser)
    data = {"body": "In the smoke.", "language": "en", "answers": "1"}
    answer = browser.post(f"/threads/{thread.id}/posts/", data=data, follow_redirects=True)
    assert "In the smoke." in answer.text
    assert "answers post 1" in answer.text


def test_an_answer_that_is_news_to_others_costs_five_statements(
    client_of: ClientOf, cast: Cast, thread: Thread, engine: Engine
) -> None:
    browser = client_of(cast.organiser)
    browser.get("/")
    data = {"body": "In the smoke.", "language": "en", "answers": "1", "request_key": "a" * 32}
    with counted(engine) as statements:
        browser.post(f"/threads/{thread.id}/posts/", data=data)
    # The gate, which is open here, asks one more.
    assert len([each for each in statements if not each.startswith("BEGIN")]) == 4


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"body": "", "language": "en"}, "Write something first."),
        ({"body": "x" * 20_001, "language": "en"}, "longer than 20000"),
        ({"body": "x", "language": "xx"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_taken_stays_in_the_box(
    client_of: ClientOf, cast: Cast, thread: Thread, data: dict[str, str], why: str
) -> None:
    answer = client_of(cast.organiser).post(f"/threads/{thread.id}/posts/", data=data)
    assert answer.status_code == 400
    assert why in answer.text
    assert data["body"] in answer.text


def test_words_for_a_thread_closed_a_moment_ago_are_kept(
    client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    with transaction():
        session.get_one(Thread, thread.id).state = "locked"
    data = {"body": "A long answer", "language": "en"}
    answer = client_of(cast.learner).post(f"/threads/{thread.id}/posts/", data=data)
    assert answer.status_code == 409
    assert "closed a moment ago" in answer.text
    assert "A long answer" in answer.text


def test_a_thread_begins_from_a_case_and_stands_on_its_page(
    client_of: ClientOf, cast: Cast, app: Flask
) -> None:
    load_cases([FOREST])
    case_id = session.scalars(select(CaseStudy.id)).one()
    browser = client_of(cast.learner)
    assert "Forest of the village" in browser.get(f"/threads/new?case={case_id}").text
    data = {"title": "Who watches at night?", "body": "We ask.", "language": "en"}
    browser.post(f"/threads/new?case={case_id}&field=lessons", data=data)
    assert "Who watches at night?" in browser.get("/cases/forest/").text
    begun = session.scalars(select(Thread)).one()
    assert (begun.subject_kind, begun.subject_id, begun.field) == ("case", case_id, "lessons")
    assert browser.get("/threads/new?case=999999").status_code == 404


def test_a_field_that_is_told_leads_to_a_thread_that_names_it(
    client_of: ClientOf, cast: Cast, app: Flask
) -> None:
    load_cases([CaseFile("forest", record(lessons=["Ask the oldest first."]))])
    browser = client_of(cast.learner)
    way = re.search(r'href="(/threads/new[^"]*field=lessons)"', browser.get("/cases/forest/").text)
    assert way is not None
    asks = "What would you tell somebody who begins?"
    assert asks in browser.get(unescape(way[1])).text
    data = {"title": "Why the oldest?", "body": "We ask.", "language": "en"}
    begun = browser.post(unescape(way[1]), data=data, follow_redirects=True)
    assert asks in begun.text
    rows = browser.get("/cases/forest/").text
    assert f"<i>{asks}</i>" in rows


def test_a_field_that_no_case_has_is_left_out(client_of: ClientOf, cast: Cast, app: Flask) -> None:
    load_cases([FOREST])
    case_id = session.scalars(select(CaseStudy.id)).one()
    data = {"title": "Of nothing", "body": "We ask.", "language": "en"}
    client_of(cast.learner).post(f"/threads/new?case={case_id}&field=spoons", data=data)
    assert session.scalars(select(Thread.field)).one() == ""


def test_an_edit_keeps_history_and_tells_of_another_version(
    client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    browser = client_of(cast.other_learner)
    address = f"/threads/{thread.id}/posts/2/edit"
    assert "In a kiln." in browser.get(address).text
    browser.post(address, data={"body": "In a warm kiln.", "version": "1"})
    late = browser.post(address, data={"body": "Mine.", "version": "1"})
    assert late.status_code == 409
    assert "In a warm kiln." in late.text
    assert "Mine." in late.text
    assert "In a kiln." in browser.get(f"/threads/{thread.id}/posts/2/history").text
    assert client_of(cast.organiser).get(address).status_code == 403


def test_what_an_author_took_away_is_gone_from_every_page(
    client: FlaskClient, client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    browser = client_of(cast.other_learner)
    assert "cannot be undone" in browser.get(f"/threads/{thread.id}/posts/2/removal").text
    browser.post(f"/threads/{thread.id}/posts/2/removal")
    for path in ("", "feed.atom", "posts/2/part"):
        assert "kiln" not in client.get(f"/threads/{thread.id}/{path}").text
    assert "took this post away" in client.get(f"/threads/{thread.id}/").text
    assert client.get(f"/threads/{thread.id}/posts/2/history").status_code == 404


@pytest.mark.parametrize("state", ["held", "hidden"])
def test_what_is_not_shown_is_shown_nowhere(
    client: FlaskClient, client_of: ClientOf, cast: Cast, thread: Thread, state: str
) -> None:
    with transaction():
        session.scalars(select(Post).where(Post.number == 2)).one().state = state
    for browser in (client, client_of(cast.organiser)):
        for path in ("", "feed.atom", "posts/2/part", "posts/2/history"):
            assert "kiln" not in browser.get(f"/threads/{thread.id}/{path}").text
    assert "kiln" in client_of(cast.moderator).get(f"/threads/{thread.id}/").text


def test_script_in_every_field_runs_nowhere(client: FlaskClient, cast: Cast, app: Flask) -> None:
    bad = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) <script>alert(1)</script>"
    begun, _ = service.start_thread(cast.learner, bad, bad)
    for path in (f"/threads/{begun.id}/", "/threads/", f"/threads/{begun.id}/feed.atom"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript' not in page


def test_a_reaction_is_a_tap_and_a_tap_takes_it_back(
    client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    browser = client_of(cast.learner)
    address = f"/threads/{thread.id}/posts/2/reactions"
    page = browser.post(address, data={"kind": "tried"}, follow_redirects=True).text
    assert 'aria-pressed="true">I tried it <span class="post__count">1' in page
    page = browser.post(address, data={"back": "tried"}, follow_redirects=True).text
    assert 'aria-pressed="true">I tried it' not in page


def test_following_reading_and_marking(client_of: ClientOf, cast: Cast, thread: Thread) -> None:
    browser = client_of(cast.learner)
    browser.post(f"/threads/{thread.id}/wish", data={"wish": "mute"})
    browser.post(f"/threads/{thread.id}/reading?number=2")
    reading = session.get_one(Reading, (thread.id, cast.learner.id))
    assert (reading.wish, reading.read_number) == ("mute", 2)
    browser.post(f"/threads/{thread.id}/posts/2/acceptance")
    assert "This answered the question" in browser.get(f"/threads/{thread.id}/").text


def test_the_feed_holds_what_everybody_sees(client: FlaskClient, thread: Thread) -> None:
    feed = client.get(f"/threads/{thread.id}/feed.atom")
    entries = ET.fromstring(feed.text).findall("{http://www.w3.org/2005/Atom}entry")  # noqa: S314
    assert len(entries) == 2


def test_a_long_thread_is_paged_and_a_post_keeps_its_address(
    client: FlaskClient, cast: Cast, thread: Thread, engine: Engine
) -> None:
    with transaction() as current:
        for number in range(3, 121):
            post = Post(thread_id=thread.id, number=number, body=f"Post {number}", language="en",
                        author_id=cast.learner.id)  # fmt: skip
            current.add(post)
        thread.last_number = thread.visible_posts = 120
    assert client.get(f"/threads/{thread.id}/posts/75/").location.endswith("?page=2#post-75")
    with counted(engine) as statements:
        page = client.get(f"/threads/{thread.id}/?page=2").text
    assert "Post 75" in page
    assert len(statements) <= 6


def test_unknown_threads_and_posts_are_404(client: FlaskClient, thread: Thread) -> None:
    assert client.get("/threads/999999/").status_code == 404
    assert client.get(f"/threads/{thread.id}/posts/99/part").status_code == 404


FETCH = {"X-Requested-With": "fetch"}


def test_a_script_is_told_where_its_post_stands(
    client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    browser = client_of(cast.organiser)
    data = {"body": "In the smoke.", "language": "en"}
    answer = browser.post(f"/threads/{thread.id}/posts/", data=data, headers=FETCH)
    assert (answer.status_code, answer.headers["X-Post"]) == (201, "3")
    assert answer.location.endswith(f"/threads/{thread.id}/#post-3")
    read = browser.post(f"/threads/{thread.id}/reading?number=2", headers=FETCH)
    assert (read.status_code, read.data) == (204, b"")


def test_posts_after_a_number_are_fifty_at_most_and_pass_the_policy(
    client: FlaskClient, client_of: ClientOf, cast: Cast, thread: Thread, engine: Engine
) -> None:
    with transaction() as current:
        for number in range(3, 71):
            post = Post(thread_id=thread.id, number=number, body=f"Post {number}", language="en",
                        author_id=cast.learner.id)  # fmt: skip
            post.state = "held" if number == 5 else "visible"
            current.add(post)
        thread.last_number = thread.visible_posts = 70
    address = f"/threads/{thread.id}/posts/?after=3"
    with counted(engine) as statements:
        answer = client.get(address)
    assert len(statements) <= 3
    assert (answer.headers["X-Until"], answer.headers["X-Last"]) == ("53", "70")
    assert answer.text.count("data-post=") == 49
    assert 'data-post="5"' not in answer.text
    assert 'data-post="5"' in client_of(cast.moderator).get(address).text
    assert client.get(f"/threads/{thread.id}/posts/5/").location.endswith("#post-6")


def _long(thread: Thread, cast: Cast) -> None:
    with transaction() as current:
        for number in range(3, 121):
            post = Post(thread_id=thread.id, number=number, body=f"Post {number}", language="en",
                        author_id=cast.learner.id)  # fmt: skip
            post.created_at = datetime(2030, 1, 1, tzinfo=UTC) + timedelta(hours=number)
            current.add(post)
        thread.last_number = thread.visible_posts = 120


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ("number=75", "?page=2#post-75"), ("number=9999", "?page=3#post-120"),
        ("day=2030-01-04", "?page=2#post-72"), ("day=2031-01-01", "?page=3#post-120"),
        ("day=0000-99-99", "#post-1"), ("", "#post-1"), ("day=9999-12-31", "?page=3#post-120"),
    ],
)  # fmt: skip
def test_a_number_or_a_day_leads_to_a_post(
    client: FlaskClient, cast: Cast, thread: Thread, asked: str, where: str
) -> None:
    _long(thread, cast)
    led = client.get(client.get(f"/threads/{thread.id}/jump?{asked}").location)
    assert led.location.endswith(f"/threads/{thread.id}/{where}")


def test_a_line_says_where_the_new_posts_begin_and_lists_lead_there(
    client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    _long(thread, cast)
    browser, line = client_of(cast.organiser), "New since your last visit"
    assert line not in browser.get(f"/threads/{thread.id}/").text
    service.mark_read(thread.id, cast.organiser.id, 50)
    assert f"/threads/{thread.id}/posts/51/" in browser.get("/threads/").text
    pages = [browser.get(f"/threads/{thread.id}/?page={page}").text for page in (1, 2, 3)]
    assert [line in page for page in pages] == [False, True, False]
    assert pages[1].index(line) < pages[1].index("Post 51") < pages[1].index("Post 52")
    assert "51 to 100 of 120" in pages[1]


def test_a_long_post_is_folded_and_says_all(
    client: FlaskClient, cast: Cast, thread: Thread
) -> None:
    service.reply(thread.id, cast.organiser, "On bamboo. " * 200 + "At last.")
    page = client.get(f"/threads/{thread.id}/").text
    assert page.count("Read all of it") == 1
    assert "At last." in page


def test_quotes_too_deep_and_a_hundred_thousand_signs_stay_in_the_box(
    client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    browser = client_of(cast.organiser)
    for body, why in ((">" * 40 + " deep", "too deep"), ("> " * 50_000, "longer than 20000")):
        data = {"body": f"{body} words", "language": "en"}
        answer = browser.post(f"/threads/{thread.id}/posts/", data=data)
        assert answer.status_code == 400
        assert why in answer.text
        assert "&gt;" in answer.text
        assert "deep words" in answer.text or "&gt;  words" in answer.text
