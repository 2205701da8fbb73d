"""Reactions: one tap to say that something was useful, was tried, or leaves a question."""

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from academy.db import now, session, table_of, transaction
from academy.discussion import events
from academy.discussion.errors import Suspended
from academy.discussion.models import REACTIONS, Post, Reaction, Thread
from academy.people.models import Person
from academy.people.ports import is_suspended

_REACTIONS = table_of(Reaction)


def react(thread: Thread, post: Post, person: Person, kind: str) -> None:
    """Let the person's reaction stand; twice is once. Nobody reacts to their own post.

    Raises Suspended.
    """
    if kind not in REACTIONS or post.author_id == person.id or post.state != "visible":
        return
    if is_suspended(person):
        raise Suspended
    with transaction() as current:
        dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        row = {"post_id": post.id, "person_id": person.id, "kind": kind, "at": now()}
        current.execute(dialect.insert(_REACTIONS).values(row).on_conflict_do_nothing())
        events.post_changed(thread, post, "edited")


def take_back(thread: Thread, post: Post, person: Person, kind: str) -> None:
    """Take a reaction back; none is nothing."""
    with transaction() as current:
        current.execute(
            delete(Reaction).where(
                Reaction.post_id == post.id, Reaction.person_id == person.id,
                Reaction.kind == kind,
            )
        )  # fmt: skip
        events.post_changed(thread, post, "edited")
