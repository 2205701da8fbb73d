"""Celery's edge of the library: a look every day for pictures that nobody uses."""

from celery import shared_task

from academy.library import sweeping


@shared_task(name="picture.sweep")
def sweep_pictures() -> None:
    """Delete pictures that were given and that no case names."""
    sweeping.sweep_pictures()
