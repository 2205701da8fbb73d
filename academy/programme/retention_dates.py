"""When the people of a series are forgotten: so many months after its last live session."""

import calendar
from datetime import datetime, timedelta

from academy.db import now
from academy.programme.models import Series

#: Organisers are told so long before, and no setting forgets anybody sooner.
WARNING = timedelta(days=30)


def last_end(series: Series) -> datetime | None:
    """Return when the last live session ended or will end, called off or not; None without one."""
    return max((each.ends_at for each in series.live_sessions), default=None)


def due_at(series: Series) -> datetime | None:
    """Return when the people of the series are to be forgotten; None where they are kept."""
    end = last_end(series)
    if series.retention_months is None or end is None:
        return None
    due = add_months(end, series.retention_months)
    return max(due, series.retention_not_before or due)


def soon_forgotten_at(series: Series) -> datetime | None:
    """Return when the people are to be forgotten if organisers are warned of it by now."""
    due = due_at(series)
    return due if due is not None and due - WARNING <= now() else None


def add_months(moment: datetime, months: int) -> datetime:
    """Return the same hour so many months later; the last day of a month that is too short."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
