"""What discussions hold of a person, and how they let go."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, select, update

from academy.db import in_parts, session
from academy.discussion.models import (
    Mention,
    Post,
    Reaction,
    Reading,
    Reflection,
    SelectionItem,
    Thread,
    ThreadSummary,
)
from academy.discussion.service.locking import lock_thread_of, lock_threads
from academy.discussion.service.writing import empty, vanish
from academy.learning.models import Lesson
from academy.people.ports import Holder


def _needed(person_ids: Collection[int], _but_for: int | None) -> set[int]:
    """Whoever wrote something that everybody reads is still somebody here."""
    found: set[int] = set()
    for part in in_parts(person_ids):
        authors = select(Post.author_id).where(Post.author_id.in_(part), Post.state == "visible")
        found |= {author for author in session.scalars(authors.distinct()) if author is not None}
    return found


def _told(person_id: int) -> dict[str, Any]:
    posts = session.scalars(select(Post).where(Post.author_id == person_id).order_by(Post.id))
    threads = session.scalars(select(Thread).where(Thread.started_by == person_id))
    readings = session.scalars(select(Reading).where(Reading.person_id == person_id))
    reactions = session.scalars(select(Reaction).where(Reaction.person_id == person_id))
    return {
        **_curated(person_id),
        "posts": [
            {
                "thread": post.thread_id, "number": post.number, "words": post.body,
                "state": post.state, "written_at": post.created_at.isoformat(),
                "note_of_moderators": post.moderator_note,
            }
            for post in posts
        ],
        "threads_begun": [{"thread": one.id, "title": one.title} for one in threads],
        "threads_read": [
            {
                "thread": one.thread_id, "up_to": one.read_number, "wish": one.wish,
                "follows_since": one.followed_at.isoformat() if one.followed_at else None,
            }
            for one in readings
        ],
        "reflections_shared": _shared(person_id),
        "reactions": [{"post": one.post_id, "kind": one.kind} for one in reactions],
    }  # fmt: skip


def _curated(person_id: int) -> dict[str, Any]:
    """Return what they wrote as a moderator; it stays without their name."""
    summaries = session.scalars(select(ThreadSummary).where(ThreadSummary.written_by == person_id))
    chosen = session.scalars(select(SelectionItem).where(SelectionItem.added_by == person_id))
    return {
        "summaries": [
            {"thread": one.thread_id, "words": one.body, "written_at": one.written_at.isoformat()}
            for one in summaries
        ],
        "chosen_for_a_week": [
            {"words": one.words, "chosen_at": one.added_at.isoformat()} for one in chosen
        ],
    }


def _shared(person_id: int) -> list[dict[str, Any]]:
    """Return which answers of quizzes they showed to whom."""
    rows = session.execute(
        select(Reflection, Lesson.key, Post.thread_id, Post.number, Thread.audience)
        .join(Post, Post.id == Reflection.post_id)
        .join(Thread, Thread.id == Post.thread_id)
        .join(Lesson, Lesson.id == Reflection.lesson_id)
        .where(Post.author_id == person_id)
    )
    return [
        {
            "lesson": key, "question": one.question_key, "seen_by": audience, "thread": thread_id,
            "number": number, "shared_at": one.shared_at.isoformat(),
        }
        for one, key, thread_id, number, audience in rows
    ]  # fmt: skip


def _let_go(person_id: int) -> None:
    """Take the person's words along: their posts keep their places and say nothing any more."""
    posts = session.scalars(select(Post).where(Post.author_id == person_id)).all()
    lock_threads(session(), {post.thread_id for post in posts})
    session.execute(delete(Reflection).where(Reflection.post_id.in_([post.id for post in posts])))
    for post in posts:
        thread = lock_thread_of(session(), post)
        empty(session(), post)
        vanish(session(), thread, post, "removed")
        post.author_id = None
    session.flush()
    for table in (Mention, Reaction, Reading):
        session.execute(delete(table).where(table.person_id == person_id))
    session.execute(update(Thread).where(Thread.started_by == person_id).values(started_by=None))
    written = update(ThreadSummary).where(ThreadSummary.written_by == person_id)
    session.execute(written.values(written_by=None))
    chosen = update(SelectionItem).where(SelectionItem.added_by == person_id)
    session.execute(chosen.values(added_by=None))


HOLDER = Holder("discussion", _needed, _told, _let_go)
