"""What stands on top of a thread: whose summary, how much came since, what to read first."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from academy.db import session
from academy.discussion.models import Post, Thread, ThreadSummary
from academy.lib.prose import beginning_of
from academy.people.models import Person

#: So much of a post is shown in a list of best answers; of its body so much is read for that.
LONGEST_BEGINNING, MOST_READ = 140, 1_200


@dataclass(frozen=True, slots=True)
class Best:
    """One post that is worth reading, as a list names it."""

    thread_id: int
    number: int
    #: None where the author left.
    author: str | None
    language: str
    beginning: str
    #: Whether it is the answer that whoever asked accepted.
    is_answer: bool


@dataclass(frozen=True, slots=True)
class Curated:
    """What moderators put on top of one thread."""

    best: Sequence[Best] = ()
    #: Visible posts after the last one that the summary covers.
    newer: int = 0
    written_by: str | None = None
    written_at: datetime | None = None


_NOTHING = Curated()
_Author = aliased(Person)
_IS_BEST = and_(Post.state == "visible", or_(Post.is_best, Post.number == Thread.accepted_number))
_BEST = (
    Post.thread_id, Post.number, _Author.name, Post.language,
    func.substr(Post.body, 1, MOST_READ), Post.number == Thread.accepted_number,
)  # fmt: skip


def read_curated(thread: Thread) -> Curated:
    """Return what stands on top of the thread; one statement, none where there is nothing."""
    if not (thread.summary or thread.has_best or thread.accepted_number):
        return _NOTHING
    since = aliased(Post)
    newer = select(func.count()).where(
        since.thread_id == thread.id, since.number > thread.summary_covers,
        since.state == "visible",
    )  # fmt: skip
    written = and_(
        ThreadSummary.thread_id == Thread.id, ThreadSummary.version == Thread.summary_version
    )
    statement = (
        select(newer.scalar_subquery(), Person.name, ThreadSummary.written_at, *_BEST)
        .select_from(Thread)
        .outerjoin(ThreadSummary, written)
        .outerjoin(Person, Person.id == ThreadSummary.written_by)
        .outerjoin(Post, and_(Post.thread_id == Thread.id, _IS_BEST))
        .outerjoin(_Author, _Author.id == Post.author_id)
        .where(Thread.id == thread.id)
        .order_by(Post.number)
    )
    rows = session.execute(statement).all()
    count, writer, moment = rows[0][:3] if rows else (0, None, None)
    return Curated(_named(row[3:] for row in rows), count, writer, moment)


#: Built once: it stands on every page that names threads.
_BEST_OF = (
    select(*_BEST)
    .join(Thread, Thread.id == Post.thread_id)
    .outerjoin(_Author, _Author.id == Post.author_id)
    .where(Thread.id.in_(bindparam("threads", expanding=True)), _IS_BEST)
    .order_by(Post.thread_id.desc(), Post.number)
)


def read_best(threads: Collection[Thread]) -> Sequence[Best]:
    """Return what is worth reading in these threads; one statement, none where nothing is."""
    marked = [one.id for one in threads if one.has_best or one.accepted_number]
    if not marked:
        return ()
    return _named(session.execute(_BEST_OF, {"threads": marked}))


def _named(rows: Iterable[Any]) -> list[Best]:
    return [
        Best(thread, number, author, language, beginning_of(body, LONGEST_BEGINNING), answer)
        for thread, number, author, language, body, answer in rows
        if number is not None
    ]


#: So many versions stand on one page of the history.
VERSIONS_ON_A_PAGE = 20


def list_summaries(thread: Thread, page: int = 1) -> Sequence[Row[ThreadSummary, str]]:
    """Return versions of the summary, the newest first, each with its writer's name (or None).

    One more than a page holds, for the oldest of it is compared with the one before; one
    statement.
    """
    versions = (
        select(ThreadSummary, Person.name)
        .outerjoin(Person, Person.id == ThreadSummary.written_by)
        .where(ThreadSummary.thread_id == thread.id)
        .order_by(ThreadSummary.version.desc())
    )
    part = versions.limit(VERSIONS_ON_A_PAGE + 1).offset((page - 1) * VERSIONS_ON_A_PAGE)
    return session.execute(part).all()
