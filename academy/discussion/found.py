"""Threads found by their words: one line for each, with its best post and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Subquery, func, select

from academy.db import session
from academy.discussion.models import KIND, SUBJECTS, Post, Thread
from academy.discussion.policy import visible_threads
from academy.discussion.ports import Subject
from academy.discussion.queries import subjects_of
from academy.lib.paging import Page
from academy.lib.search_index import Query, found_by, understand
from academy.lib.snippets import Piece, snippet
from academy.people.models import Person

PAGE = 20
LONGEST_QUESTION = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for in threads; an empty language or kind of subject is every one."""

    words: str = ""
    language: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A thread in which something was found: its best post, and in how many more."""

    thread: Thread
    subject: Subject | None
    number: int
    author_name: str | None
    written_at: datetime
    pieces: Sequence[Piece]
    more: int


@dataclass(frozen=True, slots=True)
class FoundThreads(Page[Found]):
    """One page of what was found, and how the question was read."""

    query: Query


def find_in_threads(asked: Asked, person: Person | None, page: int = 1) -> FoundThreads:
    """Return the threads that hold all the words in one post, the best first.

    Only what everybody may read is found, whatever the index still holds: hidden posts and
    threads never. Six statements at most, three more for a slip, none for no word.
    """
    readable = _readable(asked, person)
    query = understand(KIND, asked.words[:LONGEST_QUESTION], readable)
    if not query.words:
        return FoundThreads([], page, 0, PAGE, query)
    best = _best_of_each_thread(query, readable)
    total = session.scalar(select(func.count()).where(best.c.place == 1)) or 0
    rows = session.execute(_page_of(best, page)).all()
    return FoundThreads(_as_found(rows, query, person), page, total, PAGE, query)


def _readable(asked: Asked, person: Person | None) -> Select[int]:
    threads = visible_threads(person).where(Thread.audience == "").with_only_columns(Thread.id)
    if asked.about in SUBJECTS:
        threads = threads.where(Thread.subject_kind == asked.about)
    posts = select(Post.id).where(Post.state == "visible", Post.thread_id.in_(threads))
    return posts.where(Post.language == asked.language) if asked.language else posts


def _best_of_each_thread(query: Query, readable: Select[int]) -> Subquery:
    hits = found_by(KIND, query).subquery("hits")
    order = (hits.c.rank, Post.number)
    return (
        select(
            Post.id, hits.c.rank,
            func.row_number().over(partition_by=Post.thread_id, order_by=order).label("place"),
            func.count().over(partition_by=Post.thread_id).label("hits"),
        )
        .join(hits, hits.c.number == Post.id)
        .where(Post.id.in_(readable))
        .subquery("best")
    )  # fmt: skip


def _page_of(best: Subquery, page: int) -> Select[Any]:
    return (
        select(Thread, Post.number, Post.body, Post.created_at, Person.name, best.c.hits)
        .join(best, best.c.id == Post.id)
        .join(Thread, Thread.id == Post.thread_id)
        .outerjoin(Person, Person.id == Post.author_id)
        .where(best.c.place == 1)
        .order_by(best.c.rank, Thread.last_post_at.desc(), Thread.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )


def _as_found(rows: Sequence[Any], query: Query, person: Person | None) -> list[Found]:
    subjects = subjects_of([row[0] for row in rows], person)
    return [
        Found(
            thread, subjects.get((thread.subject_kind, thread.subject_id or 0)), number, name,
            written_at, snippet(body, query), hits - 1,
        )
        for thread, number, body, written_at, name, hits in rows
    ]  # fmt: skip
