"""The tables of series, live sessions, registrations, places and uploaded files."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from academy.db import Base, index_of_references, now
from academy.people.models import Person

#: So many first versions of a link there are: three bytes of a token.
_FIRST_LINKS = 2**20
STATUSES = ("draft", "published", "cancelled")
PLACE_STATES = ("going", "waiting", "not_going")
#: So long after the end whoever hosted a room may still say how many were with them.
LISTENING_POINTS_CLOSE = timedelta(hours=48)


def first_link_version() -> int:
    """Return where the links of a new registration begin: an old one never opens its door."""
    return secrets.randbelow(_FIRST_LINKS) + 1


class Series(Base):
    """A run of live sessions that people register for once."""

    __tablename__ = "series"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(500), default="")
    #: Markdown.
    description: Mapped[str] = mapped_column(Text, default="")
    #: IANA zone of the organiser: the hour on this clock is what stays the same every week.
    zone: Mapped[str] = mapped_column(String(64))
    #: BCP 47 language in which the live sessions are held.
    language: Mapped[str] = mapped_column(String(35), default="en")
    status: Mapped[str] = mapped_column(String(12), default="draft")
    #: Places in each of its live sessions unless one says otherwise; None is without limit.
    capacity: Mapped[int | None]
    registration_closes_at: Mapped[datetime | None]
    #: What is invented in it, shown on every page that shows it; empty for a real series.
    illustrative: Mapped[str] = mapped_column(String(500), default="")
    #: Published numbers of others, quoted beside the computed ones:
    #: [{"label", "value", "source", "note"}].
    citations: Mapped[list[Any]] = mapped_column(default=list)
    #: So many minutes before the start a live session's door opens.
    door_minutes: Mapped[int] = mapped_column(default=15)
    #: The smallest stay in minutes that counts as having come; 0 counts every one.
    smallest_stay: Mapped[int] = mapped_column(default=0)
    #: [[from, to], …] in minutes after the start, when presence does not count.
    breaks: Mapped[list[Any]] = mapped_column(default=list)
    #: Whether an opened door alone counts as having come: for rooms that give no report.
    door_counts: Mapped[bool] = mapped_column(default=False)
    #: So many months after its last live session people are made anonymous; None keeps them.
    retention_months: Mapped[int | None]
    anonymised_at: Mapped[datetime | None]
    #: The figures as they stood when people were made anonymous: {"registrations": {…}, …}.
    frozen: Mapped[dict[str, Any]] = mapped_column(default=dict, deferred=True)
    #: People stay at least so long, whatever the months say: time to see the warning, or more.
    retention_not_before: Mapped[datetime | None]
    #: The day of forgetting of which organisers were warned; another day needs another warning.
    retention_warned_for: Mapped[datetime | None]
    #: Rises with every change of registrations or attendance: figures are cached by it.
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))

    live_sessions: Mapped[list["LiveSession"]] = relationship(
        back_populates="series", order_by="LiveSession.starts_at", cascade="all, delete-orphan"
    )

    @property
    def takes_registrations(self) -> bool:
        """Whether the page registers people: published, not closed, something still to come."""
        return self.is_open and any(not each.is_over for each in self.live_sessions)

    @property
    def is_open(self) -> bool:
        """Whether people may register while something is still to come; no statement."""
        closes_at = self.registration_closes_at
        return self.status == "published" and (closes_at is None or closes_at > now())


class LiveSession(Base):
    """One meeting at one time."""

    __tablename__ = "live_sessions"
    __table_args__ = (
        UniqueConstraint("series_id", "number"),
        CheckConstraint("minutes > 0", name="positive_minutes"),
        CheckConstraint("places_taken >= 0", name="places_not_negative"),
        CheckConstraint("capacity IS NULL OR places_taken <= capacity", name="never_oversold"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), index=True)
    slug: Mapped[str] = mapped_column(String(90), unique=True)
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(500), default="")
    #: UTC; shown in the reader's zone first, then in `zone`.
    starts_at: Mapped[datetime] = mapped_column(index=True)
    minutes: Mapped[int]
    zone: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(12), default="draft")
    capacity: Mapped[int | None]
    #: How many places are "going": changed only by a conditional UPDATE, so never oversold.
    places_taken: Mapped[int] = mapped_column(default=0)
    #: The next number in the queue of those who wait.
    next_in_queue: Mapped[int] = mapped_column(default=1)
    #: Names and addresses that the organiser declared as hosts: never counted as attendees.
    hosts: Mapped[list[Any]] = mapped_column(default=list)
    #: The address of that day's room: shown to nobody but those who go in by their own link.
    room_url: Mapped[str] = mapped_column(String(500), default="")
    recording_url: Mapped[str] = mapped_column(String(500), default="")
    recording_megabytes: Mapped[int | None]
    #: SEQUENCE of its calendar entry (RFC 5545, 3.8.7.4): rises when the entry has to move.
    sequence: Mapped[int] = mapped_column(default=0)

    series: Mapped[Series] = relationship(back_populates="live_sessions")

    @property
    def ends_at(self) -> datetime:
        """The planned end: the right edge of the window that presence is clipped to."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def has_opened(self) -> bool:
        """Whether its door is open at this moment, as its series says."""
        opens_at = self.starts_at - timedelta(minutes=self.series.door_minutes)
        return opens_at <= now() and not self.is_over

    @property
    def has_begun(self) -> bool:
        """Whether it goes on or took place, so that there is something to note of who comes."""
        return self.status == "published" and self.starts_at <= now()

    @property
    def is_full(self) -> bool:
        """Whether who comes now has to wait."""
        return self.capacity is not None and self.places_taken >= self.capacity

    @property
    def listening_points_open(self) -> tuple[datetime, datetime]:
        """From when until when the host of a listening point may tell of it."""
        opens = self.starts_at - timedelta(minutes=self.series.door_minutes)
        return opens, self.ends_at + LISTENING_POINTS_CLOSE

    @property
    def takes_listening_points(self) -> bool:
        """Whether a host may tell of a listening point now."""
        opens, closes = self.listening_points_open
        return self.status != "cancelled" and opens <= now() < closes

    @property
    def is_over(self) -> bool:
        """Whether nothing is to come of it: it has ended, or was called off."""
        return self.status == "cancelled" or self.ends_at <= now()


