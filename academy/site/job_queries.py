"""Reads for the desk's page of jobs: the timetable as it was kept, and what failed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from academy.db import session
from academy.queues import queue_of
from academy.site.models import JobRun, key_of
from academy.timetable import NOT_BY_HAND, TIMETABLE

PAGE = 50
#: A job that is so much later than it should be is not merely waiting for its turn.
PATIENCE = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the timetable: how often, what became of it last, and when it comes again."""

    task: str
    schedule: Any
    queue: str
    run: JobRun | None
    next_at: datetime | None
    is_late: bool

    @property
    def is_by_hand(self) -> bool:
        """Whether the desk may begin it now."""
        return self.task not in NOT_BY_HAND


def read_timetable(asked: Mapping[str, datetime], moment: datetime) -> list[Entry]:
    """Return every entry in the order of the timetable; one statement.

    `asked` says when a beat asked for each task last; where nobody knows, its last run says it.
    """
    by_task = {entry["task"]: entry["schedule"] for entry in TIMETABLE.values()}
    rows = session.scalars(select(JobRun).where(JobRun.key.in_(map(key_of, by_task))))
    runs = {run.task: run for run in rows}
    return [
        _entry(task, schedule, runs.get(task), asked.get(task), moment)
        for task, schedule in by_task.items()
    ]


def _entry(
    task: str, schedule: Any, run: JobRun | None, asked_at: datetime | None, moment: datetime
) -> Entry:
    last = asked_at or (run.started_at if run else None)
    next_at = _after(last, schedule) if last else None
    is_late = next_at is not None and moment - next_at > PATIENCE
    return Entry(task, schedule, queue_of(task).name, run, next_at, is_late)


def _after(last: datetime, schedule: Any) -> datetime:
    """Return when it comes next: after so much time, or at the hour that a calendar says."""
    if isinstance(schedule, timedelta):
        return last + schedule
    next_at: datetime = last + schedule.remaining_estimate(last)
    return next_at


SHOWS: dict[str, ColumnElement[bool]] = {
    "failed": and_(JobRun.outcome == "failed", JobRun.dismissed_at.is_(None)),
    "mended": and_(JobRun.outcome == "ran", JobRun.failed_at.is_not(None)),
    "dismissed": and_(JobRun.outcome == "failed", JobRun.dismissed_at.is_not(None)),
}


@dataclass(frozen=True, slots=True)
class Failures:
    """A page of what failed, how many there are of each list, and the next page's number."""

    runs: Sequence[JobRun]
    counts: Mapping[str, int]
    number: int

    def next_number(self, show: str) -> int | None:
        """Return the number of the next page of that list, None behind the last one."""
        return self.number + 1 if self.counts[show] > self.number * PAGE else None


def read_failures(show: str, number: int = 1) -> Failures:
    """Return one page of "failed", "mended" or "dismissed", newest first; two statements."""
    counted = select(*(func.count().filter(fits).label(name) for name, fits in SHOWS.items()))
    counts = session.execute(counted.select_from(JobRun)).one()._asdict()
    wanted = select(JobRun).where(SHOWS[show]).order_by(JobRun.failed_at.desc(), JobRun.id.desc())
    page = wanted.offset((number - 1) * PAGE).limit(PAGE)
    return Failures(session.scalars(page).all(), counts, number)


def count_failures() -> int:
    """Return how many jobs have failed and were neither mended nor put aside."""
    return session.scalar(select(func.count()).where(SHOWS["failed"])) or 0
