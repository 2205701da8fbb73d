"""Follows the runs of jobs: which, when, and what went wrong, in words without secrets."""

import logging
import re
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from celery import signals
from celery.exceptions import SoftTimeLimitExceeded, TimeLimitExceeded
from sqlalchemy.exc import DBAPIError

from academy import db
from academy.lib.jobs import Run
from academy.queues import queue_of
from academy.security.logs import CUT, SENSITIVE

log = logging.getLogger(__name__)

#: What a server repeats of a value stands in quotes.
QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
LONGEST_ERROR = 200
TOO_LONG = "took longer than its queue allows"


Noter = Callable[[Run], object]

#: The jobs that this process runs now: id → (task, arguments, since when).
_running: dict[str, tuple[str, tuple[int | str, ...], datetime]] = {}
_lock = threading.Lock()


def follow_runs(note: Noter) -> None:
    """Hand every run of a Celery task in this process to `note`, which can break none of them."""

    def begin(task_id: str, task: Any, args: Any, **_facts: object) -> None:
        with _lock:
            _running[task_id] = (task.name, tuple(args or ()), datetime.now(UTC))

    def went_well(sender: Any, **_facts: object) -> None:
        tell(note, sender.name, sender.request.args or (), _begun(sender.request.id))

    def failed(
        sender: Any, task_id: str, exception: BaseException, args: Any, **_facts: object
    ) -> None:
        tell(note, sender.name, args or (), _begun(task_id), describe(exception))

    for signal, step in (
        (signals.task_prerun, begin), (signals.task_success, went_well),
        (signals.task_failure, failed),
    ):  # fmt: skip
        signal.connect(step, weak=False)


def _begun(task_id: str) -> datetime:
    """Return when it began; of what ended with its process, nobody here knows it any more."""
    with _lock:
        return _running.pop(task_id, ("", (), datetime.now(UTC)))[2]


def tell(note: Noter, task: str, arguments: Any, started_at: datetime, error: str = "") -> None:
    """Note one run that has just ended; a note that cannot be written is only logged."""
    # What the job read before belongs to its own transaction.
    db.session.remove()
    try:
        note(Run(task, tuple(arguments), started_at, datetime.now(UTC), error))
    except Exception:
        log.exception("a run of %s could not be noted", task)
    finally:
        db.session.remove()


def find_overdue(moment: datetime) -> dict[str, Run]:
    """Return, by their ids, the runs that last here longer than the hard limit of their queue."""
    with _lock:
        running = dict(_running)
    return {
        number: Run(task, arguments, since, moment, TOO_LONG)
        for number, (task, arguments, since) in running.items()
        if (moment - since).total_seconds() > queue_of(task).hard_limit
    }


def describe(error: BaseException) -> str:
    """Say what went wrong and where, without a value: a message may hold names and addresses.

    The whole trace is in the log of the worker.
    """
    if isinstance(error, SoftTimeLimitExceeded | TimeLimitExceeded):
        return TOO_LONG
    words = f"{type(error).__name__}{_known_words(error)}{_place_of(error)}"
    return SENSITIVE.sub(CUT, words)[:LONGEST_ERROR]


def _known_words(error: BaseException) -> str:
    """Return the words of those that put no value of ours into them."""
    words = ""
    if isinstance(error, DBAPIError):
        words = QUOTED.sub("…", (str(error.orig).splitlines() or [""])[0])
    elif isinstance(error, OSError):
        words = error.strerror or ""
    return f": {words}" if words else ""


def _place_of(error: BaseException) -> str:
    """Return where in the academy it happened: the innermost line of ours."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/academy/" in frame.filename.replace("\\", "/")]
    if not ours:
        return ""
    file = ours[-1].filename.replace("\\", "/").rpartition("/academy/")[2]
    return f" (academy/{file}:{ours[-1].lineno})"
