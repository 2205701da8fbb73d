"""The tables of what rules do: who changed them, and recomputations by a worker."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from academy.db import Base, now
from academy.people.models import Person
from academy.programme.models import Series


class Recompute(Base):
    """One recomputation of a series from its evidence, done by a worker."""

    __tablename__ = "recomputes"

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), index=True)
    #: "waiting", "working", "done", "failed".
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    #: Live sessions.
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    #: What it did, once it is done.
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    #: When the worker last said how far it is; a worker not heard of for long is dead.
    heard_of_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    series: Mapped[Series] = relationship()


class RuleChange(Base):
    """Who changed the rules of a series, from what to what; applying the old ones undoes it."""

    __tablename__ = "rule_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), index=True)
    #: As academy/attendance/rules.py writes them.
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    #: How many attendances it took away and how many it brought.
    gone: Mapped[int]
    come: Mapped[int]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person | None] = relationship()
