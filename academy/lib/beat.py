"""The clock of Celery beat: it looks at once for what became due while it was away."""

import time
from datetime import timedelta
from typing import Any

from celery.beat import Scheduler
from celery.schedules import crontab


class PromptScheduler(Scheduler):  # type: ignore[misc]  # Celery has no types
    """Keeps its times in memory and asks for every regular job as soon as it starts.

    Celery's own scheduler waits a whole interval first and keeps its times in a pickle. Every job
    looks into the database for what is due, so asking once too often costs nothing, and a late
    reminder should not wait another minute after a restart.
    """

    def setup_schedule(self) -> None:
        """Take the timetable and let the jobs that run every so many minutes be due now."""
        super().setup_schedule()
        for entry in self.data.values():
            if not isinstance(entry.schedule, crontab):
                entry.last_run_at = entry.default_now() - timedelta(days=1)
        self._offset = _offset_of_the_clock()

    def tick(self, *arguments: Any, **options: Any) -> float:
        """Ask for one job that is due; return in how many seconds to come again.

        Where the clock was set back or forth meanwhile, everything is due: Celery's own scheduler
        would stand still until the clock is again where it was.
        """
        offset = _offset_of_the_clock()
        if abs(offset - self._offset) > SECONDS_OF_A_STEP:
            self.setup_schedule()
            self._heap = None
        return float(super().tick(*arguments, **options))


#: Smaller differences between the clock and what has passed since are corrections, and harmless.
SECONDS_OF_A_STEP = 10


def _offset_of_the_clock() -> float:
    """Return by how much the clock is before what only ever goes forward."""
    return time.time() - time.monotonic()
