"""Where a post stands now: an address that it once had leads to it for ever."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, Table, and_, bindparam, func, or_, select

from academy.db import session, table_of
from academy.discussion.models import Forward, Post, Rearrangement, Thread
from academy.discussion.policy import visible_threads
from academy.people.models import Person

#: A thread that was merged into another that was merged … is followed so far.
MOST_STEPS = 20


class Place(NamedTuple):
    """An address of a post: its thread and its number in it."""

    thread_id: int
    number: int


_POSTS, _FORWARDS = table_of(Post), table_of(Forward)


def _stands(table: Table) -> ColumnElement[bool]:
    here = table.c.thread_id == bindparam("thread_id")
    return and_(here, table.c.number == bindparam("number"))


_ONCE = select(_FORWARDS.c.post_id).where(_stands(_FORWARDS)).scalar_subquery()
_PLACE = select(_POSTS.c.thread_id, _POSTS.c.number).where(
    or_(_stands(_POSTS), _POSTS.c.id == _ONCE)
)


def find_place(thread_id: int, number: int) -> Place | None:
    """Return where the post stands that has, or once had, this address; one statement."""
    row = session.execute(_PLACE, {"thread_id": thread_id, "number": number}).one_or_none()
    return Place(*row) if row else None


def place_of(post_id: int | None) -> Place | None:
    """Return where a post stands, if there is one; one statement."""
    row = session.execute(
        select(Post.thread_id, Post.number).where(Post.id == post_id)
    ).one_or_none()
    return Place(*row) if row else None


def find_new_home(rearrangement_id: int, person: Person | None) -> Thread | None:
    """Return the thread to which moderators brought posts, if `person` may see it."""
    into = select(Rearrangement.into_id).where(Rearrangement.id == rearrangement_id)
    chosen = visible_threads(person).where(Thread.id == into.scalar_subquery())
    return session.scalars(chosen).one_or_none()


def find_merged(thread_id: int, person: Person | None) -> Thread | None:
    """Return the thread into which this one was merged in the end, if `person` may see it."""
    for _step in range(MOST_STEPS):
        into = session.scalar(select(Thread.merged_into).where(Thread.id == thread_id))
        if into is None:
            chosen = visible_threads(person).where(Thread.id == thread_id)
            return session.scalars(chosen).one_or_none()
        thread_id = into
    return None


def find_first_from(thread_id: int, into_id: int) -> int | None:
    """Return the number in `into_id` of the first post that came from a thread; one statement."""
    came = (
        select(func.min(Post.number))
        .join(Forward, Forward.post_id == Post.id)
        .where(Forward.thread_id == thread_id, Post.thread_id == into_id, Post.state == "visible")
    )
    return session.scalar(came)


class Moved(NamedTuple):
    """Posts one after the other that went to the same thread."""

    first: int
    last: int
    thread_id: int
    title: str


def list_moved(thread_id: int, first: int, last: int, person: Person | None) -> list[Moved]:
    """Return what of these numbers went to threads that `person` may see; one statement."""
    seen = visible_threads(person).subquery()
    rows = session.execute(
        select(Forward.number, seen.c.id, seen.c.title)
        .join(Post, Post.id == Forward.post_id)
        .join(seen, seen.c.id == Post.thread_id)
        .where(Forward.thread_id == thread_id, Forward.number.between(first, last))
        .order_by(Forward.number)
    )
    found: list[Moved] = []
    for number, into, title in rows:
        if found and (found[-1].last, found[-1].thread_id) == (number - 1, into):
            found[-1] = found[-1]._replace(last=number)
        else:
            found.append(Moved(number, number, into, title))
    return found
