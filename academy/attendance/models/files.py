"""Files of attendance: those that wait to be placed, and each reading of one."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from academy.db import Base, now
from academy.programme.models import LiveSession, UploadedFile


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
