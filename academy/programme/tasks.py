"""Celery's edge of the programme: large files of registrations, and those left waiting."""

from celery import shared_task

from academy.programme import registration_import


@shared_task(name="registration_import.run")
def run(import_id: int) -> None:
    """Import one kept file; harmless when it was imported already."""
    registration_import.run_import(import_id)


@shared_task(name="registration_import.sweep")
def sweep() -> None:
    """Import what no worker has taken or finished."""
    registration_import.sweep_imports()
