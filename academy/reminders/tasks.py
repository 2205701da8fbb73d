"""Celery's edge of the reminders."""

from celery import shared_task

from academy.reminders import service


@shared_task(name="reminder.plan")
def plan() -> None:
    """Plan the reminders of the live sessions that are near."""
    service.plan_reminders()
