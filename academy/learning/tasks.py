"""Celery's edge of learning: a look every hour for courses that are completed by now."""

from celery import shared_task

from academy.learning.completions import complete_all


@shared_task(name="course.complete")
def complete_courses() -> None:
    """Write down completions that a live session or a changed course brought."""
    complete_all()
