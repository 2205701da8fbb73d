"""Celery's edge of attendance: import stored files, and look every minute for forgotten ones."""

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


@shared_task(name="attendance_offer.recognise")
def recognise(offered_id: int) -> None:
    """Look at one large file that was given to the desk."""
    service.recognise(offered_id)


@shared_task(name="attendance_offer.sweep")
def sweep_offers() -> None:
    """Look at files that no worker took, and forget those that nobody came back for."""
    service.sweep_offers()
