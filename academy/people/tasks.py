"""Celery's edge of people: forgetting what is over."""

from celery import shared_task

from academy.people.service.housekeeping import forget_what_is_over


@shared_task(name="sign_in.forget")
def forget() -> None:
    """Delete spent links, old counters and sign-ins long over; running twice changes nothing."""
    forget_what_is_over()
