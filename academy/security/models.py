"""The append-only log of who did what, and the counters against guessing."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, index_of_references, now


class AuditEntry(Base):
    """One line of the log: who, what, to what, when; never updated, never deleted."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    #: None for a command or a visitor who is not signed in.
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    #: "noun.verb": "sign_in.failed", "role.granted", "attendance.imported".
    action: Mapped[str] = mapped_column(String(60), index=True)
    #: What it was done to, as "noun:id or slug".
    subject: Mapped[str] = mapped_column(String(120), default="")
    #: Numbers and words without personal data or secrets.
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Attempts(Base):
    """How often something was tried within one window of time, for one account or network."""

    __tablename__ = "attempts"

    #: HMAC of what is counted ("sign_in:account:…"): no address is kept.
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    since: Mapped[datetime] = mapped_column(default=now, index=True)
    count: Mapped[int] = mapped_column(default=1)


index_of_references(AuditEntry.actor_id)
