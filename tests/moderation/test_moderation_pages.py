"""The moderators' desk: the queue, decisions, appeals, the log, and who may see it."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from academy.db import session
from academy.discussion import service as discussion
from academy.discussion.models import Post, Thread
from academy.messaging.models import Notice
from academy.moderation.models import Appeal, Decision, Waiting
from academy.people.models import Person
from tests.cast import Cast
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]


@pytest.fixture
def held(app: Flask, cast: Cast) -> Waiting:
    """Return the queue's entry of a learner's first post."""
    thread, _ = discussion.start_thread(cast.moderator, "Welcome", "Ask here.")
    discussion.reply(thread.id, cast.learner, "My first words")
    return session.scalars(select(Waiting)).one()


def _decide(browser: FlaskClient, held: Waiting, **data: str) -> str:
    data = {"reason": "fits", "days": "7", **data}
    address = f"/moderation/queue/{held.id}/"
    return browser.post(address, data=data, follow_redirects=True).text


def test_a_moderator_finds_what_waits_and_shows_it(
    client: FlaskClient, client_of: ClientOf, cast: Cast, held: Waiting
) -> None:
    browser = client_of(cast.moderator)
    assert "My first words" in browser.get("/moderation/").text
    page = browser.get(f"/moderation/queue/{held.id}/").text
    assert "Ask here." in page
    assert "first post of this person" in page
    _decide(browser, held, action="approve")
    assert "Nothing waits" in browser.get("/moderation/").text
    thread_id = session.scalars(select(Thread.id)).one()
    assert "My first words" in client.get(f"/threads/{thread_id}/").text


@pytest.mark.parametrize("role", ["learner", "organiser", "focal_point"])
def test_the_desk_is_for_moderators(
    client: FlaskClient, client_of: ClientOf, cast: Cast, held: Waiting, role: str
) -> None:
    browser = client_of(getattr(cast, role))
    for path in ("/moderation/", f"/moderation/queue/{held.id}/", "/moderation/log"):
        assert browser.get(path).status_code == 403
    assert "/sign-in" in client.get("/moderation/").location


def test_two_moderators_decide_once(client_of: ClientOf, cast: Cast, held: Waiting) -> None:
    first, second = client_of(cast.moderator), client_of(cast.administrator)
    claim = {"claim": f"post-{held.id}"}
    first.post("/moderation/claims", data=claim)
    assert "You took it" in first.get(f"/moderation/queue/{held.id}/").text
    assert "A colleague took this" in second.get(f"/moderation/queue/{held.id}/").text
    assert "Nimali Perera looks at it" in second.get("/moderation/").text
    taken = second.post("/moderation/claims", data=claim, follow_redirects=True).text
    assert "took it a moment ago" in taken
    _decide(first, held, action="approve")
    assert "decided already" in _decide(second, held, action="approve")
    assert session.scalar(select(func.count()).select_from(Decision)) == 1


def test_the_author_is_told_and_another_moderator_answers_an_appeal(
    client: FlaskClient, client_of: ClientOf, cast: Cast, held: Waiting
) -> None:
    _decide(client_of(cast.moderator), held, action="hide", reason="off_topic", note="Elsewhere.")
    decision = session.scalars(select(Decision)).one()
    assert session.scalars(select(Notice.person_id)).all() == [cast.learner.id]
    address = f"/moderation/decisions/{decision.id}/"
    author = client_of(cast.learner)
    assert "Elsewhere." in author.get(address).text
    assert "My first words" in author.get(address).text
    assert client_of(cast.other_learner).get(address).status_code == 404
    author.post(address, data={"words": "It is about fish."})
    assert author.post(address, data={"words": "Again."}).status_code == 403
    own = client_of(cast.moderator)
    answer = {"upheld": "yes", "answer": "You are right."}
    refused = own.post(f"{address}answer", data=answer, follow_redirects=True).text
    assert "another moderator has to answer" in refused
    assert "You are right." in refused
    unfinished = client_of(cast.administrator).post(f"{address}answer", data={"answer": "Well,"})
    assert unfinished.status_code == 400
    assert "Well,</textarea>" in unfinished.text
    client_of(cast.administrator).post(f"{address}answer", data=answer)
    assert session.scalars(select(Appeal.upheld)).all() == [True]
    assert "You are right." in author.get(address).text
    thread_id = session.scalars(select(Thread.id)).one()
    assert "My first words" in client.get(f"/threads/{thread_id}/").text


def test_removed_words_are_gone_and_stay_gone(
    client_of: ClientOf, cast: Cast, held: Waiting
) -> None:
    browser = client_of(cast.moderator)
    _decide(browser, held, action="remove", reason="private")
    assert session.scalars(select(Post.body).where(Post.number == 2)).all() == [""]
    decision = session.scalars(select(Decision)).one()
    undoing = f"/moderation/decisions/{decision.id}/undoing"
    assert "cannot be taken back" in browser.post(undoing, follow_redirects=True).text


def test_a_decision_without_a_reason_in_words_is_asked_for(
    client_of: ClientOf, cast: Cast, held: Waiting
) -> None:
    page = _decide(client_of(cast.moderator), held, action="hide", reason="other", note=" ")
    assert "Say in the note why." in page
    assert session.scalar(select(func.count()).select_from(Decision)) == 0


def test_a_reader_flags_once_and_only_moderators_learn_who(
    client_of: ClientOf, cast: Cast, held: Waiting
) -> None:
    _decide(client_of(cast.moderator), held, action="approve")
    thread_id = session.scalars(select(Thread.id)).one()
    browser, address = client_of(cast.other_learner), f"/moderation/flags/{thread_id}/2"
    assert "My first words" in browser.get(address).text
    for _ in range(2):
        browser.post(address, data={"reason": "spam", "words": "It sells."})
    page = client_of(cast.moderator).get(f"/moderation/queue/{held.id}/").text
    assert "Sutrisno" in page
    assert "It sells." in page
    session.expire_all()
    assert session.get_one(Waiting, held.id).flags == 1
    assert browser.post(address, data={}).status_code == 400


def test_a_silenced_author_keeps_what_they_typed(
    client_of: ClientOf, cast: Cast, held: Waiting
) -> None:
    _decide(client_of(cast.moderator), held, action="silence", reason="spam")
    thread_id = session.scalars(select(Thread.id)).one()
    data = {"body": "A long text", "language": "en"}
    answer = client_of(cast.learner).post(f"/threads/{thread_id}/posts/", data=data)
    assert answer.status_code == 409
    assert "A long text" in answer.text
    assert "cannot write until" in answer.text


def test_a_thread_is_closed_and_opened_again(
    client_of: ClientOf, cast: Cast, held: Waiting
) -> None:
    thread_id = session.scalars(select(Thread.id)).one()
    browser, address = client_of(cast.administrator), f"/moderation/threads/{thread_id}/"
    browser.post(address, data={"action": "lock", "reason": "off_topic", "days": "7"})
    session.expire_all()
    assert session.get_one(Thread, thread_id).state == "locked"
    decision = session.scalars(select(Decision)).one()
    browser.post(f"/moderation/decisions/{decision.id}/undoing")
    session.expire_all()
    assert session.get_one(Thread, thread_id).state == "open"


def test_words_are_watched_and_not(client_of: ClientOf, cast: Cast, app: Flask) -> None:
    browser = client_of(cast.moderator)
    browser.post("/moderation/words", data={"word": "Quick Loan"})
    page = browser.get("/moderation/words").text
    assert "quick loan" in page
    number = page.split("/moderation/words/")[1].split("/")[0]
    browser.post(f"/moderation/words/{number}/removal")
    assert "quick loan" not in browser.get("/moderation/words").text


def test_everybody_reads_the_figures_of_a_year(
    client: FlaskClient, client_of: ClientOf, cast: Cast, held: Waiting
) -> None:
    _decide(client_of(cast.moderator), held, action="approve")
    year = held.created_at.year
    assert "The post was shown" in client.get(f"/moderation/figures/{year}").text
    assert client.get("/moderation/figures/1999").status_code == 404
    assert "The post was shown" in client_of(cast.moderator).get("/moderation/log").text


def test_the_queue_costs_few_statements(
    client_of: ClientOf, cast: Cast, held: Waiting, engine: Engine
) -> None:
    browser = client_of(cast.moderator)
    with counted(engine) as statements:
        browser.get("/moderation/")
    assert len(statements) <= 8
