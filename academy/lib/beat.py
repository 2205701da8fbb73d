"""The clock of Celery beat: it looks at once for what became due while it was away."""

from datetime import timedelta

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
