"""The weeks of the selection (ISO 8601): pure."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

#: Before Monday morning comes anywhere (UTC+14), each week is closed: Sunday at 12:00 UTC.
CLOSES_BEFORE = timedelta(hours=12)
_WEEK = re.compile(r"([2-9]\d{3})-(\d{2})", re.ASCII)
_SEVEN_DAYS = timedelta(days=7)


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """One week: its year and number."""

    year: int
    number: int

    def __str__(self) -> str:
        """Return it as addresses have it: "2026-07"."""
        return f"{self.year}-{self.number:02}"

    @property
    def monday(self) -> date:
        """The day on which it begins."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """The day on which it ends."""
        return self.monday + timedelta(days=6)

    @property
    def closes_at(self) -> datetime:
        """When its list is closed and what is chosen belongs to the next one."""
        return datetime.combine(self.monday + _SEVEN_DAYS, time(), UTC) - CLOSES_BEFORE


def week_of(moment: datetime) -> Week:
    """Return the week whose list is open at a moment."""
    year, number, _day = (moment.astimezone(UTC) + CLOSES_BEFORE).isocalendar()
    return Week(year, number)


def read_week(text: str) -> Week | None:
    """Return the week that an address names; None where there is no such week."""
    found = _WEEK.fullmatch(text)
    if found is None:
        return None
    week = Week(int(found[1]), int(found[2]))
    try:
        return week if week.monday else None
    except ValueError:
        return None
