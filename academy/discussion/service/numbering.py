"""Numbers of posts: each is given once, by the one statement that also locks and counts."""

from collections.abc import Hashable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer, String, bindparam, case, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from academy.db import Moment, table_of
from academy.discussion.errors import ThreadClosed
from academy.discussion.models import Post, Thread
from academy.discussion.policy import can_moderate, is_known_to, standing_of
from academy.people.models import Person

_THREADS, _POSTS = table_of(Thread), table_of(Post)


class Taken(NamedTuple):
    """A number that a thread has given, and how the thread stands."""

    thread_id: int
    number: int
    language: str
    state: str
    #: The id of the post that is answered, where it stands in this thread.
    answered: int | None


_taking: dict[tuple[Hashable, bool], Any] = {}


def _statement(author: Person, *, is_shown: bool) -> Any:
    """Return the statement that gives a number to whoever may write in the thread.

    Making it costs as much as running it, so each is kept for all of whom the policy says the same.
    """
    kind = (standing_of(author), is_shown)
    if kind not in _taking:
        _taking[kind] = _make(author, is_shown=is_shown)
    return _taking[kind]


def _make(author: Person, *, is_shown: bool) -> Any:
    """Nobody gets a number who sent the same post before; what is shown is counted.

    Members write where they may know of the thread and it is open.
    """
    author_id = bindparam("author", type_=Integer)
    again = (_POSTS.c.author_id == author_id) & (
        _POSTS.c.request_key == bindparam("request_key", type_=String)
    )
    wanted = [_THREADS.c.id == bindparam("wanted"), _THREADS.c.merged_into.is_(None),
              ~select(_POSTS.c.id).where(again).exists()]  # fmt: skip
    if not can_moderate(author):
        wanted += [_THREADS.c.state == "open", is_known_to(author, author_id)]
    shown_at, last = bindparam("shown_at", type_=Moment()), _THREADS.c.last_post_at
    counts = {
        "visible_posts": _THREADS.c.visible_posts + 1,
        "last_post_at": case((last < shown_at, shown_at), else_=last),
    }
    answered = select(_POSTS.c.id).where(
        _POSTS.c.thread_id == bindparam("wanted"),
        _POSTS.c.number == bindparam("answers", type_=Integer),
    )
    return (
        update(_THREADS)
        .where(*wanted)
        .values(last_number=_THREADS.c.last_number + 1, **(counts if is_shown else {}))
        .returning(
            _THREADS.c.id, _THREADS.c.last_number, _THREADS.c.language, _THREADS.c.state,
            answered.scalar_subquery(),
        )
    )  # fmt: skip


def take_number(
    current: Session, thread_id: int, author: Person, at: datetime, *, is_shown: bool,
    answers: int | None = None, request_key: str | None = None,
) -> Taken:  # fmt: skip
    """Lock the thread and give it the next number; a merged one leads to where it went.

    Reading and counting in statements of their own would cost a tenth of the post. Raises
    ThreadClosed where the author may not write, or sent the same post before.
    """
    statement = _statement(author, is_shown=is_shown)
    values = {
        "author": author.id, "request_key": request_key, "answers": answers, "shown_at": at,
    }  # fmt: skip
    for one in _ways(current, thread_id, moderates=can_moderate(author)):
        # A number of another thread means nothing here.
        mine = values | {"wanted": one} | ({} if one == thread_id else {"answers": None})
        row = current.execute(statement, mine).one_or_none()
        if row is not None:
            _read_anew(current, one)
            return Taken(*row)
    raise ThreadClosed


def _ways(current: Session, thread_id: int, *, moderates: bool) -> Iterator[int]:
    """Give the thread, and then, where it was merged into another, that one, and so on."""
    into: int | None = thread_id
    while into is not None:
        yield into
        merged = select(Thread.merged_into).where(Thread.id == into)
        into = current.scalar(merged if moderates else merged.where(Thread.state == "open"))


def _read_anew(current: Session, thread_id: int) -> None:
    """Let a thread that was loaded before say what it says now; no statement where none was."""
    loaded = current.identity_map.get(identity_key(Thread, thread_id))
    if loaded is not None:
        current.refresh(loaded)
