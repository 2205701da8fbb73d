"""Readers and moderators at the same moment: nothing is counted twice or forgotten."""

from collections.abc import Callable
from threading import Thread as Worker

from flask import Flask
from sqlalchemy import func, select

from academy.db import session
from academy.discussion import service as discussion
from academy.discussion.models import Post, Thread
from academy.moderation.models import Waiting
from academy.moderation.service import decide_on_post, flag
from academy.people.models import Person
from academy.people.service import create_person
from tests.cast import Cast


def _at_once(*steps: Callable[[], object]) -> None:
    def run(step: Callable[[], object]) -> None:
        try:
            step()
        finally:
            session.remove()

    workers = [Worker(target=run, args=(step,)) for step in steps]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def test_readers_who_flag_at_once_make_one_entry_and_each_counts(own_database: Flask) -> None:
    begun, written = discussion.start_thread(Cast().moderator, "Welcome", "Ask here.")
    readers = [create_person(f"Reader {each}", f"r{each}@example.org").id for each in range(6)]
    post_id, _thread_id = written.post.id, begun.id
    session.remove()

    def flags(person_id: int) -> Callable[[], object]:
        return lambda: flag(
            session.get_one(Post, post_id), session.get_one(Person, person_id), "spam"
        )

    _at_once(*(flags(each) for each in readers), *(flags(each) for each in readers))
    waiting = session.scalars(select(Waiting)).one()
    assert waiting.flags == len(readers)


def test_what_is_shown_is_counted_while_others_write(own_database: Flask) -> None:
    cast = Cast()
    thread_id = discussion.start_thread(cast.moderator, "Welcome", "Ask here.")[0].id
    held = discussion.reply(thread_id, cast.learner, "My first words").post.id
    moderator = cast.moderator.id
    session.remove()

    def writes(number: int) -> Callable[[], object]:
        return lambda: discussion.reply(
            thread_id, session.get_one(Person, moderator), f"Post {number}"
        )

    def approves() -> object:
        post, by = session.get_one(Post, held), session.get_one(Person, moderator)
        session.get_one(Thread, thread_id)  # seen before the lock, as a page does
        return decide_on_post(post, by, "approve", "fits")

    _at_once(*(writes(each) for each in range(6)), approves)
    shown = select(func.count()).where(Post.thread_id == thread_id, Post.state == "visible")
    assert session.get_one(Thread, thread_id).visible_posts == session.scalar(shown) == 8
