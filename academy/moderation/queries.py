"""Reads of the moderators' desk, each in a counted number of statements."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Row, func, select
from sqlalchemy.orm import joinedload

from academy.db import now, session
from academy.discussion.models import Post
from academy.discussion.policy import can_moderate
from academy.discussion.selection_news import KIND as SELECTION
from academy.lib.paging import Page
from academy.messaging.models import Notice
from academy.moderation.models import Appeal, Decision, Flag, Reason, ReasonVersion, WatchedWord
from academy.moderation.policy import visible_decisions
from academy.moderation.queue import Entry
from academy.moderation.records import read_record
from academy.moderation.trust import level_of
from academy.moderation.vocabulary import FINAL
from academy.people.models import Person

#: So many decisions stand on a page of the log, so many posts around a post are its context.
PAGE, AROUND = 30, 3
#: So long the queue offers to take back what was just decided; the decision's page always does.
UNDO_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Context:
    """What a moderator looks at beside a post: around it, against it, its author's history."""

    around: Sequence[Post]
    flags: Sequence[Row[Flag, str]]
    decisions: Sequence[Decision]
    #: The author's posts by their state: {"visible": 12, "removed": 1}.
    posts: Mapping[str, int]
    #: How far the author is trusted.
    level: str


def read_context(entry: Entry) -> Context:
    """Return the context of an entry; five statements."""
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
        level_of(read_record(post.author_id)) if post.author_id else "",
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


def find_judged(found: Decision, person: Person) -> Post | None:
    """Return the post that was decided about, words and all, for moderators and its author.

    None where nothing of it is left to read; one statement.
    """
    post = session.get(Post, found.post_id) if found.post_id else None
    if post is None or post.state == "removed" or not post.body:
        return None
    return post if can_moderate(person) or post.author_id == person.id else None


def find_undoable(decision_id: int, moderator: Person) -> Decision | None:
    """Return a decision that this moderator made a moment ago and may take back; one statement."""
    found = session.get(Decision, decision_id)
    if found is None or found.decided_by != moderator.id or found.action in FINAL:
        return None
    is_fresh = now() - found.decided_at < UNDO_WITHIN
    return found if is_fresh and found.undone_at is None else None


def find_appeal(decision_id: int) -> Appeal | None:
    """Return the appeal against a decision; one statement."""
    return session.scalars(select(Appeal).where(Appeal.decision_id == decision_id)).one_or_none()


def list_log(page: int = 1) -> Page[Decision]:
    """Return the decisions, the newest first; two statements."""
    total = session.scalar(select(func.count()).select_from(Decision)) or 0
    newest = select(Decision).order_by(Decision.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
    return Page(session.scalars(newest).all(), page, total, PAGE)


def list_words() -> Sequence[WatchedWord]:
    """Return the watched words by the alphabet; one statement."""
    return session.scalars(select(WatchedWord).order_by(WatchedWord.word).limit(2000)).all()


def list_reasons(*, also_inactive: bool = False) -> Sequence[Reason]:
    """Return the reasons that are offered, in their order; one statement."""
    ordered = select(Reason).order_by(Reason.position, Reason.key)
    chosen = ordered if also_inactive else ordered.where(Reason.is_active)
    return session.scalars(chosen).all()


def find_reason(key: str) -> Reason | None:
    """Return a reason, offered or not; one statement."""
    return session.get(Reason, key)


def list_reason_versions(key: str) -> Sequence[ReasonVersion]:
    """Return what a reason said before, the newest first; one statement."""
    before = select(ReasonVersion).where(ReasonVersion.key == key)
    return session.scalars(before.order_by(ReasonVersion.version.desc()).limit(50)).all()


@dataclass(frozen=True, slots=True)
class Year:
    """What moderators did in a year: counts of decisions and appeals, no names."""

    decisions: Mapping[str, int]
    #: By the key of the reason.
    reasons: Mapping[str, int]
    undone: int
    appeals: int
    upheld: int


def count_year(begins: datetime, ends: datetime) -> Year:
    """Count the decisions made and the appeals answered within a year; two statements."""
    within = Decision.decided_at >= begins, Decision.decided_at < ends
    alike = Decision.action, Decision.reason
    counted = select(*alike, func.count(), func.count(Decision.undone_at)).where(*within)
    actions, reasons, undone = Counter[str](), Counter[str](), 0
    for action, reason, count, taken_back in session.execute(counted.group_by(*alike)):
        actions[action] += count
        reasons[reason] += count
        undone += taken_back
    appealed = select(func.count(), func.count().filter(Appeal.upheld.is_(True))).select_from(
        Appeal
    )
    answered = appealed.where(Appeal.answered_at >= begins, Appeal.answered_at < ends)
    appeals, upheld = session.execute(answered).one()
    return Year(actions, reasons, undone, appeals, upheld)


def count_told(selection_id: int) -> tuple[int, int]:
    """Return how many were told of a week's selection, and how many wait; one statement.

    Who wants it later in the week, or lives where its morning is still to come, waits.
    """
    counted = select(func.count(), func.count(Notice.told_at)).where(
        Notice.kind == SELECTION, Notice.occasion == f"selection:{selection_id}"
    )
    total, told = session.execute(counted).one()
    return told, total - told
