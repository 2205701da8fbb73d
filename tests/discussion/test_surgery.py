"""Moving, splitting and merging threads: nothing is lost, every address and number stays right."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from academy.db import now, session, transaction
from academy.discussion import service
from academy.discussion.errors import CannotRearrange
from academy.discussion.models import Forward, Post, Reading, Thread
from academy.discussion.places import Place, find_place
from tests.cast import Cast


@pytest.fixture
def thread(app: Flask, cast: Cast) -> Thread:
    """Return a thread of six posts: 3 answers 2, 5 answers 1, 6 answers 3, which is accepted."""
    return _thread(cast, "How do you dry fish?", [None, 1, 2, None, 1, 3], accepted=3)


def _thread(cast: Cast, title: str, answers: list[int | None], accepted: int = 0) -> Thread:
    people = (cast.learner, cast.other_learner, cast.organiser)
    begun, first = service.start_thread(people[0], title, f"{title} 1")
    posts = [first.post] + [
        service.reply(begun.id, people[each % 3], f"{title} {each + 1}", answers=answered).post
        for each, answered in enumerate(answers[1:], start=1)
    ]
    if accepted:
        service.accept(posts[accepted - 1], people[0])
    with transaction():
        for post in posts:  # one minute after the other
            post.created_at = now() - timedelta(minutes=60 - post.number)
        begun.last_post_at = posts[-1].created_at
    return begun


def _numbers(thread: Thread) -> dict[int, str]:
    posts = select(Post.number, Post.body).where(Post.thread_id == thread.id)
    return {number: body for number, body in session.execute(posts.order_by(Post.number))}  # noqa: C416


def _check(*threads: Thread) -> None:
    """Every count is what it counts, and no answer leads nowhere."""
    session.expire_all()
    for thread in threads:
        shown = select(func.count(), func.max(Post.created_at)).where(
            Post.thread_id == thread.id, Post.state == "visible"
        )
        count, newest = session.execute(shown).one()
        assert thread.visible_posts == count
        assert newest is None or thread.last_post_at == newest
        assert thread.last_number >= max(_numbers(thread), default=0)
        if thread.accepted_number:
            assert thread.accepted_number in _numbers(thread)
    child, parent = aliased(Post), aliased(Post)
    within = func.coalesce(child.answers_thread_id, child.thread_id)
    lost = select(child.id).outerjoin(
        parent, (parent.thread_id == within) & (parent.number == child.answers)
    )
    assert session.scalars(lost.where(child.answers.is_not(None), parent.id.is_(None))).all() == []


def _answered(body: str) -> str | None:
    """Return what the post with these words answers."""
    child = session.scalars(select(Post).where(Post.body == body)).one()
    within = child.answers_thread_id or child.thread_id
    parent = select(Post.body).where(Post.thread_id == within, Post.number == child.answers)
    return session.scalars(parent).one_or_none()


def test_split_posts_begin_a_thread_and_their_addresses_lead_there(
    cast: Cast, thread: Thread
) -> None:
    done = service.split(thread.id, {3, 5, 6}, title="Kilns")
    title = "How do you dry fish?"
    assert _numbers(done.thread) == {1: f"{title} 3", 2: f"{title} 5", 3: f"{title} 6"}
    assert list(_numbers(thread)) == [1, 2, 4]
    assert find_place(thread.id, 5) == Place(done.thread.id, 2)
    assert find_place(thread.id, 4) == Place(thread.id, 4)
    assert (done.thread.title, done.thread.started_by) == ("Kilns", cast.organiser.id)
    _check(thread, done.thread)
    assert thread.accepted_number is None
    assert done.thread.accepted_number == 1
    assert done.authors == {cast.organiser.id, cast.other_learner.id}


def test_what_answers_what_survives_a_split_and_its_undoing(cast: Cast, thread: Thread) -> None:
    title = "How do you dry fish?"
    before = {body: _answered(body) for body in _numbers(thread).values()}
    assert before[f"{title} 6"] == f"{title} 3"
    done = service.split(thread.id, {2, 6}, title="Kilns")
    session.expire_all()
    assert {body: _answered(body) for body in before} == before
    service.undo_rearrangement(done.rearrangement.id)
    session.expire_all()
    assert {body: _answered(body) for body in before} == before
    assert list(_numbers(thread)) == [1, 2, 3, 4, 5, 6]


def test_an_undone_split_is_merged_back_with_what_was_written_since(
    cast: Cast, thread: Thread
) -> None:
    done = service.split(thread.id, {3, 5}, title="Kilns")
    service.reply(done.thread.id, cast.moderator, "A word in the new thread", answers=1)
    service.reply(thread.id, cast.learner, "A word in the old one")
    service.undo_rearrangement(done.rearrangement.id)
    session.expire_all()
    assert list(_numbers(thread)) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert _numbers(thread)[8] == "A word in the new thread"
    assert _answered("A word in the new thread") == "How do you dry fish? 3"
    assert done.thread.merged_into == thread.id
    assert find_place(done.thread.id, 1) == Place(thread.id, 3)
    assert find_place(done.thread.id, 3) == Place(thread.id, 8)
    assert find_place(thread.id, 3) == Place(thread.id, 3)
    assert thread.accepted_number == 3
    _check(thread, done.thread)


def test_merged_threads_are_one_and_part_again(cast: Cast, thread: Thread) -> None:
    other = _thread(cast, "Smoke", [None, 1, 2])
    before = {body: _answered(body) for each in (thread, other) for body in _numbers(each).values()}
    done = service.merge(thread.id, other.id)
    session.expire_all()
    assert thread.merged_into == other.id
    assert _numbers(thread) == {}
    assert _numbers(other)[4] == "How do you dry fish? 1"
    assert other.accepted_number == 6
    _check(thread, other)
    late = service.reply(thread.id, cast.moderator, "Sent to the old address", answers=2).post
    assert (late.thread_id, late.number, late.answers) == (other.id, 10, 5)
    service.undo_rearrangement(done.rearrangement.id)
    session.expire_all()
    assert {body: _answered(body) for body in before} == before
    assert thread.merged_into is None
    assert thread.accepted_number == 3
    assert list(_numbers(thread)) == [1, 2, 3, 4, 5, 6]
    assert list(_numbers(other)) == [1, 2, 3, 10]
    assert _answered("Sent to the old address") == "How do you dry fish? 2"
    assert find_place(other.id, 5) == Place(thread.id, 2)
    _check(thread, other)


def test_posts_join_another_thread_at_its_end(cast: Cast, thread: Thread) -> None:
    other = _thread(cast, "Smoke", [None, 1], accepted=2)
    service.split(thread.id, {3, 4}, into_id=other.id)
    assert list(_numbers(other)) == [1, 2, 3, 4]
    _check(thread, other)
    assert other.accepted_number == 2  # its own mark stays


def test_a_chain_of_moves_leads_to_where_the_post_is(cast: Cast, thread: Thread) -> None:
    first = service.split(thread.id, {3, 5}, title="Kilns")
    third = _thread(cast, "Smoke", [None, 1])
    service.merge(first.thread.id, third.id)
    assert find_place(thread.id, 5) == find_place(first.thread.id, 2) == Place(third.id, 4)
    with pytest.raises(CannotRearrange) as refusal:
        service.undo_rearrangement(first.rearrangement.id)
    assert refusal.value.why == "later"
    late = service.reply(first.thread.id, cast.moderator, "Follows two steps").post
    assert late.thread_id == third.id
    _check(thread, third)


def test_who_follows_and_how_far_they_read_goes_along(cast: Cast, thread: Thread) -> None:
    reader = cast.moderator
    service.follow(thread.id, reader.id)
    service.mark_read(thread.id, reader.id, 4)
    service.mute(thread.id, cast.focal_point.id)
    new = service.split(thread.id, {2, 3, 5}, title="Kilns").thread
    readings = {
        one.person_id: one for one in session.scalars(select(Reading)) if one.thread_id == new.id
    }
    assert (readings[reader.id].wish, readings[reader.id].read_number) == ("follow", 2)
    assert readings[cast.focal_point.id].wish == "mute"
    other = _thread(cast, "Smoke", [None, 1])
    service.mark_read(other.id, reader.id, 2)
    service.merge(new.id, other.id)
    session.expire_all()
    merged = session.get_one(Reading, (other.id, reader.id))
    assert (merged.wish, merged.read_number) == ("follow", 4)


@pytest.mark.parametrize(
    ("numbers", "why"),
    [(set(), "none"), ({1, 2}, "first"), ({2, 99}, "gone"), (set(range(2, 600)), "many")],
)
def test_what_cannot_be_split_is_said(
    cast: Cast, thread: Thread, numbers: set[int], why: str
) -> None:
    with pytest.raises(CannotRearrange) as refusal:
        service.split(thread.id, numbers, title="Kilns")
    assert refusal.value.why == why
    assert session.scalars(select(Forward)).all() == []


def test_hidden_and_merged_threads_stay_what_they_are(cast: Cast, thread: Thread) -> None:
    other, third = _thread(cast, "Smoke", [None]), _thread(cast, "Salt", [None])
    service.merge(other.id, third.id)
    with transaction():
        third.state = "hidden"
    for source, target, why in (
        (thread, other, "merged"), (thread, third, "hidden"), (thread, thread, "same"),
    ):  # fmt: skip
        with pytest.raises(CannotRearrange) as refusal:
            service.merge(source.id, target.id)
        assert refusal.value.why == why


def test_a_thread_moves_to_another_subject_and_back(cast: Cast, thread: Thread) -> None:
    first = service.move(thread.id, "case", 7, "lessons")
    second = service.move(thread.id, "live_session", 3)
    with pytest.raises(CannotRearrange):
        service.undo_rearrangement(first.rearrangement.id)
    service.undo_rearrangement(second.rearrangement.id)
    assert (thread.subject_kind, thread.subject_id, thread.field) == ("case", 7, "lessons")
    service.undo_rearrangement(first.rearrangement.id)
    assert (thread.subject_kind, thread.subject_id, thread.field) == ("topic", None, "")
    with pytest.raises(CannotRearrange):
        service.undo_rearrangement(first.rearrangement.id)


def test_the_same_form_sent_twice_is_one_post_wherever_that_went(
    cast: Cast, thread: Thread
) -> None:
    sent = service.reply(thread.id, cast.learner, "Once", request_key="aa").post
    done = service.split(thread.id, {sent.number}, title="Kilns")
    again = service.reply(thread.id, cast.learner, "Once", request_key="aa").post
    assert (again.id, again.thread_id) == (sent.id, done.thread.id)
