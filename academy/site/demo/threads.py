"""Puts the conversations of the demonstration into threads, through the gate and the moderators."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from academy.db import now, session
from academy.discussion.models import Post, Thread
from academy.discussion.service import accept, react, reply, start_thread, summarise
from academy.learning.models import Lesson
from academy.library.models import CaseStudy
from academy.moderation.service import decide_on_post, decide_on_thread, flag
from academy.people.models import Person
from academy.people.queries import find_person_by_address
from academy.site.demo.talk import CONVERSATIONS, WELCOME, Conversation, Said

_WHERE = {
    "case": lambda key: select(CaseStudy.id).where(
        CaseStudy.slug == key, CaseStudy.status == "published"
    ),
    "lesson": lambda key: select(Lesson.id).where(Lesson.key == key, Lesson.position > 0),
}


def load_threads(accounts: Mapping[str, Person]) -> int:
    """Let the invented people talk, unless they have already; return how many threads that made.

    Where a case or a lesson is not loaded there is nothing to talk about: its thread is left out.
    """
    begun = select(Thread.id).where(Thread.title == WELCOME.title)
    if session.scalars(begun.limit(1)).first() is not None:
        return 0
    return sum(_Talk(accounts).hold(one) for one in CONVERSATIONS)


class _Talk:
    """Finds who speaks, and lets the moderator decide."""

    def __init__(self, accounts: Mapping[str, Person]) -> None:
        self._people = dict(accounts)
        self._moderator = accounts["moderator"]

    def hold(self, said: Conversation) -> bool:
        """Write one conversation; False where it has no subject here."""
        kind, key = said.about
        subject_id = session.scalar(_WHERE[kind](key)) if kind in _WHERE else None
        if kind in _WHERE and subject_id is None:
            return False
        began, [first, *others] = now() - timedelta(days=said.days_ago), said.posts
        thread, written = start_thread(
            self._person(first.by), said.title, first.words, subject_kind=kind,
            subject_id=subject_id, field=said.about_field, language=said.language,
        )  # fmt: skip
        self._finish(thread, written.post, first, began)
        for one in others:
            written = reply(
                thread.id, self._person(one.by), one.words, language=one.language,
                answers=one.answers,
            )  # fmt: skip
            self._finish(thread, written.post, one, began + timedelta(hours=one.after))
        self._curate(thread, said)
        _date(thread, began)
        return True

    def _person(self, who: str) -> Person:
        if who not in self._people and (found := find_person_by_address(who)):
            self._people[who] = found
        return self._people[who]

    def _finish(self, thread: Thread, post: Post, said: Said, at: datetime) -> None:
        """Decide what the gate held, let others react, and date the post."""
        if post.state == "held" and said.outcome != "wait":
            decide_on_post(post, self._moderator, "approve", "fits")
        for who in said.useful_for:
            react(thread, post, self._person(who), "useful")
        for who, reason in said.flagged_by:
            flag(post, self._person(who), reason)
        post.created_at = at
        session.flush()

    def _curate(self, thread: Thread, said: Conversation) -> None:
        if said.accepted:
            chosen = select(Post).where(Post.thread_id == thread.id, Post.number == said.accepted)
            accept(session.scalars(chosen).one(), self._person(said.posts[0].by))
        if said.summary:
            summarise(thread.id, self._moderator, said.summary, version=0, covers=len(said.posts))
        if said.is_pinned:
            decide_on_thread(thread, self._moderator, "pin", "fits")


def _date(thread: Thread, began: datetime) -> None:
    """Let the thread be as old as its posts."""
    shown = select(Post.created_at).where(Post.thread_id == thread.id, Post.state == "visible")
    session.refresh(thread)
    thread.created_at = began
    thread.last_post_at = max(session.scalars(shown))
    session.flush()
