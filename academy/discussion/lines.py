"""A post as pages show it, with what they say of its author: a plain row, read by the hundred."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Row, select

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


#: Reads posts as lines; made once, for making it costs as much as running it.
LINES = select(
    *(getattr(Post, name) for name in PostLine._fields[:-2]), Person.name, Person.country
).outerjoin(Person, Post.author_id == Person.id)


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
