"""What follows from evidence and matches: attendance, tallies, and computing them anew."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from academy.attendance.models.ledger import Identity
from academy.db import Base, now
from academy.people.models import Person
from academy.programme.models import LiveSession, Series


class Attendance(Base):
    """What follows from evidence and matches for one who came; always recomputable."""

    __tablename__ = "attendances"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (identity_id IS NULL)", name="person_or_identity"),
        Index("uq_attendances_person", "live_session_id", "person_id", unique=True),
        Index("uq_attendances_identity", "live_session_id", "identity_id", unique=True),
        # On PostgreSQL its pages are kept half empty (migration 0010): a recomputation that
        # changes every row then needs no new entry in any index, and takes an eighth of the time.
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    live_session_id: Mapped[int] = mapped_column(ForeignKey("live_sessions.id", ondelete="CASCADE"))
    #: The person, for a matched one.
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), index=True
    )
    #: The identity, for one that nobody has matched yet.
    identity_id: Mapped[int | None] = mapped_column(ForeignKey("identities.id", ondelete="CASCADE"))
    #: [[start, end], …] in whole seconds after the live session's start, merged and clipped.
    intervals: Mapped[list[Any]] = mapped_column(default=list)
    #: Whole minutes of the union, rounded down; None where the evidence gives none.
    minutes: Mapped[int | None]
    computed_at: Mapped[datetime] = mapped_column(default=now)

    live_session: Mapped[LiveSession] = relationship()
    person: Mapped[Person | None] = relationship()
    identity: Mapped[Identity | None] = relationship()


class Tally(Base):
    """How many came to one live session, as last computed; no row means: no evidence yet."""

    __tablename__ = "tallies"

    live_session_id: Mapped[int] = mapped_column(
        ForeignKey("live_sessions.id", ondelete="CASCADE"), primary_key=True
    )
    matched: Mapped[int]
    unmatched: Mapped[int]
    #: Identities kept as evidence but not counted: hosts, bots, waiting room only, by hand.
    excluded: Mapped[int]
    computed_at: Mapped[datetime] = mapped_column(default=now)


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
    #: What it did, once it is done; {"why": "…"} where it failed.
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
    #: Attendances before and after: it says how much the change meant.
    attendances_before: Mapped[int]
    attendances_after: Mapped[int]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person | None] = relationship()
