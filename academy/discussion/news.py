"""News of threads: to those who follow, who are called by name, and whom a post answers."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import select, tuple_

from academy.db import session
from academy.discussion.models import Mention, Post, Reading, Thread
from academy.messaging.notices import News, Said, Waiting
from academy.messaging.service import hand_over_notices
from academy.people.models import Person

#: Kinds of news: followed threads once a day, what is meant for somebody at once.
FOLLOWED, CALLED, ANSWERED = "thread_followed", "thread_called", "thread_answered"
#: So much of a post is quoted in a mail.
LONGEST_QUOTE = 280


def tell_readers(placed: Sequence[tuple[Thread, Post]]) -> None:
    """Hand posts to everybody whom they concern, each once, by what concerns them most.

    Five statements, however many posts there are.
    """
    if not placed:
        return
    wishes = _wishes({thread.id for thread, _post in placed})
    called = _called([post.id for _thread, post in placed])
    answered = _answered([post for _thread, post in placed])
    hand_over_notices([
        news
        for thread, post in placed
        for news in _news(
            thread, post,
            _whom(wishes.get(thread.id, {}), called.get(post.id, ()), answered.get(post.id), post),
        )
    ])  # fmt: skip


def _whom(
    wishes: Mapping[int, str], called: Collection[int], answered: int | None, post: Post
) -> dict[int, str]:
    muted = {person for person, wish in wishes.items() if wish == "mute"} | {post.author_id}
    kinds = {person: FOLLOWED for person, wish in wishes.items() if wish == "follow"}
    kinds |= dict.fromkeys(called, CALLED)
    if answered is not None:
        kinds[answered] = ANSWERED
    return {person: kind for person, kind in kinds.items() if person not in muted}


def _wishes(thread_ids: Collection[int]) -> dict[int, dict[int, str]]:
    """Return who follows or mutes each thread."""
    readings = select(Reading.thread_id, Reading.person_id, Reading.wish)
    found: dict[int, dict[int, str]] = {}
    for thread, person, wish in session.execute(readings.where(Reading.thread_id.in_(thread_ids))):
        found.setdefault(thread, {})[person] = wish
    return found


def _called(post_ids: Collection[int]) -> dict[int, set[int]]:
    """Return whom each post calls by name."""
    mentions = select(Mention.post_id, Mention.person_id).where(Mention.post_id.in_(post_ids))
    found: dict[int, set[int]] = {}
    for post, person in session.execute(mentions):
        found.setdefault(post, set()).add(person)
    return found


def _answered(posts: Sequence[Post]) -> dict[int, int | None]:
    """Return the author of the post that each one answers, where it answers one."""
    places = {
        post.id: (post.answers_thread_id or post.thread_id, post.answers)
        for post in posts
        if post.answers is not None
    }
    if not places:
        return {}
    first = select(Post.thread_id, Post.number, Post.author_id).where(
        tuple_(Post.thread_id, Post.number).in_(sorted(set(places.values())))
    )
    authors = {(thread, number): author for thread, number, author in session.execute(first)}
    return {post: authors.get(place) for post, place in places.items()}


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
