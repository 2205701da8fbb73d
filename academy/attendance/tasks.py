"""Celery's edge of attendance: the jobs, and a look every minute for forgotten ones."""

import importlib
from typing import Any

from celery import shared_task

from academy.attendance import service


@shared_task(name="attendance_import.run")
def run(import_id: int) -> None:
    """Import one stored file; harmless when another worker already does."""
    service.run_import(import_id)


@shared_task(name="attendance_import.sweep")
def sweep() -> None:
    """Import what no worker has taken or finished."""
    service.sweep_imports()


@shared_task(name="recompute.run")
def run_recompute(recompute_id: int) -> None:
    """Compute a series anew; harmless when another worker already does."""
    _running().run_recompute(recompute_id)


@shared_task(name="recompute.sweep")
def sweep_recomputes() -> None:
    """Compute anew what no worker has taken or finished."""
    if service.open_recomputes():
        _running().sweep_recomputes()


def _running() -> Any:
    """Import numpy with the first recomputation only: it would cost every process its memory."""
    return importlib.import_module("academy.attendance.recomputing.running")
