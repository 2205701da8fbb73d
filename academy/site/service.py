"""What is noted of jobs, and what the desk does with one that failed."""

import time
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from academy.db import now, session, table_of, transaction, writing
from academy.lib import jobs
from academy.lib.broker import answers
from academy.queues import QUEUE_OF, SLOW, queue_of
from academy.security import audit
from academy.site.models import JobRun, key_of
from academy.timetable import NOT_BY_HAND, TIMETABLE

#: A look of the timetable is noted so often at most, while all goes well; seconds.
SELDOM = 5.0
#: How long what went well, or was put aside, stays; and what failed and nobody looked at.
KEPT, KEPT_FAILURES = timedelta(days=30), timedelta(days=180)
#: What the desk's live pages are told: the part of the page that has changed.
LIVE = "timetable"
BY_TIMETABLE = frozenset(entry["task"] for entry in TIMETABLE.values())

_noted: dict[str, float] = {}
_RUNS = table_of(JobRun)
#: Both know "on conflict", in the same words; the common parent of their types does not.
_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class NothingToRetryError(Exception):
    """The job went well by now, or was put aside, or is not there any more."""


class UnknownJobError(Exception):
    """This release has no such job, or none that is run by hand."""


class QueueAwayError(Exception):
    """Redis does not answer, so nobody can be asked."""


def note_run(run: jobs.Run) -> None:
    """Keep what became of a job: the newest run of each, with its newest failure.

    Of what people wait for in great numbers only failures are kept, and that they went well then.
    """
    key = key_of(run.task, run.arguments)
    if run.error:
        _noted.pop(key, None)
    elif not _is_worth_a_row(run, key):
        return
    with transaction() as current:
        current.execute(_written(run, key))
        jobs.announce("job.changed", jobs.DESK, id=LIVE)


def _is_worth_a_row(run: jobs.Run, key: str) -> bool:
    if run.task not in BY_TIMETABLE:
        return queue_of(run.task) is SLOW or _has_failed(key)
    if time.monotonic() - _noted.get(key, float("-inf")) < SELDOM:
        return False
    _noted[key] = time.monotonic()
    return True


def _has_failed(key: str) -> bool:
    """Look without taking SQLite's only lock."""
    intent = writing.set(False)
    try:
        failed = select(JobRun.id).where(JobRun.key == key, JobRun.outcome == "failed")
        found = session.scalar(failed)
        session.commit()
    finally:
        writing.reset(intent)
    return found is not None


def _written(run: jobs.Run, key: str) -> Any:
    values: dict[str, Any] = {
        "started_at": run.started_at, "ended_at": run.ended_at,
        "outcome": "failed" if run.error else "ran", "failures": 1 if run.error else 0,
    }  # fmt: skip
    if run.error:
        values |= {"error": run.error, "failed_at": run.ended_at, "dismissed_at": None}
    first = {
        "key": key, "task": run.task, "arguments": list(run.arguments),
        "queue": queue_of(run.task).name, "error": "",
    }  # fmt: skip
    again = values | ({"failures": _RUNS.c.failures + 1} if run.error else {})
    insert = _INSERTS[session.get_bind().dialect.name](_RUNS).values(first | values)
    return insert.on_conflict_do_update(index_elements=["key"], set_=again)


def retry_job(run_id: int, retried_by: int, redis_url: str) -> None:
    """Ask once more for a job that failed, with the same arguments; twice does no harm.

    Raises NothingToRetryError, UnknownJobError, QueueAwayError; then nothing was changed.
    """
    _demand_queue(redis_url)
    with transaction() as current:
        run = _load_failed(run_id)
        if run.task not in QUEUE_OF:
            raise UnknownJobError
        run.retried_at = now()
        audit.note("job.retry", f"job:{run.id}", actor_id=retried_by, task=run.task)
        current.flush()
        jobs.ask_for(run.task, *run.arguments)


def run_now(task: str, asked_by: int, redis_url: str) -> None:
    """Ask at once for what the timetable asks for later.

    Raises UnknownJobError, QueueAwayError; then nothing was asked.
    """
    if task not in BY_TIMETABLE or task in NOT_BY_HAND:
        raise UnknownJobError
    _demand_queue(redis_url)
    with transaction():
        audit.note("job.run", f"job:{task}", actor_id=asked_by)
        jobs.ask_for(task)


def _demand_queue(redis_url: str) -> None:
    if redis_url and not answers(redis_url):
        raise QueueAwayError


def _load_failed(run_id: int) -> JobRun:
    run = session.get(JobRun, run_id, with_for_update=True, populate_existing=True)
    if run is None or run.outcome != "failed" or run.dismissed_at is not None:
        raise NothingToRetryError
    return run


def dismiss_failure(run_id: int, dismissed_by: int) -> None:
    """Put a failure aside; it comes back when the job fails again.

    Raises NothingToRetryError.
    """
    with transaction():
        run = _load_failed(run_id)
        run.dismissed_at = now()
        audit.note("job.dismiss", f"job:{run.id}", actor_id=dismissed_by, task=run.task)


def bring_back(run_id: int, brought_by: int) -> None:
    """Undo `dismiss_failure`; raises NothingToRetryError where there is nothing to undo."""
    back = update(JobRun).where(JobRun.id == run_id, JobRun.dismissed_at.is_not(None))
    with transaction() as current:
        if not current.execute(back.values(dismissed_at=None)).rowcount:  # type: ignore[attr-defined]
            raise NothingToRetryError
        audit.note("job.undismiss", f"job:{run_id}", actor_id=brought_by)


def forget_old_runs(moment: datetime | None = None) -> int:
    """Delete rows that nobody asks about any more; return how many."""
    today = moment or now()
    old = or_(
        JobRun.ended_at < today - KEPT_FAILURES,
        and_(
            JobRun.ended_at < today - KEPT,
            or_(JobRun.outcome == "ran", JobRun.dismissed_at.is_not(None)),
        ),
    )
    with transaction() as current:
        return len(current.execute(delete(JobRun).where(old).returning(JobRun.id)).all())
