"""Writing in threads: numbers, the gate, edits, mentions, reactions and who hears of it."""

from collections.abc import Callable, Iterator
from threading import Thread as Worker

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.db import session
from academy.discussion import service
from academy.discussion.errors import EditedMeanwhile, NotYours, Refused, ThreadClosed
from academy.discussion.models import Mention, Post, PostVersion, Reaction, Reading, Thread
from academy.discussion.ports import SHOW, Draft, Verdict, plug_gatekeeper
from academy.discussion.service.telling import tell_posts
from academy.messaging.models import Notice
from academy.people.models import Person
from tests.cast import Cast
from tests.messaging.test_news_beside import together


@pytest.fixture
def gate() -> Iterator[Callable[[Verdict], None]]:
    """Return a function that sets what the gate says from now on."""
    said = [SHOW]
    plug_gatekeeper(lambda _draft: said[0])
    yield lambda verdict: said.__setitem__(0, verdict)
    plug_gatekeeper(lambda _draft: SHOW)


def _begin(author: Person) -> Thread:
    return service.start_thread(author, "How do you dry fish?", "We have no sun in July.")[0]


def test_a_thread_begins_with_its_first_post(app: Flask, cast: Cast) -> None:
    thread = _begin(cast.learner)
    post = session.scalars(select(Post)).one()
    assert (post.number, post.state, thread.visible_posts) == (1, "visible", 1)


def test_the_same_post_sent_twice_is_one(app: Flask, cast: Cast) -> None:
    thread = _begin(cast.learner)
    first = service.reply(thread.id, cast.learner, "In a kiln.", request_key="k1")
    again = service.reply(thread.id, cast.learner, "In a kiln.", request_key="k1")
    assert first.post.id == again.post.id
    service.reply(thread.id, cast.other_learner, "In a kiln.", request_key="k1")
    assert session.scalar(select(func.count()).select_from(Post)) == 3


def test_sent_again_it_is_the_same_post_whatever_the_gate_says_by_now(
    app: Flask, cast: Cast, gate: Callable[[Verdict], None]
) -> None:
    thread = _begin(cast.learner)
    first = service.reply(thread.id, cast.learner, "In a kiln.", request_key="k1")
    gate(Verdict("refuse", "repeated"))
    again = service.reply(thread.id, cast.learner, "In a kiln.", request_key="k1")
    assert again.post.id == first.post.id
    thread.state = "locked"
    gate(SHOW)
    again = service.reply(thread.id, cast.learner, "In a kiln.", request_key="k1")
    assert (again.post.id, thread.last_number, thread.visible_posts) == (first.post.id, 2, 2)


def test_sent_four_times_in_one_moment_it_is_one_post(own_database: Flask) -> None:
    cast = Cast()
    thread_id, author_id = _begin(cast.learner).id, cast.learner.id
    session.remove()

    def send() -> int:
        person = session.get_one(Person, author_id)
        return service.reply(thread_id, person, "In a kiln.", request_key="k1").number

    assert together(send) == [2, 2, 2, 2]
    thread = session.get_one(Thread, thread_id)
    assert (thread.last_number, thread.visible_posts) == (2, 2)


def test_nobody_writes_in_a_thread_that_they_cannot_know_of(
    app: Flask, cast: Cast, gate: Callable[[Verdict], None]
) -> None:
    gate(Verdict("hold", "first_posts"))
    thread = _begin(cast.learner)
    gate(SHOW)
    with pytest.raises(ThreadClosed):
        service.reply(thread.id, cast.other_learner, "I guessed the address")
    assert service.reply(thread.id, cast.moderator, "Is it a kiln?").number == 2
    assert service.reply(thread.id, cast.learner, "And I wait.").number == 3


def test_what_the_gate_holds_is_seen_by_nobody_and_told_to_nobody(
    app: Flask, cast: Cast, gate: Callable[[Verdict], None]
) -> None:
    thread = _begin(cast.learner)
    gate(Verdict("hold", "first_posts"))
    written = service.reply(thread.id, cast.other_learner, "Look here")
    assert written.is_held
    assert thread.visible_posts == 1
    tell_posts()
    assert session.scalar(select(func.count()).select_from(Notice)) == 0


def test_what_the_gate_refuses_is_not_written(
    app: Flask, cast: Cast, gate: Callable[[Verdict], None]
) -> None:
    thread = _begin(cast.learner)
    gate(Verdict("refuse", "silenced"))
    with pytest.raises(Refused):
        service.reply(thread.id, cast.other_learner, "No")
    with pytest.raises(Refused):
        service.start_thread(cast.other_learner, "No", "no")
    session.expire_all()
    assert session.get_one(Thread, thread.id).last_number == 1
    assert session.scalar(select(func.count()).select_from(Thread)) == 1


