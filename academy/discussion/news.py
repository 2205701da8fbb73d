"""News of threads: to those who follow, who are called by name, and whom a post answers."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select, tuple_

from academy.db import session, table_of
from academy.discussion.models import Mention, Post, Reading, Thread
from academy.discussion.policy import visible_threads
from academy.lib.prose import beginning_of
from academy.messaging.models import Notice
from academy.messaging.notices import News, Said, Waiting
from academy.messaging.service import hand_over_notices
from academy.people.models import Person

#: Kinds of news: followed threads once a day, what is meant for somebody at once.
FOLLOWED, CALLED, ANSWERED = "thread_followed", "thread_called", "thread_answered"
KINDS = (FOLLOWED, CALLED, ANSWERED)
#: So much of a post is quoted in a mail.
LONGEST_QUOTE = 280


_READINGS = table_of(Reading)
_WISHES = select(
    _READINGS.c.thread_id, _READINGS.c.person_id, _READINGS.c.wish, _READINGS.c.followed_at
).where(_READINGS.c.thread_id.in_(bindparam("ids", expanding=True)), _READINGS.c.wish != "")


class Told(NamedTuple):
    """A post, as far as its readers are told of it."""

    id: int
    thread_id: int
    number: int
    author_id: int | None
    body: str
    answers: int | None
    answers_thread_id: int | None
    created_at: datetime
    #: Who has followed since then or longer is told.
    untold_since: datetime


class Wish(NamedTuple):
    """What somebody wants of a thread, and since when they follow it, if that is known."""

    wish: str
    since: datetime | None


def tell_readers(posts: Sequence[Told]) -> None:
    """Hand posts to everybody whom they concern, each once, by what concerns them most.

    Whoever was told of one before is left out: what concerned them most may be something else by
    now. Six statements, however many posts there are.
    """
    if not posts:
        return
    wishes = _wishes({post.thread_id for post in posts})
    called = _called([post.id for post in posts if "@" in post.body])
    answered = _answered(posts)
    news = [
        one
        for post in posts
        for one in _news(
            post,
            _whom(
                post, wishes.get(post.thread_id, {}), called.get(post.id, ()),
                answered.get(post.id),
            ),
        )
    ]  # fmt: skip
    _hand_over(news, posts)


def _hand_over(news: Collection[News], posts: Sequence[Told | Post]) -> None:
    told = _told_before(news, posts) if news else set()
    hand_over_notices([one for one in news if (one.person_id, one.occasion) not in told])


def _told_before(news: Collection[News], posts: Sequence[Told | Post]) -> set[tuple[int, str]]:
    """Return who was told of which of these posts, in whatever way."""
    told = select(Notice.person_id, Notice.occasion).where(
        Notice.person_id.in_({one.person_id for one in news}), Notice.kind.in_(KINDS),
        Notice.occasion.in_([_occasion(post) for post in posts]),
    )  # fmt: skip
    return {(person, occasion) for person, occasion in session.execute(told)}


def _occasion(post: Told | Post) -> str:
    return f"post:{post.id}"


def tell_called(post: Post, called: Collection[int]) -> None:
    """Tell those whom an edit calls by name, unless they mute the thread or know of the post."""
    muted = _muted(_wishes({post.thread_id}).get(post.thread_id, {}))
    kinds = dict.fromkeys(set(called) - muted, CALLED)
    _hand_over(list(_news(post, kinds, post.edited_at)), [post])


def _whom(
    post: Told, wishes: Mapping[int, Wish], called: Collection[int], answered: int | None
) -> dict[int, str]:
    kinds = {person: FOLLOWED for person, wish in wishes.items() if _follows(wish, post)}
    kinds |= dict.fromkeys(called, CALLED)
    if answered is not None:
        kinds[answered] = ANSWERED
    left_out = _muted(wishes) | {post.author_id}
    return {person: kind for person, kind in kinds.items() if person not in left_out}


def _follows(wish: Wish, post: Told) -> bool:
    """Whoever began to follow after it appeared, as by answering it, has seen it."""
    return wish.wish == "follow" and (wish.since is None or wish.since <= post.untold_since)


def _muted(wishes: Mapping[int, Wish]) -> set[int]:
    return {person for person, wish in wishes.items() if wish.wish == "mute"}


def _wishes(thread_ids: Collection[int]) -> dict[int, dict[int, Wish]]:
    """Return who follows or mutes each thread."""
    found: dict[int, dict[int, Wish]] = {}
    for thread, person, wish, since in session.execute(_WISHES, {"ids": list(thread_ids)}):
        found.setdefault(thread, {})[person] = Wish(wish, since)
    return found


def _called(post_ids: Collection[int]) -> dict[int, set[int]]:
    """Return whom each post calls by name; no statement where there is none."""
    if not post_ids:
        return {}
    mentions = select(Mention.post_id, Mention.person_id).where(Mention.post_id.in_(post_ids))
    found: dict[int, set[int]] = {}
    for post, person in session.execute(mentions):
        found.setdefault(post, set()).add(person)
    return found


def _answered(posts: Sequence[Told]) -> dict[int, int | None]:
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


def _news(post: Told | Post, told: Mapping[int, str], at: datetime | None = None) -> Iterator[News]:
    for person_id, kind in told.items():
        yield News(
            person_id=person_id, kind=kind, occasion=_occasion(post),
            path=f"/threads/{post.thread_id}/posts/{post.number}/",
            happened_at=at or post.created_at, facts={"post": post.id},
        )  # fmt: skip


def still_shown(waiting: Sequence[Waiting]) -> set[int]:
    """Return which news may still leave: post and thread are shown, the reader does not mute it."""
    return {one for one, wish in _wishes_now(waiting).items() if wish != "mute"}


def still_followed(waiting: Sequence[Waiting]) -> set[int]:
    """Return which may still leave to those who follow: they do, and all is shown."""
    return {one for one, wish in _wishes_now(waiting).items() if wish == "follow"}


def _wishes_now(waiting: Sequence[Waiting]) -> dict[int, str]:
    """Return what its reader wants of the thread, of news that is shown; two statements.

    Of a thread that is not for everybody it is asked once more who may see it: some facilitate no
    more.
    """
    posts = {one.facts["post"] for one in waiting}
    shown = (
        select(Post.id, Post.thread_id, Thread.audience)
        .join(Thread, Thread.id == Post.thread_id)
        .where(Post.id.in_(posts), Post.state == "visible", Thread.state != "hidden")
    )
    rows = session.execute(shown).all()
    threads = {row.id: row.thread_id for row in rows}
    few = {row.id for row in rows if row.audience}
    readings = select(Reading.thread_id, Reading.person_id, Reading.wish).where(
        Reading.thread_id.in_(set(threads.values())),
        Reading.person_id.in_({one.person_id for one in waiting}),
    )
    wishes = {(thread, person): wish for thread, person, wish in session.execute(readings)}
    return {
        one.id: wishes.get((threads[post], one.person_id), "")
        for one in waiting
        if (post := one.facts["post"]) in threads
        and (post not in few or _may_see(threads[post], one.person_id))
    }


def _may_see(thread_id: int, person_id: int) -> bool:
    person = session.get_one(Person, person_id)
    known = visible_threads(person).where(Thread.id == thread_id).with_only_columns(Thread.id)
    return session.scalar(known) is not None


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
        post: Said(title, f"{name or '–'}: {beginning_of(body, LONGEST_QUOTE)}")
        for post, body, title, name in found
    }
    return {one: said[post] for one, post in posts.items() if post in said}
