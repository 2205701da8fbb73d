"""Following and muting threads, and how far somebody has read."""

from datetime import datetime

from sqlalchemy import case
from sqlalchemy.dialects import postgresql, sqlite

from academy.db import now, session, table_of, transaction
from academy.discussion.models import Reading

_READINGS = table_of(Reading)


#: Made once, for every post needs it.
_FOLLOW = {
    name: statement.on_conflict_do_update(
        index_elements=[_READINGS.c.thread_id, _READINGS.c.person_id],
        set_={
            "read_number": case(
                (_READINGS.c.read_number < statement.excluded.read_number,
                 statement.excluded.read_number),
                else_=_READINGS.c.read_number,
            )
        },
    )
    for name, statement in (
        ("sqlite", sqlite.insert(_READINGS)), ("postgresql", postgresql.insert(_READINGS)),
    )
}  # fmt: skip


def follow(thread_id: int, person_id: int) -> None:
    """Let the person hear of every new post in the thread."""
    _wish(thread_id, person_id, "follow")


def mute(thread_id: int, person_id: int) -> None:
    """Let the person hear nothing of the thread, not even when called by name."""
    _wish(thread_id, person_id, "mute")


def forget_wish(thread_id: int, person_id: int) -> None:
    """Let the person hear of the thread only when called by name or answered."""
    _wish(thread_id, person_id, "")


def mark_read(thread_id: int, person_id: int, number: int) -> None:
    """Note that the person has seen the posts up to `number`; it never goes back."""
    with transaction():
        _put(thread_id, person_id, {"read_number": number}, _further(number))


def follow_silently(thread_id: int, person_id: int, number: int, at: datetime) -> None:
    """Let who writes follow, unless they said otherwise before; their own post is read."""
    values = {
        "thread_id": thread_id,
        "person_id": person_id,
        "read_number": number,
        "wish": "follow",
        "followed_at": at,
    }
    session.execute(_FOLLOW[session.get_bind().dialect.name], values)


def _further(number: int) -> dict[str, object]:
    read = _READINGS.c.read_number
    return {"read_number": case((read < number, number), else_=read)}


def _wish(thread_id: int, person_id: int, wish: str) -> None:
    then: dict[str, object] = {"wish": wish, "followed_at": now() if wish == "follow" else None}
    with transaction():
        _put(thread_id, person_id, then, then)


def _put(thread_id: int, person_id: int, first: dict[str, object], then: dict[str, object]) -> None:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = {"thread_id": thread_id, "person_id": person_id, "read_number": 0, "wish": ""}
    key = [_READINGS.c.thread_id, _READINGS.c.person_id]
    statement = dialect.insert(_READINGS).values(row | first)
    session.execute(statement.on_conflict_do_update(index_elements=key, set_=then))
