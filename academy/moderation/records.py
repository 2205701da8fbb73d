"""Reads what trust asks about people: their posts, who found them useful, decisions against."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from academy.db import now, session
from academy.discussion.models import Post, Reaction
from academy.moderation.models import Decision
from academy.moderation.trust import AGAINST_DAYS, Record
from academy.moderation.vocabulary import AGAINST
from academy.people.models import Person

#: Taps of readers that say that a post was worth reading.
PRAISE = ("useful", "tried")


def read_record(person_id: int) -> Record:
    """Return what somebody did here; one statement."""
    return read_records([person_id]).get(person_id, Record())


def read_records(person_ids: Collection[int]) -> dict[int, Record]:
    """Return what each of these people did here; one statement."""
    if not person_ids:
        return {}
    at = now()
    shown = select(func.count()).where(Post.author_id == Person.id, Post.state == "visible")
    first = select(func.min(Post.created_at)).where(
        Post.author_id == Person.id, Post.state == "visible"
    )
    asked = select(
        Person.id, shown.scalar_subquery(), first.scalar_subquery(),
        _praised(Reaction.post_id), _praised(Reaction.person_id), _against(at),
    )  # fmt: skip
    return {
        row[0]: Record(row[1], days_since(row[2], at), row[3], row[4], row[5])
        for row in session.execute(asked.where(Person.id.in_(person_ids)))
    }


def _praised(counted: Any) -> ColumnElement[int]:
    praised: Select[Any] = (
        select(func.count(counted.distinct()))
        .join(Post, Post.id == Reaction.post_id)
        .where(Post.author_id == Person.id, Post.state == "visible", Reaction.kind.in_(PRAISE))
    )
    return praised.scalar_subquery()


def _against(at: datetime) -> ColumnElement[int]:
    since = at - timedelta(days=AGAINST_DAYS)
    against: Select[Any] = select(func.count()).where(
        Decision.person_id == Person.id, Decision.action.in_(AGAINST),
        Decision.undone_at.is_(None), Decision.decided_at > since,
    )  # fmt: skip
    return against.scalar_subquery()


def days_since(first: datetime | None, at: datetime) -> int:
    """Return the whole days since somebody's first post, 0 before it."""
    return (at - first).days if first else 0
