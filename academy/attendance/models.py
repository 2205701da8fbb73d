"""The ledger of attendance: imports, evidence, identities, matches and what follows from them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
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
    #: The key of the meeting that was read, where the file holds several and one was named.
    meeting: Mapped[str] = mapped_column(String(300), default="")
    #: The order of day and month, where somebody named it: "day-first", "month-first", …
    date_order: Mapped[str] = mapped_column(String(12), default="")
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("attendance_imports.id"))
    #: The contract's report.
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: What changed against the version that it replaced: {"came": [], "gone": [], "minutes": n}.
    difference: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Titles of the columns of which nothing came into the ledger.
    left_out: Mapped[list[Any]] = mapped_column(default=list)
    rows_done: Mapped[int] = mapped_column(default=0)
    rows_total: Mapped[int] = mapped_column(default=0)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))

    live_session: Mapped[LiveSession] = relationship()
    file: Mapped[UploadedFile] = relationship()


class OfferedFile(Base):
    """A file (or one meeting of it) that was given to the desk and is not imported yet."""

    __tablename__ = "offered_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), index=True)
    #: Kept as it came; none for one that was refused, for it may be anything.
    file_id: Mapped[int | None] = mapped_column(ForeignKey("uploaded_files.id"))
    name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    #: "reading", "ready", "asked", "known" (the same import stands), "refused".
    state: Mapped[str] = mapped_column(String(12), default="reading")
    #: Where it goes: by its time, or because somebody chose so.
    live_session_id: Mapped[int | None] = mapped_column(
        ForeignKey("live_sessions.id", ondelete="SET NULL")
    )
    #: The live session on whose page it was dropped, if it was one.
    dropped_at_id: Mapped[int | None] = mapped_column(
        ForeignKey("live_sessions.id", ondelete="SET NULL")
    )
    #: What somebody said: {"live_session": 3, "zone": "…", "date_order": "…", "meeting": "…"}.
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: How it will be read: {"zone": "…", "date_order": "…", "meeting": "…"}.
    reading: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: What was recognised, as the page shows it.
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: What the file leaves open, each with its choices: {"zone": […], "meeting": […]}.
    questions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Why it is refused, or why it does not fit the live session; a sentence.
    problem: Mapped[str] = mapped_column(Text, default="")
    rows_done: Mapped[int] = mapped_column(default=0)
    rows_total: Mapped[int] = mapped_column(default=0)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    file: Mapped[UploadedFile | None] = relationship()
    live_session: Mapped[LiveSession | None] = relationship(foreign_keys=[live_session_id])


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


class ListeningPoint(Base):
    """One device, many people: where they sat, how many, who hosts them."""

    __tablename__ = "listening_points"
    __table_args__ = (
        CheckConstraint("women >= 0 AND men >= 0 AND others >= 0", name="nobody_is_negative"),
        CheckConstraint("from_minute >= 0", name="from_the_start"),
        CheckConstraint("until_minute IS NULL OR until_minute > from_minute", name="until_later"),
        # A host has one room at a time; an index, for two could open it at the same moment.
        Index(
            "uq_listening_points_host",
            "live_session_id",
            "hosted_by",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    live_session_id: Mapped[int] = mapped_column(ForeignKey("live_sessions.id", ondelete="CASCADE"))
    #: As the host calls it: "Balai Desa Sukamaju".
    place: Mapped[str] = mapped_column(String(200))
    #: ISO 3166-1 alpha-2; a focal point sees the listening points of her countries.
    country: Mapped[str | None] = mapped_column(String(2), index=True)
    #: Is there, too, and counted by name; None where the academy does not know them.
    hosted_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    #: People who are NOT entered by name, the host not among them.
    women: Mapped[int] = mapped_column(default=0)
    men: Mapped[int] = mapped_column(default=0)
    others: Mapped[int] = mapped_column(default=0)
    #: Minutes after the start of the live session; `until_minute` None means its end.
    from_minute: Mapped[int] = mapped_column(default=0)
    until_minute: Mapped[int | None]
    #: The device as it stands in the evidence of a file: never counted as a person.
    device_id: Mapped[int | None] = mapped_column(ForeignKey("identities.id", ondelete="SET NULL"))
    #: Rises with every change, so that nobody overwrites what they have not seen.
    version: Mapped[int] = mapped_column(default=1)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))

    live_session: Mapped[LiveSession] = relationship()
    host: Mapped[Person | None] = relationship(foreign_keys=[hosted_by])
    device: Mapped[Identity | None] = relationship()
    entries: Mapped[list["PointEntry"]] = relationship(
        order_by="PointEntry.number", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def people(self) -> int:
        """How many are counted without a name."""
        return self.women + self.men + self.others

    @property
    def named(self) -> list["PointEntry"]:
        """Those whom the host entered by name and who stand, the host not among them."""
        return [one for one in self.entries if one.number != HOST and one.taken_off_at is None]

    @property
    def together(self) -> int:
        """Everybody at the device: by name, without a name, and the host."""
        return self.people + len(self.named) + (self.hosted_by is not None)


#: The number of the host among the entries of a listening point.
HOST = 0


class PointEntry(Base):
    """One who was at a listening point by name; goes where the evidence goes."""

    __tablename__ = "listening_point_entries"
    __table_args__ = (UniqueConstraint("point_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("listening_points.id", ondelete="CASCADE"))
    #: Counted from 1 and never given twice; HOST is the host.
    number: Mapped[int]
    #: The line as it was typed; empty for the host.
    typed: Mapped[str] = mapped_column(String(320))
    #: The evidence that stands for this entry now.
    evidence_id: Mapped[int] = mapped_column(
        ForeignKey("evidence.id", ondelete="CASCADE"), index=True
    )
    #: When the host crossed the name out.
    taken_off_at: Mapped[datetime | None]

    evidence: Mapped[Evidence] = relationship()


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
