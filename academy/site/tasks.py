"""Celery's edge of the site: a sign that beat, broker and worker are at work."""

import os
from datetime import UTC, datetime

from celery import shared_task

from academy.config import Settings
from academy.lib import signs


@shared_task(name="worker.leave_sign")
def leave_sign() -> None:
    """Let health checks and `academy doctor` see that a worker runs tasks."""
    signs.leave_sign(Settings.from_environment(os.environ).redis_url, datetime.now(UTC))
