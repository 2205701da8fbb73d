"""The tables of groups: who facilitates a series, and what was written to learners of a course."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from academy.db import Base, now
from academy.learning.models import Course
from academy.people.models import Person
from academy.programme.models import Series


class Facilitator(Base):
    """Somebody whom an organiser named: they see the groups of the courses of a series."""

    __tablename__ = "facilitators"
    __table_args__ = (UniqueConstraint("series_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    named_by: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    named_at: Mapped[datetime] = mapped_column(default=now)
    #: They are none any more; the row stays, so that it can be undone.
    removed_at: Mapped[datetime | None]

    series: Mapped[Series] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class CourseLetter(Base):
    """What somebody wrote to learners of a course; who got it stands in the delivery ledger."""

    __tablename__ = "course_letters"

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("persons.id", ondelete="SET NULL"), index=True
    )
    #: Made when the letter is looked over: sent a second time, it is the same letter.
    key: Mapped[str] = mapped_column(String(32), unique=True)
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    #: How many of those who were chosen were left out, by why: {"refused": 3}.
    left_out: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sent_at: Mapped[datetime] = mapped_column(default=now)
    stopped_at: Mapped[datetime | None]

    course: Mapped[Course] = relationship()
    author: Mapped[Person | None] = relationship(foreign_keys=[author_id])

    @property
    def occasion(self) -> str:
        """What makes each of its messages one, together with the person."""
        return occasion_of(self.id)


def occasion_of(letter_id: int) -> str:
    """Return "course-letter:5"."""
    return f"course-letter:{letter_id}"


def read_occasion(occasion: str) -> int:
    """Return the number of the letter."""
    return int(occasion.partition(":")[2])
