"""The tables of moderation: what waits, who flagged it, what was decided, and appeals."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, now
from academy.moderation.vocabulary import KEEPING

#: A moderator who opened something has so long before another may take it.
CLAIMED_FOR = timedelta(minutes=10)


class Claim(Base):
    """That a moderator looks at something in the queue; after CLAIMED_FOR it says nothing."""

    __tablename__ = "moderation_claims"

    #: "post", "appeal" or "case", and the id of its row in the queue.
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    item_id: Mapped[int] = mapped_column(primary_key=True)
    claimed_by: Mapped[int] = mapped_column(
        ForeignKey("persons.id", ondelete="CASCADE"), index=True
    )
    claimed_at: Mapped[datetime] = mapped_column(default=now)


class Waiting(Base):
    """A post that waits for a moderator: held by the gate, flagged by readers, or both."""

    __tablename__ = "moderation_waiting"
    __table_args__ = (
        Index("ix_moderation_waiting_closed_at_created_at", "closed_at", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), unique=True)
    #: One of vocabulary.HOLDS, or empty where only readers flagged it.
    held_for: Mapped[str] = mapped_column(String(20), default="")
    flags: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    closed_at: Mapped[datetime | None]


class Flag(Base):
    """What one reader said against one post."""

    __tablename__ = "flags"
    __table_args__ = (UniqueConstraint("post_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    #: One of vocabulary.FLAGS.
    reason: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)


class Decision(Base):
    """What a moderator decided, about what and whom, and why; never changed, only undone."""

    __tablename__ = "moderation_decisions"
    __table_args__ = (
        Index("ix_moderation_decisions_person_id_action", "person_id", "action"),
        Index("ix_moderation_decisions_decided_at", "decided_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: One of vocabulary.ACTIONS.
    action: Mapped[str] = mapped_column(String(20))
    #: The key of a Reason; the yearly figures count by it.
    reason: Mapped[str] = mapped_column(String(20))
    #: The words of the reason when it was decided, by language: later edits do not change them.
    reason_words: Mapped[dict[str, Any]] = mapped_column(default=dict)
    note: Mapped[str] = mapped_column(Text, default="")
    post_id: Mapped[int | None] = mapped_column(
        ForeignKey("posts.id", ondelete="SET NULL"), index=True
    )
    thread_id: Mapped[int | None] = mapped_column(
        ForeignKey("threads.id", ondelete="SET NULL"), index=True
    )
    #: Whom it concerns: the author.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    decided_by: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    decided_at: Mapped[datetime] = mapped_column(default=now)
    #: What undoing needs: {"rearrangement": id} of a move, split or merge; {"version": the one
    #: before} of an edit; {"was": the state before} of a post that was shown, hidden or removed.
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: When a silence or a suspension ends.
    until: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )

    @property
    def is_in_force(self) -> bool:
        """Whether it keeps somebody from writing freely right now."""
        is_kept = self.action in KEEPING and self.undone_at is None
        return is_kept and (self.until is None or self.until > now())


class Appeal(Base):
    """What somebody says against a decision about them, and what another moderator answered."""

    __tablename__ = "appeals"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(
        ForeignKey("moderation_decisions.id", ondelete="CASCADE"), unique=True
    )
    words: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=now)
    answered_by: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    answered_at: Mapped[datetime | None]
    upheld: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(Text, default="")


class WatchedWord(Base):
    """A word or an address whose posts wait for a moderator."""

    __tablename__ = "watched_words"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Folded: case and width do not matter.
    word: Mapped[str] = mapped_column(String(100), unique=True)
    added_by: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    added_at: Mapped[datetime] = mapped_column(default=now)


class Reason(Base):
    """Why something is decided, in words that moderators edit; its key never changes."""

    __tablename__ = "moderation_reasons"

    key: Mapped[str] = mapped_column(String(20), primary_key=True)
    #: By language: {"en": "It advertises.", "id": "Ini iklan."}; English is always there.
    words: Mapped[dict[str, Any]]
    position: Mapped[int] = mapped_column(default=0)
    #: One that is not offered any more stays for the decisions that were made with it.
    is_active: Mapped[bool] = mapped_column(default=True)
    #: Rises with every edit; an edit of an older one is refused and told.
    version: Mapped[int] = mapped_column(default=1)
    changed_by: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    changed_at: Mapped[datetime] = mapped_column(default=now)


class ReasonVersion(Base):
    """What the words of a reason were before an edit."""

    __tablename__ = "moderation_reason_versions"

    key: Mapped[str] = mapped_column(
        ForeignKey("moderation_reasons.key", ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[dict[str, Any]]
    #: Who replaced them, and when.
    changed_by: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    changed_at: Mapped[datetime] = mapped_column(default=now)


class Note(Base):
    """What moderators tell one another about somebody; the person reads it in their data."""

    __tablename__ = "moderation_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    words: Mapped[str] = mapped_column(Text)
    written_by: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    written_at: Mapped[datetime] = mapped_column(default=now)
