"""The delivery ledger: every message to one person on one channel, once."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, now

STATES = ("planned", "claimed", "sent", "failed", "suppressed")
#: Too late; refused for good by the mail server; no address; nothing to tell any more; too often;
#: stopped on the desk; came back after it was sent; its address is one from which mail came back.
CAUSES = (
    "missed", "refused", "no_address", "outdated", "given_up", "stopped", "bounced", "returned",
)  # fmt: skip


class Message(Base):
    """One thing to tell one person on one channel; UNIQUE makes twice impossible."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("occasion", "person_id", "kind", "channel"),
        Index("ix_messages_due", "state", "due_at"),
        Index("ix_messages_kind", "kind", "id"),
        # The newest of one state, however many others are newer.
        Index("ix_messages_state", "state", "id"),
        # The messages of one live session are found by how their occasion begins.
        Index(
            "ix_messages_occasion",
            "occasion",
            "state",
            postgresql_ops={"occasion": "text_pattern_ops"},
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    #: What it is about, unique together with person, kind and channel: "token:17".
    occasion: Mapped[str] = mapped_column(String(120))
    #: "sign_in_link", "reset_password", "verify_address", "registered", …
    kind: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(20), default="mail")
    address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12), default="planned")
    #: Why it failed or was suppressed, in words.
    reason: Mapped[str] = mapped_column(String(300), default="")
    #: Why it was suppressed, one of CAUSES; empty else.
    cause: Mapped[str] = mapped_column(String(20), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    #: When to try next; "due" means due and not sent, never a window.
    due_at: Mapped[datetime] = mapped_column(default=now)
    #: What was not sent by then is missed: a reminder of what has begun helps nobody.
    expires_at: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]
    #: When the database server had started that noted the claim (PostgreSQL); after a crash it may
    #: have forgotten what it was told last.
    server_since: Mapped[datetime | None]
    #: When the try under way, or the one that was cut off, was handed to the channel.
    handed_over_at: Mapped[datetime | None]
    #: A try was cut off when it may have arrived: the person may have it twice.
    perhaps_twice: Mapped[bool] = mapped_column(default=False)
    sent_at: Mapped[datetime | None]
    #: RFC 5322 Message-ID, the same at every try.
    message_id: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=now)


class MailChoices(Base):
    """When, and of what, somebody does not want to hear; no row means: the defaults."""

    __tablename__ = "mail_choices"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True
    )
    #: Quiet hours on the person's clock, in minutes after midnight; equal ones: none are quiet.
    quiet_begins: Mapped[int] = mapped_column(default=21 * 60)
    quiet_ends: Mapped[int] = mapped_column(default=7 * 60)
    #: Groups of kinds that the person has switched off: ["reminders"].
    refused: Mapped[list[Any]] = mapped_column(default=list)
    #: How often they want to hear of a kind of news: {"objection": "weekly"}; else by default.
    rhythms: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: The day on which weekly mails come: 0 for Monday to 6 for Sunday.
    weekly_on: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(default=now)


class Notice(Base):
    """One piece of news for one person: it waits, and leaves together with others in one mail."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "occasion"),
        Index(
            "ix_notices_due", "due_at", sqlite_where=text("digest IS NULL"),
            postgresql_where=text("digest IS NULL"),
        ),
        Index("ix_notices_digest", "digest"),
        Index("ix_notices_happened_at", "happened_at"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    #: One of notices.kinds().
    kind: Mapped[str] = mapped_column(String(40))
    #: What happened: "objection:17".
    occasion: Mapped[str] = mapped_column(String(120))
    #: The page about it, from "/" on.
    path: Mapped[str] = mapped_column(String(300))
    #: {"en": ["a title", "a text"]}; empty where the kind has a writer, and once it was told.
    words: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: What the writer of the kind needs; empty once it was told.
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    happened_at: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(default=now)
    #: "at_once", "daily" or "weekly", as it stood for the person when it was handed over.
    rhythm: Mapped[str] = mapped_column(String(8))
    #: When a mail with it leaves.
    due_at: Mapped[datetime]
    #: The mail it went into, by the number of the first notice there: occasion "digest:17" of the
    #: ledger. None while it waits.
    digest: Mapped[int | None]
    #: When it was seen that the mail had left, or had nothing to tell any more.
    told_at: Mapped[datetime | None]
