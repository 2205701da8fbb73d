"""Jobs without a queue: threads of the web process do what workers and beat do elsewhere.

Only for the embedded way on a system for which there is no Valkey and no Redis.
"""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from celery import Celery

from academy import db
from academy.lib.jobs import Run
from academy.lib.runs import Noter, describe, tell
from academy.queues import QUEUES, queue_of
from academy.timetable import TIMETABLE

log = logging.getLogger(__name__)


def _note_nothing(_run: Run) -> None:
    """Leave no note."""


class JobsInThisProcess:
    """Runs one job of each queue after the other, and asks for what the timetable says."""

    def __init__(self, celery: Celery, note: Noter = _note_nothing) -> None:
        self._tasks, self._note = celery.tasks, note
        self._threads = {
            name: ThreadPoolExecutor(max_workers=1, thread_name_prefix=name) for name in QUEUES
        }
        self._due_at = dict.fromkeys(TIMETABLE, 0.0)

    def send(self, job: str, arguments: tuple[int | str, ...]) -> None:
        """Run the task of that name soon. Raises KeyError for a name that no area declares."""
        task = self._tasks[job]
        self._threads[queue_of(job).name].submit(self._run, job, task.run, arguments)

    def _run(self, job: str, body: Callable[..., object], arguments: tuple[int | str, ...]) -> None:
        began, error = datetime.now(UTC), ""
        try:
            body(*arguments)
        except Exception as failure:
            log.exception("a job failed; the next sweep tries again")
            error = describe(failure)
        finally:
            db.session.remove()
        tell(self._note, job, arguments, began, error)

    def keep_time(self) -> None:
        """Ask for the jobs of the timetable from now on, in a thread that ends with the process."""
        threading.Thread(target=self._tick_for_ever, daemon=True, name="timetable").start()

    def _tick_for_ever(self) -> None:
        while True:
            self.tick(time.monotonic())
            time.sleep(5)

    def tick(self, moment: float) -> None:
        """Send the jobs that are due at `moment` (a reading of the monotonic clock)."""
        for name, entry in TIMETABLE.items():
            if moment >= self._due_at[name]:
                self._due_at[name] = moment + entry["schedule"].total_seconds()
                if not entry["task"].startswith("worker."):
                    self.send(entry["task"], ())