def test_a_locked_thread_takes_posts_of_moderators_only(app: Flask, cast: Cast) -> None:
    thread = _begin(cast.learner)
    thread.state = "locked"
    session.flush()
    with pytest.raises(ThreadClosed):
        service.reply(thread.id, cast.learner, "One more")
    assert service.reply(thread.id, cast.moderator, "Closed, thank you.").post.number == 2


def test_an_edit_keeps_what_was_and_tells_who_comes_second(app: Flask, cast: Cast) -> None:
    thread = _begin(cast.learner)
    post = service.reply(thread.id, cast.learner, "One").post
    service.edit_post(post, cast.learner, "Two", version=1)
    with pytest.raises(EditedMeanwhile) as refusal:
        service.edit_post(post, cast.learner, "Three", version=1)
    assert (refusal.value.body, refusal.value.version) == ("Two", 2)
    assert session.scalars(select(PostVersion.body)).all() == ["One"]
    with pytest.raises(NotYours):
        service.edit_post(post, cast.other_learner, "Mine", version=2)


def test_an_edit_passes_the_same_gate(
    app: Flask, cast: Cast, gate: Callable[[Verdict], None]
) -> None:
    thread = _begin(cast.learner)
    post = service.reply(thread.id, cast.learner, "Good").post
    gate(Verdict("hold", "links"))
    service.edit_post(post, cast.learner, "Buy at http://x.example", version=1)
    assert post.state == "held"
    assert thread.visible_posts == 1


def test_a_post_that_its_author_removed_says_nothing_any_more(app: Flask, cast: Cast) -> None:
    thread = _begin(cast.learner)
    post = service.reply(thread.id, cast.learner, "One").post
    service.edit_post(post, cast.learner, "Two", version=1)
    service.remove_own(post, cast.learner)
    assert (post.body, post.state, thread.visible_posts) == ("", "removed", 1)
    assert session.scalars(select(PostVersion.body)).all() == [""]


def test_calling_somebody_by_name_needs_a_name_that_one_person_has(app: Flask, cast: Cast) -> None:
    thread = _begin(cast.learner)
    service.reply(thread.id, cast.other_learner, "Hello")
    service.reply(thread.id, cast.organiser, f"@{cast.learner.name} and @SUTRISNO, and @Nobody")
    called = set(session.scalars(select(Mention.person_id)))
    assert called == {cast.learner.id, cast.other_learner.id}


def test_each_reader_hears_once_of_a_post_and_those_who_mute_never(app: Flask, cast: Cast) -> None:
    thread = _begin(cast.learner)
    service.follow(thread.id, cast.organiser.id)
    service.mute(thread.id, cast.focal_point.id)
    service.reply(thread.id, cast.other_learner, f"@{cast.learner.name} yes", answers=1)
    tell_posts()
    told = session.execute(select(Notice.person_id, Notice.kind)).all()
    assert sorted(told) == sorted([
        (cast.learner.id, "thread_answered"), (cast.organiser.id, "thread_followed"),
    ])  # fmt: skip


def test_a_reaction_twice_is_once_and_ones_own_post_takes_none(app: Flask, cast: Cast) -> None:
    thread = _begin(cast.learner)
    post = session.scalars(select(Post)).one()
    for _ in range(2):
        service.react(thread, post, cast.other_learner, "tried")
    service.react(thread, post, cast.learner, "useful")
    service.react(thread, post, cast.other_learner, "nonsense")
    assert session.scalar(select(func.count()).select_from(Reaction)) == 1
    service.take_back(thread, post, cast.other_learner, "tried")
    assert session.scalar(select(func.count()).select_from(Reaction)) == 0


def test_reading_never_goes_back(app: Flask, cast: Cast) -> None:
    thread = _begin(cast.learner)
    service.mark_read(thread.id, cast.organiser.id, 5)
    service.mark_read(thread.id, cast.organiser.id, 2)
    reading = session.get_one(Reading, (thread.id, cast.organiser.id))
    assert (reading.read_number, reading.wish) == (5, "")


def test_who_asked_marks_the_answer(app: Flask, cast: Cast) -> None:
    thread = _begin(cast.learner)
    post = service.reply(thread.id, cast.other_learner, "In a kiln.").post
    with pytest.raises(NotYours):
        service.accept(post, cast.other_learner)
    service.accept(post, cast.learner)
    assert thread.accepted_number == 2
    service.take_acceptance_back(thread, cast.learner)
    assert thread.accepted_number is None


def test_posts_that_arrive_together_get_numbers_of_their_own(
    own_database: Flask, engine: object
) -> None:
    cast = Cast()
    thread_id, author = _begin(cast.learner).id, cast.learner.id
    session.remove()

    def write(number: int) -> None:
        try:
            person = session.get_one(Person, author)
            service.reply(thread_id, person, f"Post {number}")
        finally:
            session.remove()

    workers = [Worker(target=write, args=(each,)) for each in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    numbers = session.scalars(select(Post.number).order_by(Post.number)).all()
    assert numbers == list(range(1, 10))
    assert Draft(session.get_one(Person, author), "x", None).is_edit is False
