"""Whom a post calls by name: @ and the name of somebody who has written in the thread."""

import unicodedata

from sqlalchemy import select

from academy.db import session
from academy.discussion.models import Post
from academy.people.models import Person

#: So many people of one thread can be called by name.
MOST_CALLED = 500


def find_called(thread_id: int, body: str) -> set[int]:
    """Return the ids of those whom `body` calls; a name that two people have calls nobody.

    One statement, none where no @ stands in it.
    """
    if "@" not in body:
        return set()
    authors = select(Post.author_id).where(Post.thread_id == thread_id).distinct()
    people = session.execute(
        select(Person.id, Person.name).where(Person.id.in_(authors)).limit(MOST_CALLED)
    )
    by_name: dict[str, set[int]] = {}
    for person_id, name in people:
        by_name.setdefault(_folded(name), set()).add(person_id)
    return _called(_folded(body.replace("@", " @ ")), by_name)


def _called(text: str, by_name: dict[str, set[int]]) -> set[int]:
    called: set[int] = set()
    for name in sorted(by_name, key=len, reverse=True):
        if f"@ {name}" in text:
            text = text.replace(f"@ {name}", " ")
            called |= by_name[name] if len(by_name[name]) == 1 else set()
    return called


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
