"""What an organiser changed about the reminders of a series; no row means: as the academy does."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from academy.db import Base, now


class SwitchedOff(Base):
    """A kind of reminder that is not sent for a series."""

    __tablename__ = "reminders_switched_off"

    series_id: Mapped[int] = mapped_column(
        ForeignKey("series.id", ondelete="CASCADE"), primary_key=True
    )
    #: One of kinds.REMINDERS.
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    by: Mapped[int | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=now)
