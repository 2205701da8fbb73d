"""Floods: ten thousand forms a minute are refused before anything is looked at, no word is lost."""

from collections.abc import Callable, Iterator
from html import unescape
from threading import Thread as Worker

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from academy.db import session, transaction
from academy.discussion import service
from academy.discussion.errors import EditedMeanwhile
from academy.discussion.models import Post, Thread
from academy.discussion.pace import MOST_PACKETS, Pace
from academy.discussion.ports import plug_gatekeeper
from academy.moderation.gate import judge
from academy.moderation.models import Flag
from academy.moderation.trust import ALLOWED
from academy.people.models import Person
from academy.security.limits import limiter
from tests.cast import Cast
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]
#: So many posts of somebody new are taken in a minute.
MOST_A_MINUTE = min(one.posts_a_minute for one in ALLOWED.values())
WORDS = "Long words of mine, that I do not want to type again."
#: Forms that people send, what they hold, and how many are taken at most.
FORMS = [
    ("/threads/{thread}/posts/", {"body": WORDS, "language": "en"}, 30),
    ("/threads/{thread}/posts/1/edit", {"body": WORDS, "version": "1"}, 30),
    ("/threads/new", {"title": "A title", "body": WORDS, "language": "en"}, 20),
    ("/threads/{thread}/posts/1/reactions", {"kind": "useful"}, 60),
    ("/threads/{thread}/posts/1/removal", {}, 60),
    ("/threads/{thread}/wish", {"wish": "mute"}, 60),
    ("/moderation/flags/{thread}/1", {"reason": "nonsense", "words": WORDS}, 20),
]


@pytest.fixture
def thread(app: Flask, cast: Cast) -> Thread:
    return service.start_thread(cast.organiser, "How do you dry fish?", "No sun in July.")[0]


@pytest.fixture
def _limits(app: Flask) -> Iterator[None]:
    before, limiter.enabled = limiter.enabled, True
    yield
    limiter.enabled = before


@pytest.mark.usefixtures("_limits")
@pytest.mark.parametrize("form", FORMS, ids=[one[0] for one in FORMS])
def test_beyond_its_limit_a_form_comes_back_with_what_was_typed_and_costs_next_to_nothing(
    client_of: ClientOf, thread: Thread, engine: Engine, form: tuple[str, dict[str, str], int]
) -> None:
    (address, data, most), people = form, Cast()
    browser, path = client_of(people.learner), address.format(thread=thread.id)
    sent = [browser.post(path, data=data).status_code for _ in range(most)]
    assert 429 not in sent
    with counted(engine) as statements:
        answer = browser.post(path, data=data)
    assert answer.status_code == 429
    assert len(statements) <= 3
    assert not [one for one in statements if "posts" in one or "threads" in one]
    page = unescape(answer.text)
    assert all(words in page for words in data.values())
    assert f"Wait {answer.headers['Retry-After']} second" in page
    assert f'action="{path}"' in page
    # Who shares the address is somebody else.
    assert client_of(people.other_learner).post(path, data=data).status_code != 429


@pytest.mark.usefixtures("_limits")
def test_of_many_posts_a_minute_few_are_written(
    client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    plug_gatekeeper(judge)
    browser, path = client_of(cast.learner), f"/threads/{thread.id}/posts/"
    statuses = [
        browser.post(path, data={"body": f"Post {each}", "language": "en"}).status_code
        for each in range(50)
    ]
    written = session.scalar(select(func.count()).where(Post.author_id == cast.learner.id))
    assert written == MOST_A_MINUTE
    assert statuses.count(429) == 50 - 30
    assert statuses[MOST_A_MINUTE:30] == [409] * (30 - MOST_A_MINUTE)


def test_who_is_too_fast_reads_when_it_will_be_taken(
    client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    plug_gatekeeper(judge)
    browser, path = client_of(cast.learner), f"/threads/{thread.id}/posts/"
    for each in range(MOST_A_MINUTE):
        browser.post(path, data={"body": f"Post {each}", "language": "en"})
    page = browser.post(path, data={"body": WORDS, "language": "en"}).text
    assert "You can send it in 60 seconds." in page
    assert WORDS in page


def _set_state(thread: Thread, state: str) -> None:
    with transaction():
        session.get_one(Thread, thread.id).state = state


@pytest.mark.parametrize(("state", "status"), [("locked", 409), ("hidden", 404)])
def test_a_post_into_a_thread_closed_a_second_ago_stays_in_its_box(
    client_of: ClientOf, cast: Cast, thread: Thread, state: str, status: int
) -> None:
    browser = client_of(cast.learner)
    _set_state(thread, state)
    answer = browser.post(f"/threads/{thread.id}/posts/", data={"body": WORDS, "language": "en"})
    assert answer.status_code == status
    assert WORDS in answer.text
    assert session.scalar(select(func.count()).select_from(Post)) == 1


@pytest.mark.parametrize(("state", "status"), [("locked", 403), ("hidden", 404)])
def test_an_edit_in_a_thread_closed_a_second_ago_is_given_back(
    client_of: ClientOf, cast: Cast, thread: Thread, state: str, status: int
) -> None:
    own = service.reply(thread.id, cast.learner, "Before").post
    _set_state(thread, state)
    path = f"/threads/{thread.id}/posts/{own.number}/edit"
    answer = client_of(cast.learner).post(path, data={"body": WORDS, "version": "1"})
    assert answer.status_code == status
    assert WORDS in answer.text


def test_of_two_edits_at_once_one_is_kept_and_the_other_is_told(
    own_database: Flask,
) -> None:
    author = Cast().learner
    begun, first = service.start_thread(author, "Fish", "Before")
    post_id, author_id, outcomes = first.post.id, author.id, []
    assert begun.last_number == 1
    session.remove()

    def edit(words: str) -> None:
        try:
            post, person = session.get_one(Post, post_id), session.get_one(Person, author_id)
            service.edit_post(post, person, words, version=1)
            outcomes.append("kept")
        except EditedMeanwhile as meanwhile:
            outcomes.append(meanwhile.body)
        finally:
            session.remove()

    workers = [Worker(target=edit, args=(f"Words {each}",)) for each in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    kept = session.get_one(Post, post_id)
    assert sorted(outcomes) == sorted(["kept", *[kept.body] * 3])
    assert kept.version == 2


def test_a_browser_that_asks_all_the_time_is_not_listened_to() -> None:
    pace = Pace()
    heard = [pace.is_too_fast("a") for _ in range(MOST_PACKETS + 50)]
    assert heard.count(False) == MOST_PACKETS
    assert not pace.is_too_fast("b")
    pace.forget("a")
    assert not pace.is_too_fast("a")


def test_flags_never_hide_a_post_however_many_they_are(
    client_of: ClientOf, cast: Cast, thread: Thread
) -> None:
    post_id = session.scalars(select(Post.id)).one()
    with transaction() as current:
        people = [Person(name=f"One {each}", country="KH", zone="") for each in range(60)]
        current.add_all(people)
        current.flush()
        for person in people:
            current.add(Flag(post_id=post_id, person_id=person.id, reason="spam"))
    path = f"/moderation/flags/{thread.id}/1"
    client_of(cast.learner).post(path, data={"reason": "spam", "words": "We are many."})
    assert session.get_one(Post, post_id).state == "visible"
    assert "No sun in July" in client_of(cast.other_learner).get(f"/threads/{thread.id}/").text
