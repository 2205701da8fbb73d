"""Who hears of a post is told after its commit: once, whatever is killed, by what holds then."""

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from academy.db import session, transaction
from academy.discussion import service
from academy.discussion.models import Post, Thread
from academy.discussion.ports import SHOW, Verdict, plug_gatekeeper
from academy.discussion.service.telling import MOST_AT_ONCE, tell_posts
from academy.discussion.service.withholding import set_thread
from academy.discussion.service.writing import appear, vanish
from academy.discussion.tasks import tell_posts as sweep
from academy.messaging.models import Notice
from academy.messaging.notices import News
from academy.messaging.service import hand_over_notices
from academy.queues import QUEUE_OF
from academy.timetable import TIMETABLE
from tests.cast import Cast
from tests.messaging.test_news_beside import together
from tests.statements import counted


@pytest.fixture
def thread(app: Flask, cast: Cast) -> Thread:
    """Return a thread of the learner, followed by the organiser; its first post was told."""
    return _begin(cast)


def _begin(cast: Cast) -> Thread:
    thread, _ = service.start_thread(cast.learner, "How do you dry fish?", "No sun here.")
    tell_posts()
    service.follow(thread.id, cast.organiser.id)
    return thread


def _write(thread: Thread, cast: Cast, body: str = "In a kiln.") -> Post:
    return service.reply(thread.id, cast.other_learner, body, answers=1).post


def _told() -> list[tuple[int, str]]:
    rows = session.execute(select(Notice.person_id, Notice.kind).order_by(Notice.person_id))
    return [(person, kind) for person, kind in rows]


def _both(cast: Cast) -> list[tuple[int, str]]:
    both = [(cast.learner.id, "thread_answered"), (cast.organiser.id, "thread_followed")]
    return sorted(both)


def test_killed_after_the_commit_the_timetable_tells_it_once(thread: Thread, cast: Cast) -> None:
    _write(thread, cast)  # no queue is plugged in: the wish to tell it soon is lost
    assert _told() == []
    assert "post.tell" in {entry["task"] for entry in TIMETABLE.values()} & QUEUE_OF.keys()
    sweep()
    assert _told() == _both(cast)
    sweep()
    assert _told() == _both(cast)


def test_killed_while_it_tells_it_has_told_nothing_and_begins_again(
    thread: Thread, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(thread, cast)

    def die(handed: list[News]) -> None:
        hand_over_notices(handed)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("academy.discussion.news.hand_over_notices", die)
        with pytest.raises(KeyboardInterrupt):
            tell_posts()
    assert _told() == []
    assert [tell_posts(), tell_posts()] == [1, 0]
    assert _told() == _both(cast)


@pytest.mark.parametrize("way", ["hide", "thread", "remove"])
def test_what_is_hidden_before_it_was_told_is_told_to_nobody_until_it_is_shown(
    thread: Thread, cast: Cast, way: str
) -> None:
    post = _write(thread, cast)
    with transaction() as current:
        if way == "hide":
            vanish(current, thread, post, "hidden")
        elif way == "thread":
            set_thread(current, thread, {"state": "hidden"})
    if way == "remove":
        service.remove_own(post, cast.other_learner)
    assert (tell_posts(), _told()) == (0, [])
    with transaction() as current:
        if way == "hide":
            appear(current, thread, post)
        elif way == "thread":
            set_thread(current, thread, {"state": "open"})
    tell_posts()
    assert _told() == ([] if way == "remove" else _both(cast))


def test_who_mutes_or_follows_no_more_meanwhile_hears_nothing(thread: Thread, cast: Cast) -> None:
    _write(thread, cast)
    service.mute(thread.id, cast.learner.id)
    service.forget_wish(thread.id, cast.organiser.id)
    assert (tell_posts(), _told()) == (1, [])


def test_what_is_moved_meanwhile_is_told_where_it_stands(thread: Thread, cast: Cast) -> None:
    post = _write(thread, cast)
    into = service.split(thread.id, {post.number}, title="Kilns").thread
    tell_posts()
    paths = set(session.scalars(select(Notice.path)))
    assert paths == {f"/threads/{into.id}/posts/1/"}


def test_who_follows_because_they_answered_is_not_told_of_what_they_answered(
    thread: Thread, cast: Cast
) -> None:
    _write(thread, cast)
    service.reply(thread.id, cast.focal_point, "How hot?", answers=2)
    tell_posts()
    assert [kind for person, kind in _told() if person == cast.focal_point.id] == []
    assert (cast.other_learner.id, "thread_answered") in _told()


def test_an_edit_that_calls_somebody_meanwhile_tells_them_once(thread: Thread, cast: Cast) -> None:
    post = _write(thread, cast)
    words = f"In a kiln, @{cast.learner.name}."
    service.edit_post(post, cast.other_learner, words, version=1)
    assert _told() == [(cast.learner.id, "thread_called")]
    tell_posts()
    assert sorted(person for person, _kind in _told()) == sorted(
        [cast.learner.id, cast.organiser.id]
    )


def test_what_was_held_is_told_once_it_is_approved(thread: Thread, cast: Cast) -> None:
    plug_gatekeeper(lambda _draft: Verdict("hold", "first_posts"))
    post = _write(thread, cast)
    plug_gatekeeper(lambda _draft: SHOW)
    assert (tell_posts(), _told()) == (0, [])
    with transaction() as current:
        appear(current, thread, post)
    assert [tell_posts(), tell_posts()] == [1, 0]
    assert _told() == _both(cast)


def test_many_posts_cost_as_many_statements_as_one(
    thread: Thread, cast: Cast, engine: Engine
) -> None:
    costs = []
    for many in (1, 5):
        for number in range(many):
            _write(thread, cast, f"Answer {many} {number}, @{cast.learner.name}")
        session.expire_all()
        with counted(engine) as statements:
            assert tell_posts() == many
        costs.append(len(statements))
    assert costs[0] == costs[1]


def test_workers_that_look_together_tell_each_reader_once(own_database: Flask) -> None:
    cast = Cast()
    thread = _begin(cast)
    for number in range(MOST_AT_ONCE + 5):
        _write(thread, cast, f"Answer {number}")
    session.remove()
    assert sum(together(tell_posts)) == MOST_AT_ONCE + 5
    assert session.scalar(select(func.count(Notice.id))) == 2 * (MOST_AT_ONCE + 5)
