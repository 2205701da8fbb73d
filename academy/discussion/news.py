"""News of threads: to those who follow, who are called by name, and whom a post answers."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select, tuple_

from academy.db import session, table_of
from academy.discussion.models import Mention, Post, Reading, Thread
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
#: Made once, as the other statements that each post needs: making one costs as much as running it.
_WISHES = select(_READINGS.c.thread_id, _READINGS.c.person_id, _READINGS.c.wish).where(
    _READINGS.c.thread_id.in_(bindparam("ids", expanding=True)), _READINGS.c.wish != ""
)


def tell_readers(
    placed: Sequence[tuple[Thread, Post]], again: Collection[Post] = (),
    answered: Mapping[int, int | None] | None = None,
) -> None:  # fmt: skip
    """Hand posts to everybody whom they concern, each once, by what concerns them most.

    Of those that appear `again`, whoever was told before is left out: what concerned them most
    may be something else by now. Five statements, six with these, however many posts there are;
    one less where it is known who wrote what each of them `answered`.
    """
    if not placed:
        return
    wishes = _wishes({thread.id for thread, _post in placed})
    called = _called([post.id for _thread, post in placed if "@" in post.body])
    if answered is None:
        answered = _answered([post for _thread, post in placed])
    news = [
        one
        for thread, post in placed
        for one in _news(
            thread, post,
            _whom(wishes.get(thread.id, {}), called.get(post.id, ()), answered.get(post.id), post),
        )
    ]  # fmt: skip
    told = _told_before(news, again) if again else set()
    hand_over_notices([one for one in news if (one.person_id, one.occasion) not in told])


def _told_before(news: Collection[News], posts: Collection[Post]) -> set[tuple[int, str]]:
    """Return who was told of which of these posts, in whatever way."""
    told = select(Notice.person_id, Notice.occasion).where(
        Notice.person_id.in_({one.person_id for one in news}), Notice.kind.in_(KINDS),
        Notice.occasion.in_([_occasion(post) for post in posts]),
    )  # fmt: skip
    return {(person, occasion) for person, occasion in session.execute(told)}


def _occasion(post: Post) -> str:
    return f"post:{post.id}"


def tell_called(thread: Thread, post: Post, called: Collection[int]) -> None:
    """Tell those whom an edit calls by name, unless they mute the thread or know of the post."""
    muting = _wishes({thread.id}).get(thread.id, {})
    kinds = {person: CALLED for person in called if muting.get(person) != "mute"}
    news = list(_news(thread, post, kinds, post.edited_at))
    told = _told_before(news, [post])
    hand_over_notices([one for one in news if (one.person_id, one.occasion) not in told])


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
    found: dict[int, dict[int, str]] = {}
    for thread, person, wish in session.execute(_WISHES, {"ids": list(thread_ids)}):
        found.setdefault(thread, {})[person] = wish
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


def _news(
    thread: Thread, post: Post, told: dict[int, str], at: datetime | None = None
) -> Iterator[News]:
    for person_id, kind in told.items():
        yield News(
            person_id=person_id, kind=kind, occasion=_occasion(post),
            path=f"/threads/{thread.id}/posts/{post.number}/", happened_at=at or post.created_at,
            facts={"post": post.id},
        )  # fmt: skip


def still_shown(waiting: Sequence[Waiting]) -> set[int]:
    """Return which news may still leave: post and thread are shown, the reader does not mute it."""
    return {one for one, wish in _wishes_now(waiting).items() if wish != "mute"}


def still_followed(waiting: Sequence[Waiting]) -> set[int]:
    """Return which may still leave to those who follow: they do, and all is shown."""
    return {one for one, wish in _wishes_now(waiting).items() if wish == "follow"}


def _wishes_now(waiting: Sequence[Waiting]) -> dict[int, str]:
    """Return what its reader wants of the thread, of news that is shown; two statements."""
    posts = {one.facts["post"] for one in waiting}
    shown = (
        select(Post.id, Post.thread_id)
        .join(Thread, Thread.id == Post.thread_id)
        .where(Post.id.in_(posts), Post.state == "visible", Thread.state != "hidden")
    )
    threads = {post: thread for post, thread in session.execute(shown)}  # noqa: C416 (rows)
    readings = select(Reading.thread_id, Reading.person_id, Reading.wish).where(
        Reading.thread_id.in_(set(threads.values())),
        Reading.person_id.in_({one.person_id for one in waiting}),
    )
    wishes = {(thread, person): wish for thread, person, wish in session.execute(readings)}
    return {
        one.id: wishes.get((threads[post], one.person_id), "")
        for one in waiting
        if (post := one.facts["post"]) in threads
    }


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
