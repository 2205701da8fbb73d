"""What moderators see of one person: posts, decisions, flags, appeals, notes, trust."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import aliased

from academy.db import now, session
from academy.discussion.models import Post, Thread
from academy.moderation.models import Appeal, Decision, Flag, Note
from academy.moderation.records import read_record
from academy.moderation.trust import Record
from academy.moderation.vocabulary import KEEPING
from academy.people.models import Person

#: So many of each are listed, the newest first.
MOST = 20
#: So many people are named at once.
MOST_FOUND = 30


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


def list_kept() -> Sequence[Row[Decision, Person]]:
    """Return the decisions that keep people from writing freely now, the newest first."""
    stands = or_(Decision.until.is_(None), Decision.until > now())
    kept = select(Decision, Person).join(Person, Person.id == Decision.person_id)
    chosen = kept.where(Decision.action.in_(KEEPING), Decision.undone_at.is_(None), stands)
    return session.execute(chosen.order_by(Decision.id.desc()).limit(MOST_FOUND)).all()


def find_people(name: str) -> Sequence[Person]:
    """Return people whose name holds these letters, by the alphabet; one statement."""
    if not name:
        return []
    named = select(Person).where(
        func.lower(Person.name).contains(name.lower(), autoescape=True), Person.erased_at.is_(None)
    )
    return session.scalars(named.order_by(Person.name, Person.id).limit(MOST_FOUND)).all()


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
