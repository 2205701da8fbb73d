"""Jobs without a queue: one thread of the web process does what worker and beat do elsewhere.

Only for the embedded way on a system for which there is no Valkey and no Redis.
"""

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from celery import Celery

from academy import db
from academy.timetable import TIMETABLE

log = logging.getLogger(__name__)


class JobsInThisProcess:
    """Runs one job after the other, and asks for what the timetable says."""

    def __init__(self, celery: Celery) -> None:
        self._tasks = celery.tasks
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="jobs")
        self._due_at = dict.fromkeys(TIMETABLE, 0.0)

    def send(self, job: str, arguments: tuple[int | str, ...]) -> None:
        """Run the task of that name soon. Raises KeyError for a name that no area declares."""
        task = self._tasks[job]
        self._executor.submit(self._run, task.run, arguments)

    def _run(self, body: object, arguments: tuple[int | str, ...]) -> None:
        try:
            if callable(body):
                body(*arguments)
        except Exception:
            log.exception("a job failed; the next sweep tries again")
        finally:
            db.session.remove()

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
