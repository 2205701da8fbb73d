"""What a human says of a file where the file itself leaves it open."""

from dataclasses import dataclass
from typing import Self, cast

from academy.attendance.reading.moments import DateOrder


@dataclass(frozen=True, slots=True)
class Answers:
    """The three questions that a file may leave open; None where nobody had to answer."""

    #: The IANA zone of whoever exported the file.
    zone: str | None = None
    #: The order of day and month in its dates.
    date_order: DateOrder | None = None
    #: The key of one of its meetings.
    meeting: str | None = None

    @classmethod
    def of(cls, zone: str, date_order: str, meeting: str) -> Self:
        """Return the answers that a row of the database keeps as texts, "" for none."""
        return cls(zone or None, cast("DateOrder", date_order) or None, meeting or None)
