"""What moderators see of one person: posts, decisions, flags, appeals, notes, trust."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from academy.db import session
from academy.discussion.models import Post, Thread
from academy.moderation.models import Appeal, Decision, Flag, Note
from academy.moderation.records import read_record
from academy.moderation.trust import Record
from academy.people.models import Person

#: So many of each are listed, the newest first.
MOST = 20


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of somebody here."""

    record: Record
    #: Their posts by state: {"visible": 12, "removed": 1}.
    posts: Mapping[str, int]
    #: The newest posts, each with its thread.
    newest: Sequence[Row[Post, Thread]]
    #: Decisions about them, each with its appeal and the name of who decided.
    decisions: Sequence[Row[Decision, Appeal | None, str | None]]
    #: Flags of others against their posts: the flag, the post, the thread, who flagged.
    against: Sequence[Row[Flag, Post, Thread, str]]
    #: Posts that they flagged, by what became of them.
    flagged: Mapping[str, int]
    notes: Sequence[Row[Note, str | None]]


def read_standing(person_id: int) -> Standing:
    """Return what moderators see of a person; seven statements."""
    counted = select(Post.state, func.count()).where(Post.author_id == person_id)
    flagged = (
        select(Post.state, func.count())
        .join(Flag, Flag.post_id == Post.id)
        .where(Flag.person_id == person_id)
    )
    return Standing(
        read_record(person_id),
        _by_state(session.execute(counted.group_by(Post.state)).all()),
        _newest(person_id),
        list_own_decisions(person_id),
        _flags_against(person_id),
        _by_state(session.execute(flagged.group_by(Post.state)).all()),
        _notes(person_id),
    )


def _by_state(rows: Sequence[Row[str, int]]) -> dict[str, int]:
    return {state: count for state, count in rows}  # noqa: C416 (rows)


def _newest(person_id: int) -> Sequence[Row[Post, Thread]]:
    own = select(Post, Thread).join(Thread, Thread.id == Post.thread_id)
    newest = own.where(Post.author_id == person_id).order_by(Post.created_at.desc())
    return session.execute(newest.limit(MOST)).all()


def list_own_decisions(person_id: int) -> Sequence[Row[Decision, Appeal | None, str | None]]:
    """Return the newest decisions about somebody with their appeals; one statement."""
    by = aliased(Person)
    about = (
        select(Decision, Appeal, by.name)
        .outerjoin(Appeal, Appeal.decision_id == Decision.id)
        .outerjoin(by, by.id == Decision.decided_by)
        .where(Decision.person_id == person_id)
    )
    return session.execute(about.order_by(Decision.id.desc()).limit(MOST)).all()


def _flags_against(person_id: int) -> Sequence[Row[Flag, Post, Thread, str]]:
    against = (
        select(Flag, Post, Thread, Person.name)
        .join(Post, Post.id == Flag.post_id)
        .join(Thread, Thread.id == Post.thread_id)
        .join(Person, Person.id == Flag.person_id)
        .where(Post.author_id == person_id)
    )
    return session.execute(against.order_by(Flag.id.desc()).limit(MOST)).all()


def _notes(person_id: int) -> Sequence[Row[Note, str | None]]:
    notes = select(Note, Person.name).outerjoin(Person, Person.id == Note.written_by)
    newest = notes.where(Note.person_id == person_id).order_by(Note.id.desc())
    return session.execute(newest.limit(MOST)).all()
