"""Celery's edge of the reminders."""

from celery import shared_task

from academy.reminders import service


@shared_task(name="reminder.plan")
def plan() -> None:
    """Plan the reminders of the live sessions that are near."""
    service.plan_reminders()


@shared_task(name="follow_up.plan")
def plan_follow_ups() -> None:
    """Plan what is told after live sessions of which it is known who came."""
    service.plan_follow_ups()
