"""What an organiser changed about the messages of a series; no row means: as the academy does."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from academy.db import Base, now
from academy.people.models import Person


class SwitchedOff(Base):
    """A kind of reminder that is not sent for a series."""

    __tablename__ = "reminders_switched_off"

    series_id: Mapped[int] = mapped_column(
        ForeignKey("series.id", ondelete="CASCADE"), primary_key=True
    )
    #: One of kinds.REMINDERS, or CONFIRMED.
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=now)


class SwitchedOn(Base):
    """A kind of follow-up that is sent for a series: they are off until somebody wants them."""

    __tablename__ = "follow_ups_switched_on"

    series_id: Mapped[int] = mapped_column(
        ForeignKey("series.id", ondelete="CASCADE"), primary_key=True
    )
    #: One of kinds.FOLLOW_UPS.
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=now)


class OwnText(Base):
    """Subject and text of a kind as the organisers of a series want them, one row a version.

    The highest version is in force. Rows are only added: two who save at once cannot both add
    the same version.
    """

    __tablename__ = "reminder_texts"
    __table_args__ = (UniqueConstraint("series_id", "kind", "language", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"))
    #: One of kinds.EVERY_KIND.
    kind: Mapped[str] = mapped_column(String(40))
    #: One in which the academy has texts: "en", "id".
    language: Mapped[str] = mapped_column(String(35))
    #: Counted from 1.
    version: Mapped[int]
    #: With {{ placeholders }}; both empty where the text of the academy was brought back.
    subject: Mapped[str] = mapped_column(String(300), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    #: When it could not be written, so that the text of the academy left instead; and why.
    failed_at: Mapped[datetime | None]
    failure: Mapped[str] = mapped_column(String(300), default="")
    by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person | None] = relationship()

    def note_failure(self, error: Exception) -> None:
        """Keep that it could not be written, for those who wrote it."""
        self.failed_at = self.failed_at or now()
        self.failure = f"{type(error).__name__}: {error}"[:300]

    @property
    def is_own(self) -> bool:
        """Whether it says something else than the academy does."""
        return bool(self.text)
