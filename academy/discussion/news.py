"""News of threads: to those who follow, who are called by name, and whom a post answers."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from academy.db import session
from academy.discussion.models import Mention, Post, Reading, Thread
from academy.messaging.notices import News, Said, Waiting
from academy.messaging.service import hand_over_notices
from academy.people.models import Person

#: Kinds of news: followed threads once a day, what is meant for somebody at once.
FOLLOWED, CALLED, ANSWERED = "thread_followed", "thread_called", "thread_answered"
#: So much of a post is quoted in a mail.
LONGEST_QUOTE = 280


def tell_readers(thread: Thread, post: Post) -> None:
    """Hand a post to everybody whom it concerns, each once, by what concerns them most."""
    readings = select(Reading.person_id, Reading.wish).where(Reading.thread_id == thread.id)
    wishes = {person: wish for person, wish in session.execute(readings)}  # noqa: C416 (rows)
    muted = {person for person, wish in wishes.items() if wish == "mute"} | {post.author_id}
    kinds = {person: FOLLOWED for person, wish in wishes.items() if wish == "follow"}
    kinds |= dict.fromkeys(_called(post), CALLED) | dict.fromkeys(_answered(post), ANSWERED)
    told = {person: kind for person, kind in kinds.items() if person not in muted}
    hand_over_notices(_news(thread, post, told))


def _called(post: Post) -> Sequence[int]:
    return session.scalars(select(Mention.person_id).where(Mention.post_id == post.id)).all()


def _answered(post: Post) -> Iterator[int]:
    if post.answers is None:
        return
    first = select(Post.author_id).where(
        Post.thread_id == (post.answers_thread_id or post.thread_id), Post.number == post.answers
    )
    author = session.scalar(first)
    if author is not None:
        yield author


def _news(thread: Thread, post: Post, told: dict[int, str]) -> Iterator[News]:
    for person_id, kind in told.items():
        yield News(
            person_id=person_id, kind=kind, occasion=f"post:{post.id}",
            path=f"/threads/{thread.id}/posts/{post.number}/", happened_at=post.created_at,
            facts={"post": post.id},
        )  # fmt: skip


def still_shown(waiting: Sequence[Waiting]) -> set[int]:
    """Return which news may still leave: the post is shown and so is its thread."""
    posts = {one.id: one.facts["post"] for one in waiting}
    shown = set(
        session.scalars(
            select(Post.id)
            .join(Thread, Thread.id == Post.thread_id)
            .where(Post.id.in_(set(posts.values())))
            .where(Post.state == "visible", Thread.state != "hidden")
        )
    )
    return {one for one, post in posts.items() if post in shown}


def write_news(waiting: Sequence[Waiting]) -> dict[int, Said]:
    """Write each as the post stands now: the thread's title, who wrote, the beginning."""
    posts = {one.id: one.facts["post"] for one in waiting}
    found = session.execute(
        select(Post.id, Post.body, Thread.title, Person.name)
        .join(Thread, Thread.id == Post.thread_id)
        .outerjoin(Person, Person.id == Post.author_id)
        .where(Post.id.in_(set(posts.values())))
    )
    said = {
        post: Said(title, f"{name or '–'}: {_begin(body)}") for post, body, title, name in found
    }
    return {one: said[post] for one, post in posts.items() if post in said}


def _begin(body: str) -> str:
    text = " ".join(body.split())
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE].rstrip()}…"
