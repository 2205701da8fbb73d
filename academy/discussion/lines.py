"""A post as pages show it, with what they say of its author: a plain row, read by the hundred."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Row, Table, bindparam, select

from academy.db import table_of
from academy.discussion.models import Post
from academy.people.models import Person


class PostLine(NamedTuple):
    """What stands on a page of one post; a whole Post with its Person costs ten times as much."""

    id: int
    thread_id: int
    number: int
    author_id: int | None
    body: str
    language: str
    state: str
    answers: int | None
    answers_thread_id: int | None
    version: int
    created_at: datetime
    edited_at: datetime | None
    moderator_note: str
    is_best: bool
    #: None where the author left.
    author_name: str | None
    author_country: str | None


def in_span(posts: Table) -> ColumnElement[bool]:
    """Return the condition for the posts of `thread_id` from number `first` to `last`."""
    return (posts.c.thread_id == bindparam("thread_id")) & posts.c.number.between(
        bindparam("first"), bindparam("last")
    )


_POSTS, _PERSONS = table_of(Post), table_of(Person)
#: Reads a span of posts as lines; made once, for making it costs as much as running it.
LINES = (
    select(*(_POSTS.c[name] for name in PostLine._fields[:-2]), _PERSONS.c.name, _PERSONS.c.country)
    .outerjoin(_PERSONS, _POSTS.c.author_id == _PERSONS.c.id)
    .where(in_span(_POSTS))
    .order_by(_POSTS.c.number)
)


def line_of(row: Row[*tuple[object, ...]]) -> PostLine:
    """Return a row of that statement as a line."""
    return PostLine._make(row)


def line_of_moved(thread_id: int, number: int, at: datetime) -> PostLine:
    """Return what stands where posts were that moderators moved to another thread."""
    return PostLine(
        id=0, thread_id=thread_id, number=number, author_id=None, body="", language="",
        state="moved", answers=None, answers_thread_id=None, version=1, created_at=at,
        edited_at=None, moderator_note="", is_best=False, author_name=None, author_country=None,
    )  # fmt: skip
