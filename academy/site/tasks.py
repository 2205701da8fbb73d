"""Celery's edge of the site: a sign that all are at work, and notes that grow old."""

import os
from datetime import UTC, datetime

from celery import shared_task

from academy.config import Settings
from academy.lib import signs
from academy.site.service import forget_old_runs


@shared_task(name="worker.leave_sign")
def leave_sign() -> None:
    """Let health checks and `academy doctor` see that a worker runs tasks."""
    signs.leave_sign(Settings.from_environment(os.environ).redis_url, datetime.now(UTC))


@shared_task(name="job.forget")
def forget_runs() -> None:
    """Delete notes of jobs that ran long ago; running twice changes nothing."""
    forget_old_runs()
