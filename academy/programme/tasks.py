"""Celery's edge of the programme: files of registrations, and people whose time is over."""

from celery import shared_task

from academy.db import empty_the_journal
from academy.programme import registration_import
from academy.programme.service import retention


@shared_task(name="registration_import.run")
def run(import_id: int) -> None:
    """Import one kept file; harmless when it was imported already."""
    registration_import.run_import(import_id)


@shared_task(name="registration_import.sweep")
def sweep() -> None:
    """Import what no worker has taken or finished."""
    registration_import.sweep_imports()


@shared_task(name="privacy.run")
def run_privacy() -> None:
    """Warn of and forget people whose time is over, and empty files; twice changes nothing."""
    retention.run_retention()
    retention.drop_files()
    empty_the_journal()
