"""Reads of the moderators' desk, each in a counted number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, func, select
from sqlalchemy.orm import joinedload

from academy.db import session
from academy.discussion.models import Post, Thread
from academy.discussion.selection_news import KIND as SELECTION
from academy.lib.paging import Page
from academy.messaging.models import Notice
from academy.moderation.models import Appeal, Decision, Flag, Waiting, WatchedWord
from academy.moderation.policy import visible_decisions
from academy.people.models import Person

PAGE = 30
#: So many posts around a post are its context.
AROUND = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One post in the queue, with its thread and who holds it."""

    waiting: Waiting
    post: Post
    thread: Thread


def list_queue(*, page: int = 1, language: str = "", kind: str = "") -> Page[Entry]:
    """Return what waits, the oldest first; `kind` is "held" or "flagged"; two statements."""
    open_ones = (
        select(Waiting, Post, Thread)
        .join(Post, Post.id == Waiting.post_id)
        .join(Thread, Thread.id == Post.thread_id)
        .where(Waiting.closed_at.is_(None))
    )
    if language:
        open_ones = open_ones.where(Post.language == language)
    if kind:
        open_ones = open_ones.where(Waiting.held_for != "" if kind == "held" else Waiting.flags > 0)
    ids = open_ones.with_only_columns(Waiting.id).order_by(None)
    total = session.scalar(select(func.count()).select_from(ids.subquery())) or 0
    ordered = open_ones.order_by(Waiting.created_at, Waiting.id).limit(PAGE)
    found = session.execute(ordered.offset((page - 1) * PAGE).options(joinedload(Post.author)))
    return Page([Entry(*row) for row in found], page, total, PAGE)


def find_entry(waiting_id: int) -> Entry | None:
    """Return one entry of the queue, open or closed; one statement."""
    one = (
        select(Waiting, Post, Thread)
        .join(Post, Post.id == Waiting.post_id)
        .join(Thread, Thread.id == Post.thread_id)
        .where(Waiting.id == waiting_id)
        .options(joinedload(Post.author))
    )
    row = session.execute(one).one_or_none()
    return Entry(*row) if row else None


@dataclass(frozen=True, slots=True)
class Context:
    """What a moderator looks at beside a post: around it, against it, its author's history."""

    around: Sequence[Post]
    flags: Sequence[Row[Flag, str]]
    decisions: Sequence[Decision]
    #: The author's posts by their state: {"visible": 12, "removed": 1}.
    posts: Mapping[str, int]


def read_context(entry: Entry) -> Context:
    """Return the context of an entry; four statements."""
    post = entry.post
    near = select(Post).where(
        Post.thread_id == post.thread_id,
        Post.number.between(post.number - AROUND, post.number + AROUND),
    )
    flags = select(Flag, Person.name).join(Person, Person.id == Flag.person_id)
    counted = select(Post.state, func.count()).where(Post.author_id == post.author_id)
    return Context(
        session.scalars(near.order_by(Post.number).options(joinedload(Post.author))).all(),
        session.execute(flags.where(Flag.post_id == post.id).order_by(Flag.id)).all(),
        list_decisions_about(post.author_id),
        {state: count for state, count in session.execute(counted.group_by(Post.state))},  # noqa: C416
    )


def list_decisions_about(person_id: int | None, most: int = 20) -> Sequence[Decision]:
    """Return the newest decisions about somebody; one statement."""
    about = select(Decision).where(Decision.person_id == person_id)
    return session.scalars(about.order_by(Decision.id.desc()).limit(most)).all()


def find_decision(decision_id: int, person: Person) -> Decision | None:
    """Return a decision that `person` may read; one statement."""
    return session.scalars(
        visible_decisions(person).where(Decision.id == decision_id)
    ).one_or_none()


def find_appeal(decision_id: int) -> Appeal | None:
    """Return the appeal against a decision; one statement."""
    return session.scalars(select(Appeal).where(Appeal.decision_id == decision_id)).one_or_none()


def list_appeals() -> Sequence[Row[Appeal, Decision]]:
    """Return the appeals that wait for an answer, the oldest first; one statement."""
    waiting = select(Appeal, Decision).join(Decision, Decision.id == Appeal.decision_id)
    return session.execute(
        waiting.where(Appeal.answered_at.is_(None)).order_by(Appeal.id).limit(100)
    ).all()


def list_log(page: int = 1) -> Page[Decision]:
    """Return the decisions, the newest first; two statements."""
    total = session.scalar(select(func.count()).select_from(Decision)) or 0
    newest = select(Decision).order_by(Decision.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
    return Page(session.scalars(newest).all(), page, total, PAGE)


def list_words() -> Sequence[WatchedWord]:
    """Return the watched words by the alphabet; one statement."""
    return session.scalars(select(WatchedWord).order_by(WatchedWord.word).limit(2000)).all()


@dataclass(frozen=True, slots=True)
class Year:
    """What moderators did in a year: counts of decisions and appeals, no names."""

    decisions: Mapping[str, int]
    undone: int
    appeals: int
    upheld: int


def count_year(begins: datetime, ends: datetime) -> Year:
    """Count the decisions made and the appeals answered within a year; two statements."""
    within = Decision.decided_at >= begins, Decision.decided_at < ends
    counted = select(Decision.action, func.count(), func.count(Decision.undone_at))
    rows = session.execute(counted.where(*within).group_by(Decision.action)).all()
    appealed = select(func.count(), func.count().filter(Appeal.upheld.is_(True))).select_from(
        Appeal
    )
    answered = appealed.where(Appeal.answered_at >= begins, Appeal.answered_at < ends)
    appeals, upheld = session.execute(answered).one()
    return Year(
        {action: count for action, count, _undone in rows},
        sum(undone for _action, _count, undone in rows), appeals, upheld,
    )  # fmt: skip


def count_told(selection_id: int) -> tuple[int, int]:
    """Return how many chose to hear of a week's selection, and how many were told; one statement.

    Who wants it later in the week still waits; who had nothing left to read was told nothing.
    """
    counted = select(func.count(), func.count(Notice.told_at)).where(
        Notice.kind == SELECTION, Notice.occasion == f"selection:{selection_id}"
    )
    total, told = session.execute(counted).one()
    return total, told
