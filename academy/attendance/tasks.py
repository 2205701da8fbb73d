"""Celery's edge of attendance: the jobs, and a look every minute for forgotten ones."""

import importlib
from typing import Any

from celery import shared_task

from academy.attendance import service
from academy.attendance.objections import news as objection_news
from academy.attendance.service.recomputes import open_recomputes


@shared_task(name="attendance_import.run")
def run(import_id: int) -> None:
    """Import one stored file; harmless when another worker already does."""
    service.run_import(import_id)


@shared_task(name="attendance_import.sweep")
def sweep() -> None:
    """Import what no worker has taken or finished."""
    service.sweep_imports()


@shared_task(name="listening_point.sweep")
def sweep_points() -> None:
    """Count the people of listening points whose time has begun, or is over."""
    service.sweep_points()


@shared_task(name="objection.tell")
def tell_of_objections() -> None:
    """Tell whoever answers objections that some are new, an hour's together."""
    objection_news.tell_of_objections()


@shared_task(name="recompute.run")
def run_recompute(recompute_id: int) -> None:
    """Compute a series anew; harmless when another worker already does."""
    _running().run_recompute(recompute_id)


@shared_task(name="recompute.sweep")
def sweep_recomputes() -> None:
    """Compute anew what no worker has taken or finished."""
    if open_recomputes():
        _running().sweep_recomputes()


def _running() -> Any:
    """Import numpy with the first recomputation only: it would cost every process its memory."""
    return importlib.import_module("academy.attendance.recomputing.running")


@shared_task(name="attendance_offer.recognise")
def recognise(offered_id: int) -> None:
    """Look at one large file that was given to the desk."""
    service.recognise(offered_id)


@shared_task(name="attendance_offer.sweep")
def sweep_offers() -> None:
    """Look at files that no worker took, and forget those that nobody came back for."""
    service.sweep_offers()
