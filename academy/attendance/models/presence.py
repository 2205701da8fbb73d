"""What follows from evidence and matches: attendance, and tallies."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from academy.attendance.models.ledger import Identity
from academy.db import Base, index_of_references, now
from academy.people.models import Person
from academy.programme.models import LiveSession


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

    @property
    def came(self) -> int:
        """How many came, known or not; people at listening points without a name beside them."""
        return self.matched + self.unmatched


index_of_references(Attendance.identity_id)
