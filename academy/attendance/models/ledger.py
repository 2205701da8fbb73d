"""The ledger: evidence as it came, who it is of, and who was decided to be whom."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from academy.db import Base, index_of_references, now
from academy.people.models import Person

#: Where evidence comes from. "link" (an opened door) is the weakest kind.
SOURCES = ("file", "link", "roll", "code", "self_report", "listening_point")


class Identity(Base):
    """The who of evidence in one live session, as it came."""

    __tablename__ = "identities"
    __table_args__ = (Index("ix_identities_key", "live_session_id", "key", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    live_session_id: Mapped[int] = mapped_column(ForeignKey("live_sessions.id", ondelete="CASCADE"))
    #: What makes rows the same identity: external id, usable e-mail or normalised name;
    #: "person:<id>" where the way in says who it is (a personal link, a tick on a roll).
    key: Mapped[str] = mapped_column(String(320))
    shown_name: Mapped[str] = mapped_column(String(300))
    #: Every name that was shown, and every name in brackets, in order of appearance.
    names: Mapped[list[Any]] = mapped_column(default=list)
    original_names: Mapped[list[Any]] = mapped_column(default=list)
    email: Mapped[str] = mapped_column(String(254), default="")
    external_id: Mapped[str] = mapped_column(String(120), default="")
    #: attendee, host, panelist, phone, bot, waiting, collective.
    role: Mapped[str] = mapped_column(String(12), default="attendee")
    #: Why it is no attendee, as a code; empty for those who count.
    excluded_because: Mapped[str] = mapped_column(String(40), default="")

    evidence: Mapped[list["Evidence"]] = relationship(back_populates="identity")
    matches: Mapped[list["Match"]] = relationship(back_populates="identity", order_by="Match.id")


class Saying(Base):
    """What one file said of an identity of which files say different things.

    The identity is what the files that stand say together: academy/attendance/service/sayings.py.
    """

    __tablename__ = "sayings"

    import_id: Mapped[int] = mapped_column(
        ForeignKey("attendance_imports.id", ondelete="CASCADE"), primary_key=True
    )
    identity_id: Mapped[int] = mapped_column(
        ForeignKey("identities.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    shown_name: Mapped[str] = mapped_column(String(300))
    names: Mapped[list[Any]] = mapped_column(default=list)
    original_names: Mapped[list[Any]] = mapped_column(default=list)
    email: Mapped[str] = mapped_column(String(254), default="")
    external_id: Mapped[str] = mapped_column(String(120), default="")
    role: Mapped[str] = mapped_column(String(12), default="attendee")


class Evidence(Base):
    """A raw fact that somebody was there, as it came; never edited."""

    __tablename__ = "evidence"
    __table_args__ = (
        # With the live session alone SQLite reads all its evidence again for each identity.
        Index("ix_evidence_live_session_id", "live_session_id", "identity_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    live_session_id: Mapped[int] = mapped_column(ForeignKey("live_sessions.id", ondelete="CASCADE"))
    #: Where it came from: one of SOURCES.
    source: Mapped[str] = mapped_column(String(16), default="file")
    #: The file that it stood in; None for what came without one.
    import_id: Mapped[int | None] = mapped_column(
        ForeignKey("attendance_imports.id", ondelete="CASCADE"), index=True
    )
    identity_id: Mapped[int] = mapped_column(
        ForeignKey("identities.id", ondelete="CASCADE"), index=True
    )
    #: The line of the file, counted from 1.
    row_number: Mapped[int | None]
    #: The cells that presence and matching need, as they stood: {"Join Time": "…", …}.
    cells: Mapped[dict[str, Any]] = mapped_column(default=dict)
    joined_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    #: Minutes that the file states where it gives no times.
    stated_minutes: Mapped[int | None]
    #: Who noted it and when: the one who ticked a roll, the learner who opened the door.
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    #: A fact is never edited; it may be withdrawn, and then counts no longer.
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))

    identity: Mapped[Identity] = relationship(back_populates="evidence")


#: The rules of a match that no human takes back: the ladder never looks at such an identity again.
#: What came first-hand is withdrawn instead; of somebody erased nobody can say who it was.
NOT_FOR_HANDS = ("first_hand", "erased")


class Match(Base):
    """The decision that an identity is a person, or is nobody to be counted."""

    __tablename__ = "matches"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) = (decision = 'excluded')", name="person_or_excluded"),
        # Two decisions about one identity never stand at the same time.
        Index(
            "uq_matches_standing",
            "identity_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    identity_id: Mapped[int] = mapped_column(
        ForeignKey("identities.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), index=True
    )
    #: "person" or "excluded".
    decision: Mapped[str] = mapped_column(String(12), default="person")
    #: external_id, personal_link, email, remembered, unique_name, by_hand, first_hand.
    rule: Mapped[str] = mapped_column(String(20))
    #: Why somebody is not counted: bot, host_device, second_device, staff, other; else empty.
    reason: Mapped[str] = mapped_column(Text, default="")
    #: What a human wrote beside the reason.
    note: Mapped[str] = mapped_column(String(200), default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime] = mapped_column(default=now)
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))

    identity: Mapped[Identity] = relationship(back_populates="matches")
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])

    @property
    def is_for_hands(self) -> bool:
        """Whether a human may say otherwise."""
        return self.rule not in NOT_FOR_HANDS


for _reference in (
    Evidence.recorded_by,
    Evidence.withdrawn_by,
    Match.decided_by,
    Match.undone_by,
):
    index_of_references(_reference)
