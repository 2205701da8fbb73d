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
    version: int
    created_at: datetime
    edited_at: datetime | None
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