class Registration(Base):
    """A person's standing registration to a series."""

    __tablename__ = "registrations"
    __table_args__ = (UniqueConstraint("series_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    registered_at: Mapped[datetime] = mapped_column(default=now)
    #: When the person took it back; None while it stands.
    cancelled_at: Mapped[datetime | None]
    #: "web", "import", "desk", "api".
    source: Mapped[str] = mapped_column(String(20), default="web")
    #: The name as given at this registration, where it differs from the person's.
    name_given: Mapped[str] = mapped_column(String(200), default="")
    #: {"question": "answer"} as asked and answered.
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: When the answers were given that stand; None where an import did not say.
    answered_at: Mapped[datetime | None]
    #: {"recording": true, …} as given with this registration.
    consents: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Rises when the personal link is renewed: older links open nothing any more.
    #: It begins anywhere, for SQLite gives the number of a deleted registration again.
    link_version: Mapped[int] = mapped_column(default=first_link_version)
    #: Added to SEQUENCE of its calendar entries: rises when it is taken back and stands again.
    sequence: Mapped[int] = mapped_column(default=0)

    series: Mapped[Series] = relationship()
    person: Mapped[Person] = relationship()
    places: Mapped[list["Place"]] = relationship(
        back_populates="registration", cascade="all, delete-orphan"
    )


class Place(Base):
    """What one registration means for one live session: going, waiting, not going."""

    __tablename__ = "places"
    __table_args__ = (
        UniqueConstraint("registration_id", "live_session_id"),
        Index("ix_places_queue", "live_session_id", "state", "queue_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registrations.id", ondelete="CASCADE"))
    live_session_id: Mapped[int] = mapped_column(ForeignKey("live_sessions.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(String(12))
    #: The order in which people wait; None for the others.
    queue_number: Mapped[int | None]
    changed_at: Mapped[datetime] = mapped_column(default=now)

    registration: Mapped[Registration] = relationship(back_populates="places")
    live_session: Mapped[LiveSession] = relationship()


class UploadedFile(Base):
    """A file that was given: its content is kept until it is taken up, then its hash remains."""

    __tablename__ = "uploaded_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    #: Hex SHA-256 of the content.
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    #: When the content was dropped, which is full of what the academy does not need.
    dropped_at: Mapped[datetime | None]
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    uploaded_at: Mapped[datetime] = mapped_column(default=now)


class RegistrationImport(Base):
    """One reading of a registration file into a series, with its report."""

    __tablename__ = "registration_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("uploaded_files.id"))
    #: "previewed", "asked" (a column must be named), "waiting", "working", "done", "refused".
    state: Mapped[str] = mapped_column(String(12), default="previewed")
    #: What an organiser chose: {"email": 1, "country": None, "dates": "day-first"}.
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: The contract's report, once there is one.
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    rows_done: Mapped[int] = mapped_column(default=0)
    rows_total: Mapped[int] = mapped_column(default=0)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]

    series: Mapped[Series] = relationship()
    file: Mapped[UploadedFile] = relationship()


index_of_references(UploadedFile.uploaded_by)
