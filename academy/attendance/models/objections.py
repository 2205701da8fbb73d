"""What learners say of their own attendance, and what was answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from academy.db import Base, now
from academy.people.models import Person
from academy.programme.models import LiveSession


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
