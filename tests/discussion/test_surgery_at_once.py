"""Moderators and readers who write at the same moment: nobody waits for ever, nothing is lost."""

from collections.abc import Callable
from threading import Thread as Worker

from flask import Flask
from sqlalchemy import func, select

from academy.db import session
from academy.discussion import service
from academy.discussion.errors import CannotRearrange, DiscussionError
from academy.discussion.models import Post, Thread
from academy.people.models import Person
from tests.cast import Cast

REPLIES = 6


def _at_once(*steps: Callable[[], object]) -> list[Exception]:
    """Run the steps on connections of their own; return what went wrong but for refusals."""
    problems: list[Exception] = []

    def run(step: Callable[[], object]) -> None:
        try:
            step()
        except CannotRearrange:
            pass
        except Exception as problem:  # noqa: BLE001 (a worker's; the test names it)
            problems.append(problem)
        finally:
            session.remove()

    workers = [Worker(target=run, args=(step,)) for step in steps]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return problems


def _two_threads(cast: Cast) -> tuple[int, int]:
    ids = []
    for title in ("Fish", "Smoke"):
        begun, _ = service.start_thread(cast.moderator, title, f"{title} 1")
        for each in range(2, 6):
            service.reply(begun.id, cast.moderator, f"{title} {each}", answers=1)
        ids.append(begun.id)
    session.remove()
    return ids[0], ids[1]


def _writes(thread_id: int, author: int, words: str) -> Callable[[], object]:
    def write() -> object:
        try:
            return service.reply(thread_id, session.get_one(Person, author), words, answers=2)
        except DiscussionError as refusal:
            raise AssertionError(words) from refusal

    return write


def _check(*ids: int) -> int:
    """Every count is right; return how many posts there are."""
    for thread_id in ids:
        thread = session.get_one(Thread, thread_id)
        posts = select(func.count(), func.max(Post.number)).where(Post.thread_id == thread_id)
        count, last = session.execute(posts).one()
        assert thread.visible_posts == count
        assert thread.last_number >= (last or 0)
    return session.scalar(select(func.count()).select_from(Post)) or 0


def test_replies_that_arrive_during_a_merge_are_in_the_thread_that_is_left(
    own_database: Flask,
) -> None:
    cast = Cast()
    fish, smoke = _two_threads(cast)
    author = cast.administrator.id
    session.remove()
    replies = [_writes(fish, author, f"Reply {each}") for each in range(REPLIES)]
    problems = _at_once(*replies[:3], lambda: service.merge(fish, smoke), *replies[3:])
    assert problems == []
    assert _check(fish, smoke) == 10 + REPLIES
    assert session.get_one(Thread, smoke).visible_posts == 10 + REPLIES
    answered = select(Post.answers).where(Post.body.like("Reply%"), Post.thread_id == smoke)
    number = session.scalars(select(Post.number).where(Post.body == "Fish 2")).one()
    assert set(session.scalars(answered)) == {number}


def test_two_moderators_who_merge_into_each_other_merge_once(own_database: Flask) -> None:
    fish, smoke = _two_threads(Cast())
    problems = _at_once(
        *(lambda: service.merge(fish, smoke) for _ in range(3)),
        *(lambda: service.merge(smoke, fish) for _ in range(3)),
    )
    assert problems == []
    merged = select(func.count()).where(Thread.merged_into.is_not(None))
    assert session.scalar(merged) == 1
    assert _check(fish, smoke) == 10


def test_splits_edits_and_replies_at_once_keep_every_count(own_database: Flask) -> None:
    cast = Cast()
    fish, smoke = _two_threads(cast)
    author, moderator = cast.administrator.id, cast.moderator.id
    third = session.scalars(select(Post.id).where(Post.thread_id == fish, Post.number == 3)).one()
    session.remove()

    def edits() -> object:
        post = session.get_one(Post, third)
        by = session.get_one(Person, moderator)
        return service.edit_post(post, by, "Other words", version=post.version)

    problems = _at_once(
        lambda: service.split(fish, {2, 3}, into_id=smoke),
        edits,
        lambda: service.split(smoke, {3, 4}, into_id=fish),
        *(_writes(thread, author, f"Reply {each} {thread}")
          for each in range(2) for thread in (fish, smoke)),
        lambda: service.split(fish, {4}, title="Kilns"),
    )  # fmt: skip
    assert problems == []
    kilns = session.scalars(select(Thread.id).where(Thread.title == "Kilns")).one()
    assert _check(fish, smoke, kilns) == 14
    assert session.get_one(Post, third).body == "Other words"
