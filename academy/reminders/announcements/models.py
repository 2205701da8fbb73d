"""The tables of announcements: to whom, in which words, and when; the ledger holds the rest."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from academy.db import Base, now
from academy.people.models import Person
from academy.programme.models import Series

STATES = ("draft", "confirmed", "stopped")


class Announcement(Base):
    """What organisers tell a part of the people of a series.

    A draft can change; from its confirmation on nothing of it does. Who gets it stands in the
    delivery ledger then, one row a person, with the occasion "announcement:<id>".
    """

    __tablename__ = "announcements"

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), index=True)
    #: One of STATES.
    state: Mapped[str] = mapped_column(String(12), default="draft")
    #: The live session that it is about; None is the whole series.
    live_session_id: Mapped[int | None] = mapped_column(
        ForeignKey("live_sessions.id", ondelete="SET NULL")
    )
    #: Any of segments.WHO; none of them is everybody who is registered.
    who: Mapped[list[Any]] = mapped_column(default=list)
    #: ISO 3166-1 alpha-2, "" for people of whom nobody knows it; none is every country.
    countries: Mapped[list[Any]] = mapped_column(default=list)
    #: BCP 47, as people chose them; none is every language.
    languages: Mapped[list[Any]] = mapped_column(default=list)
    #: The hour on each reader's own clock, "2026-05-02T09:00"; "" is at once.
    local_at: Mapped[str] = mapped_column(String(16), default="")
    #: Whoever sleeps until then does not get it; None: it is of use whenever it comes.
    of_use_until: Mapped[datetime | None]
    #: Rises with every change of the draft, its texts included.
    version: Mapped[int] = mapped_column(default=1)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    confirmed_at: Mapped[datetime | None]
    #: How many of the segment were left out at the confirmation, by why: {"refused": 3}.
    left_out: Mapped[dict[str, Any]] = mapped_column(default=dict)
    stopped_at: Mapped[datetime | None]

    series: Mapped[Series] = relationship()
    author: Mapped[Person | None] = relationship(foreign_keys=[created_by])
    texts: Mapped[list["AnnouncementText"]] = relationship(
        order_by="AnnouncementText.language", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def occasion(self) -> str:
        """What makes each of its messages one, together with the person."""
        return occasion_of(self.id)

    @property
    def is_draft(self) -> bool:
        """Whether nothing of it has been confirmed yet."""
        return self.state == "draft"

    @property
    def title(self) -> str:
        """Its subject, in English where there is one; "" as long as nothing is written.

        What stands for each reader's own is shown as "[hour]".
        """
        by_language = {text.language: text.subject for text in self.texts}
        subject = by_language.get("en") or next(iter(by_language.values()), "")
        return subject.replace("{{ ", "[").replace(" }}", "]")


class AnnouncementText(Base):
    """Subject and text of an announcement in one language."""

    __tablename__ = "announcement_texts"

    announcement_id: Mapped[int] = mapped_column(
        ForeignKey("announcements.id", ondelete="CASCADE"), primary_key=True
    )
    #: One in which the academy has texts: "en", "id".
    language: Mapped[str] = mapped_column(String(35), primary_key=True)
    #: With {{ placeholders }}.
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    #: Counted from 1: who saves says which one they saw.
    version: Mapped[int] = mapped_column(default=1)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime] = mapped_column(default=now)


def occasion_of(announcement_id: int) -> str:
    """Return "announcement:5"."""
    return f"announcement:{announcement_id}"


def read_occasion(occasion: str) -> int:
    """Return the number of the announcement."""
    return int(occasion.partition(":")[2])
