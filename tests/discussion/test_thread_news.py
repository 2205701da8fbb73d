"""News of threads by mail: as each person chose, each once, never hidden, never to who mutes."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from academy.db import session, transaction
from academy.discussion import service
from academy.discussion.models import Post, Thread
from academy.discussion.service.telling import tell_posts
from academy.discussion.service.writing import appear, vanish
from academy.messaging import service as messaging
from academy.messaging.models import Notice
from academy.messaging.service.choices import Choices, choose
from tests.cast import Cast
from tests.messaging.conftest import Pigeonhole, text_of
from tests.messaging.conftest import pigeonhole as pigeonhole

#: A Wednesday, 12:00 in Phnom Penh and in Jakarta; the next morning is 7:00 there, 0:00 UTC.
NOON = datetime(2026, 11, 18, 5, tzinfo=UTC)
SOON, MORNING = NOON + timedelta(minutes=6), datetime(2026, 11, 19, 0, 1, tzinfo=UTC)


@pytest.fixture
def thread(app: Flask, cast: Cast, pigeonhole: Pigeonhole) -> Thread:
    """Return a thread of the learner, followed by the organiser; its first post is no news."""
    with time_machine.travel(NOON, tick=False):
        thread, _ = service.start_thread(cast.learner, "How do you dry fish?", "No sun here.")
        tell_posts()
        service.follow(thread.id, cast.organiser.id)
    with transaction():
        for one in (cast.learner, cast.organiser, cast.other_learner, cast.focal_point):
            one.zone = "Asia/Jakarta"
    return thread


def _write(
    thread: Thread, cast: Cast, body: str = "In a **kiln**.", answers: int | None = None
) -> Post:
    with time_machine.travel(NOON, tick=False):
        post = service.reply(thread.id, cast.other_learner, body, answers=answers).post
        tell_posts()
    return post


def _at(moment: datetime) -> int:
    """Let the worker look at a moment; return how many mails left."""
    with time_machine.travel(moment, tick=False):
        messaging.settle_notices()
        messaging.plan_digests()
        return messaging.deliver_due()


def test_an_answer_comes_at_once_and_what_one_follows_in_the_morning(
    thread: Thread, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    _write(thread, cast, "> No sun\n\nIn a **kiln**.", answers=1)
    assert [_at(NOON), _at(SOON), _at(SOON), _at(MORNING), _at(MORNING)] == [0, 1, 0, 1, 0]
    first, second = pigeonhole.mails
    said = text_of(first)
    assert first["Subject"] == "How do you dry fish?"
    assert "Sutrisno: In a kiln." in said
    assert "No sun" not in said
    assert f"https://academy.example.org/threads/{thread.id}/posts/2/" in said
    assert first["To"] != second["To"]


def test_each_hears_as_often_as_they_chose(
    thread: Thread, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    every = {"thread_answered": "weekly", "thread_called": "never", "thread_followed": "never"}
    choose(cast.learner.id, Choices(True, 0, 0), every)
    choose(cast.organiser.id, Choices(True, 0, 0), {"thread_followed": "at_once"})
    _write(thread, cast, answers=1)
    monday = datetime(2026, 11, 23, 0, 1, tzinfo=UTC)
    assert [_at(SOON), _at(MORNING), _at(monday), _at(monday)] == [1, 0, 1, 0]


def test_what_was_hidden_before_it_leaves_is_told_to_nobody(
    thread: Thread, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    post = _write(thread, cast, answers=1)
    _at(NOON)
    with transaction() as current:
        vanish(current, thread, post, "hidden")
    assert [_at(SOON), _at(MORNING)] == [0, 0]


def test_of_a_hidden_thread_nothing_leaves(
    thread: Thread, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    _write(thread, cast, answers=1)
    with transaction():
        thread.state = "hidden"
    assert [_at(SOON), _at(MORNING)] == [0, 0]


def test_who_mutes_or_follows_no_more_before_it_leaves_gets_nothing(
    thread: Thread, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    _write(thread, cast, answers=1)
    service.mute(thread.id, cast.learner.id)
    service.forget_wish(thread.id, cast.organiser.id)
    assert [_at(SOON), _at(MORNING)] == [0, 0]


def test_a_post_that_appears_again_is_told_once_to_each(
    thread: Thread, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    post = _write(thread, cast, answers=1)
    assert [_at(SOON), _at(MORNING)] == [1, 1]
    with time_machine.travel(MORNING, tick=False):
        service.follow(thread.id, cast.focal_point.id)
    with transaction() as current:
        vanish(current, thread, post, "hidden")
        # Somebody else is answered now: for the learner it would be another kind of news.
        post.answers = None
    with transaction() as current, time_machine.travel(MORNING, tick=False):
        appear(current, thread, post)
        tell_posts()
    later = MORNING + timedelta(days=1)
    assert [_at(later), _at(later)] == [1, 0]
    told = select(Notice.person_id).where(Notice.occasion == f"post:{post.id}")
    assert sorted(session.scalars(told)) == sorted(
        [cast.learner.id, cast.organiser.id, cast.focal_point.id]
    )


def test_who_is_called_by_an_edit_hears_of_it_once(
    thread: Thread, cast: Cast, pigeonhole: Pigeonhole
) -> None:
    with time_machine.travel(NOON, tick=False):
        service.reply(thread.id, cast.focal_point, "I listen.")
        tell_posts()
        service.forget_wish(thread.id, cast.focal_point.id)
        service.forget_wish(thread.id, cast.organiser.id)
        service.mute(thread.id, cast.learner.id)
    post = _write(thread, cast)
    words = f"In a kiln, @{cast.focal_point.name} and @{cast.learner.name}"
    with time_machine.travel(NOON, tick=False):
        service.edit_post(post, cast.other_learner, words, version=1)
        service.edit_post(post, cast.other_learner, f"{words}.", version=2)
    assert [_at(SOON), _at(MORNING)] == [1, 0]
    assert session.scalars(select(Notice.kind).where(
        Notice.person_id == cast.focal_point.id
    )).all() == ["thread_called"]  # fmt: skip


def test_ten_answers_are_one_mail(thread: Thread, cast: Cast, pigeonhole: Pigeonhole) -> None:
    for number in range(10):
        _write(thread, cast, f"Answer {number}", answers=1)
    assert [_at(SOON), _at(MORNING)] == [1, 1]
    assert pigeonhole.mails[0]["Subject"].startswith("New (10)")
