"""The ledger of attendance: imports, evidence, identities, matches and what follows from them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from academy.db import Base, now
from academy.people.models import Person
from academy.programme.models import LiveSession, UploadedFile

#: Where evidence comes from. "link" (an opened door) is the weakest kind.
SOURCES = ("file", "link", "roll", "code", "self_report", "listening_point")


class AttendanceImport(Base):
    """One reading of an attendance file for a live session; may be undone or replaced."""

    __tablename__ = "attendance_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    live_session_id: Mapped[int] = mapped_column(
        ForeignKey("live_sessions.id", ondelete="CASCADE"), index=True
    )
    file_id: Mapped[int] = mapped_column(ForeignKey("uploaded_files.id"))
    #: "waiting", "working", "done", "refused", "undone", "replaced".
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    #: Which reader recognised it: "zoom-participants", "zoom-webinar", …
    format: Mapped[str] = mapped_column(String(40), default="")
    #: IANA zone in which the file's clock times were read.
    zone: Mapped[str] = mapped_column(String(64), default="")
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("attendance_imports.id"))
    #: The contract's report.
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: What changed against the version that it replaced: {"came": [], "gone": [], "minutes": n}.
    difference: Mapped[dict[str, Any]] = mapped_column(default=dict)
    rows_done: Mapped[int] = mapped_column(default=0)
    rows_total: Mapped[int] = mapped_column(default=0)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))

    live_session: Mapped[LiveSession] = relationship()
    file: Mapped[UploadedFile] = relationship()


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


class Evidence(Base):
    """A raw fact that somebody was there, as it came; never edited."""

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    live_session_id: Mapped[int] = mapped_column(
        ForeignKey("live_sessions.id", ondelete="CASCADE"), index=True
    )
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
    #: The cells of the row as they stood: {"Name (Original Name)": "…", …}.
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


class Attendance(Base):
    """What follows from evidence and matches for one who came; always recomputable."""

    __tablename__ = "attendances"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (identity_id IS NULL)", name="person_or_identity"),
        Index("uq_attendances_person", "live_session_id", "person_id", unique=True),
        Index("uq_attendances_identity", "live_session_id", "identity_id", unique=True),
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


class Objection(Base):
    """What somebody says of their own attendance in one live session, and the answer to it."""

    __tablename__ = "objections"
    __table_args__ = (
        # Whoever says something else changes what is open, instead of saying it twice.
        Index(
            "uq_objections_open",
            "live_session_id",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_objections_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    live_session_id: Mapped[int] = mapped_column(
        ForeignKey("live_sessions.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    #: "was_there", "stayed_longer", "not_me", "other".
    kind: Mapped[str] = mapped_column(String(16))
    #: "own_device", "with_others", "by_phone"; empty where they did not say.
    how: Mapped[str] = mapped_column(String(16), default="")
    #: From when until when they say that they were there.
    from_at: Mapped[datetime | None]
    until_at: Mapped[datetime | None]
    words: Mapped[str] = mapped_column(String(1000), default="")
    #: "open", "confirmed", "declined", "withdrawn" (by whoever made it).
    state: Mapped[str] = mapped_column(String(12), default="open")
    #: Rises with every change, so that nobody answers what they have not read.
    version: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    #: What the organiser writes to them.
    reply: Mapped[str] = mapped_column(String(500), default="")
    #: What the answer did, by ids, so that it can be undone:
    #: {"recorded": [evidence], "withdrawn": [evidence], "undone": [match]}.
    effects: Mapped[dict[str, Any]] = mapped_column(default=dict)

    live_session: Mapped[LiveSession] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    answerer: Mapped[Person | None] = relationship(foreign_keys=[answered_by])
