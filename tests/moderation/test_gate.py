"""The gate: what appears at once, what waits, what is refused."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from academy.db import now, session, transaction
from academy.discussion import service
from academy.discussion.errors import Refused
from academy.discussion.models import Post, Thread
from academy.discussion.ports import Draft
from academy.moderation.gate import judge
from academy.moderation.models import Waiting
from academy.moderation.service import decide_on_person, decide_on_post, decide_on_thread, watch
from academy.people.models import Person
from tests.cast import Cast
from tests.statements import counted


@pytest.fixture
def thread(app: Flask, cast: Cast) -> Thread:
    """Return a thread that a moderator began."""
    return service.start_thread(cast.moderator, "Welcome", "Ask here.")[0]


def _known(person: Person, thread: Thread, posts: int = 1, *, days: int = 0) -> None:
    """Let somebody have some posts that were shown, an hour ago or some days."""
    at = now() - timedelta(days=days, hours=1)
    with transaction() as current:
        for each in range(posts):
            thread.last_number += 1
            post = Post(
                thread_id=thread.id, number=thread.last_number, author_id=person.id,
                body=f"Earlier {each}", language="en", created_at=at,
            )  # fmt: skip
            current.add(post)


def test_a_first_post_waits_and_stands_in_the_queue(cast: Cast, thread: Thread) -> None:
    written = service.reply(thread.id, cast.learner, "My first words")
    assert (written.is_held, written.verdict.reason) == (True, "first_posts")
    waiting = session.scalars(select(Waiting)).one()
    assert (waiting.post_id, waiting.held_for) == (written.post.id, "first_posts")


def test_who_was_approved_once_is_shown_at_once(cast: Cast, thread: Thread) -> None:
    first = service.reply(thread.id, cast.learner, "My first words").post
    decide_on_post(first, cast.moderator, "approve", "fits")
    assert not service.reply(thread.id, cast.learner, "My second words").is_held


def test_a_link_in_an_early_post_waits(cast: Cast, thread: Thread) -> None:
    _known(cast.learner, thread)
    for words in ("Look at http://shop.example", "Look at www.shop.example", "cheap-shop.xyz"):
        assert judge(Draft(cast.learner, words, thread.id)).reason == "links"
    _known(cast.learner, thread, 3, days=1)
    assert judge(Draft(cast.learner, "Look at http://shop.example", thread.id)).outcome == "show"


def test_a_watched_word_waits_in_any_case_and_width(cast: Cast, thread: Thread) -> None:
    _known(cast.learner, thread, 3)
    watch("Quick  Loan", cast.moderator)
    for words in ("a QUICK loan for you", "ｑｕｉｃｋ loan"):
        assert judge(Draft(cast.learner, words, thread.id)).reason == "words"


def test_the_same_words_again_are_refused(cast: Cast, thread: Thread) -> None:
    _known(cast.learner, thread)
    service.reply(thread.id, cast.learner, "Buy my rice")
    with pytest.raises(Refused) as refusal:
        service.reply(thread.id, cast.learner, "Buy my rice ")
    assert refusal.value.verdict.reason == "repeated"


def test_many_posts_in_a_minute_are_refused(cast: Cast, thread: Thread) -> None:
    _known(cast.learner, thread)
    for each in range(6):
        service.reply(thread.id, cast.learner, f"Post {each}")
    with pytest.raises(Refused) as refusal:
        service.reply(thread.id, cast.learner, "One more")
    assert refusal.value.verdict.reason == "too_fast"


def test_a_slow_thread_asks_to_wait(cast: Cast, thread: Thread) -> None:
    _known(cast.learner, thread)
    decide_on_thread(thread, cast.moderator, "slow", "other", "Calm down.")
    with transaction():
        session.query(Post).filter_by(author_id=cast.learner.id).update({"body": "Older"})
    with transaction():
        past = now() - timedelta(minutes=20)
        session.query(Post).filter_by(author_id=cast.learner.id).update({"created_at": past})
    service.reply(thread.id, cast.learner, "One")
    with pytest.raises(Refused) as refusal:
        service.reply(thread.id, cast.learner, "Two")
    assert 200 < refusal.value.verdict.wait_seconds <= 301


def test_silence_ends_by_itself_and_suspension_holds(cast: Cast, thread: Thread) -> None:
    _known(cast.learner, thread)
    until = now() + timedelta(days=1)
    decision = decide_on_person(cast.learner, cast.moderator, "silence", "spam", until=until)
    assert judge(Draft(cast.learner, "x", thread.id)).reason == "silenced"
    with transaction():
        decision.until = now() - timedelta(minutes=1)
    assert judge(Draft(cast.learner, "x", thread.id)).reason == "first_posts"
    decide_on_person(cast.learner, cast.moderator, "suspend", "spam")
    assert judge(Draft(cast.learner, "x", thread.id)).reason == "suspended"


def test_the_gate_asks_one_statement_of_somebody_who_writes(
    cast: Cast, thread: Thread, engine: Engine
) -> None:
    _known(cast.learner, thread, 3, days=1)
    watch("loan", cast.moderator)
    with counted(engine) as statements:
        assert judge(Draft(cast.learner, "Rice and fish", thread.id)).outcome == "show"
    assert len(statements) == 1


def test_regulars_may_write_what_makes_others_wait(cast: Cast, thread: Thread) -> None:
    _known(cast.learner, thread, 10, days=31)
    watch("loan", cast.moderator)
    draft = Draft(cast.learner, "A loan circle of women", thread.id)
    assert judge(draft).reason == "words"
    posts = session.scalars(select(Post).where(Post.author_id == cast.learner.id)).all()
    readers = [cast.other_learner, cast.organiser, cast.focal_point]
    for post in posts[:5]:
        for reader in readers:
            service.react(thread, post, reader, "useful")
    assert judge(draft).outcome == "show"
    decide_on_person(cast.learner, cast.moderator, "warn", "off_topic")
    assert judge(draft).reason == "words"


def test_an_edit_that_brings_a_link_waits_again(cast: Cast, thread: Thread) -> None:
    _known(cast.learner, thread)
    post = service.reply(thread.id, cast.learner, "Good words").post
    service.edit_post(post, cast.learner, "Good words http://shop.example", version=1)
    assert post.state == "held"
