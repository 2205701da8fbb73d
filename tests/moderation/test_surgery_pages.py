"""The pages on which moderators choose, move, split, merge and edit; looked at, then done."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from academy.db import session, transaction
from academy.discussion import service as discussion
from academy.discussion.models import Post, Thread
from academy.library.service import load_cases
from academy.moderation.models import Decision
from academy.people.models import Person
from tests.cast import Cast
from tests.library.conftest import FOREST
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]
WHY = {"reason": "off_topic", "note": "A question of its own."}


@pytest.fixture
def thread(app: Flask, cast: Cast) -> Thread:
    """Return a thread of 60 posts of a moderator and an administrator."""
    begun, _ = discussion.start_thread(cast.moderator, "How do you dry fish?", "Words 1")
    with transaction() as current:
        for number in range(2, 61):
            author = (cast.moderator, cast.administrator)[number % 2]
            post = Post(thread_id=begun.id, number=number, author_id=author.id, language="en",
                        body=f"Words {number}", answers=number - 1)  # fmt: skip
            current.add(post)
        begun.last_number = begun.visible_posts = 60
    return begun


@pytest.fixture
def desk(client_of: ClientOf, cast: Cast) -> FlaskClient:
    return client_of(cast.moderator)


def test_posts_are_chosen_page_by_page(desk: FlaskClient, thread: Thread) -> None:
    address = f"/moderation/threads/{thread.id}/posts"
    page = desk.get(f"{address}?post=3&post=4&page=2").text
    assert 'value="3-4"' in page
    assert "2 chosen" in page
    going = desk.get(f"{address}?posts=3-4&post=51&at=2&go=1")
    assert going.location.endswith(f"/moderation/threads/{thread.id}/split?posts=3-4,+51")
    assert "Choose at least one post." in desk.get(f"{address}?go=1").text
    assert "Write numbers like" in desk.get(f"{address}?posts=x-y&go=1").text


def test_a_split_is_looked_at_then_done(
    client: FlaskClient, client_of: ClientOf, desk: FlaskClient, cast: Cast, thread: Thread
) -> None:
    address = f"/moderation/threads/{thread.id}/split?posts=3-5"
    assert "3 posts: 3–5" in desk.get(address).text
    asked = WHY | {"where": "new", "title": "Kilns"}
    assert "Give the new thread a title." in desk.post(address, data=asked | {"title": " "}).text
    preview = desk.post(address, data=asked).text
    assert "as posts 1 to 3" in preview
    assert session.scalars(select(Decision)).all() == []
    assert 'value="Kilns"' in desk.post(address, data=asked | {"step": "change"}).text
    done = desk.post(address, data=asked | {"step": "do"})
    new = session.scalars(select(Thread).where(Thread.title == "Kilns")).one()
    led = client.get(done.location)
    assert led.location.endswith(f"/threads/{new.id}/#post-1")
    old = client.get(f"/threads/{thread.id}/").text
    assert "Posts 3 to 5 were moved to" in old
    assert "answers post 3 of another thread" in old
    assert "Words 4" in client.get(led.location).text
    decision = session.scalars(select(Decision.id)).one()
    told = client_of(cast.administrator).get(f"/moderation/decisions/{decision}/").text
    assert "The posts are now in" in told
    assert "Kilns" in told
    late = desk.post(address, data=asked | {"step": "do"})
    assert late.status_code == 409
    assert "not in this thread any more" in late.text
    assert 'value="Kilns"' in late.text


def test_a_merge_is_looked_at_and_old_addresses_lead_on(
    client: FlaskClient, desk: FlaskClient, cast: Cast, thread: Thread
) -> None:
    other, _ = discussion.start_thread(cast.administrator, "Smoke", "Elsewhere")
    address = f"/moderation/threads/{thread.id}/merge"
    into = {"into": f"http://localhost/threads/{other.id}/?page=2#post-77"}
    assert "from number 2 on" in desk.post(address, data=WHY | into).text
    invented = desk.post(address, data=WHY | into | {"reason": "because"})
    assert invented.status_code == 400
    assert "no such thread" in desk.post(address, data=WHY | {"into": "999999"}).text
    assert "there already" in desk.post(address, data=WHY | {"into": str(thread.id)}).text
    desk.post(address, data=WHY | into | {"step": "do"})
    gone = client.get(f"/threads/{thread.id}/")
    assert gone.status_code == 302
    assert gone.location.endswith(f"/threads/{other.id}/?merged={thread.id}#post-2")
    led = client.get(f"/threads/{thread.id}/posts/55/").location
    assert led.endswith(f"/threads/{other.id}/?page=2#post-56")
    assert client.get(f"/threads/{thread.id}/posts/5/part").status_code == 404
    third, _ = discussion.start_thread(cast.administrator, "Salt", "Elsewhere, too")
    discussion.merge(other.id, third.id)
    decision = session.scalars(select(Decision.id)).one()
    undone = desk.post(f"/moderation/decisions/{decision}/undoing", follow_redirects=True).text
    assert "done later has to be taken back first" in undone
    titles = client.get("/threads/").text
    assert "Salt" in titles
    assert "How do you dry fish?" not in titles


def test_what_was_open_before_a_merge_still_arrives(
    client_of: ClientOf, desk: FlaskClient, cast: Cast, thread: Thread
) -> None:
    other, _ = discussion.start_thread(cast.administrator, "Smoke", "Elsewhere")
    discussion.merge(thread.id, other.id)
    old = f"/threads/{thread.id}/posts"
    sent = desk.post(
        f"{old}/", data={"body": "Late", "language": "en", "answers": "55"},
        headers={"X-Requested-With": "fetch"},
    )  # fmt: skip
    assert sent.location.endswith(f"/threads/{other.id}/?page=2#post-62")
    late = session.scalars(select(Post).where(Post.body == "Late")).one()
    assert late.answers == 56
    reader = client_of(cast.organiser)
    reader.post(f"{old}/5/reactions", data={"kind": "useful"})
    assert "Words 5" in reader.get(f"/moderation/flags/{thread.id}/5").text
    assert "Words 5" in reader.get(f"{old}/5/history").text


def test_a_thread_moves_to_a_case(desk: FlaskClient, client: FlaskClient, thread: Thread) -> None:
    load_cases([FOREST])
    address = f"/moderation/threads/{thread.id}/move"
    about = WHY | {"about": "https://academy.example/cases/forest/", "part": "lessons"}
    preview = desk.post(address, data=about).text
    assert "It will be about: Forest of the village." in preview
    assert "no such case" in desk.post(address, data=WHY | {"about": "/cases/nowhere/"}).text
    assert "there already" in desk.post(address, data=WHY | {"about": ""}).text
    desk.post(address, data=about | {"step": "do"})
    assert "Forest of the village" in client.get(f"/threads/{thread.id}/").text
    assert "How do you dry fish?" in client.get("/cases/forest/").text


def test_a_post_is_edited_with_a_note_that_everybody_reads(
    client: FlaskClient, desk: FlaskClient, thread: Thread
) -> None:
    address = f"/moderation/threads/{thread.id}/posts/3/edit"
    assert "Words 3" in desk.get(address).text
    data = {"body": "Other words", "reason": "private", "version": "1"}
    assert "Say what was changed." in desk.post(address, data=data).text
    data["note"] = "A telephone number was here."
    desk.post(address, data=data)
    page = client.get(f"/threads/{thread.id}/").text
    assert "Changed by a moderator:</b> A telephone number was here." in page
    history = client.get(f"/threads/{thread.id}/posts/3/history").text
    assert "Words 3" in history
    assert "A telephone number was here." in history
    decision = session.scalars(select(Decision.id)).one()
    told = desk.get(f"/moderation/decisions/{decision}/").text
    assert f"/threads/{thread.id}/posts/3/history" in told
    late = desk.post(address, data=data | {"body": "Mine"})
    assert late.status_code == 409
    assert "Mine" in late.text
    assert "Other words" in late.text
    same = desk.post(address, data=data | {"body": "Other words", "version": "2"})
    assert "Nothing of it was changed." in same.text


def test_a_thread_that_gave_posts_costs_one_statement_more(
    client: FlaskClient, thread: Thread, engine: Engine
) -> None:
    with counted(engine) as before:
        client.get(f"/threads/{thread.id}/")
    discussion.split(thread.id, {3, 4}, title="Kilns")
    with counted(engine) as after:
        client.get(f"/threads/{thread.id}/")
    assert len(after) - len(before) == 1
