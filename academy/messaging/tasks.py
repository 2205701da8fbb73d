"""Celery's edge of messaging: send one message, and look every minute for what is due."""

from celery import shared_task

from academy.messaging import service


@shared_task(name="message.deliver")
def deliver(message_id: int) -> None:
    """Send one message of the ledger; harmless when somebody else already does."""
    service.deliver(message_id)


@shared_task(name="message.sweep")
def sweep() -> None:
    """Send what is due and was not sent, whatever became of the queue."""
    service.deliver_due()


@shared_task(name="notice.gather")
def gather() -> None:
    """Put news whose hour has come into one mail per person, and note what was told."""
    service.settle_notices()
    service.plan_digests()


@shared_task(name="notice.forget")
def forget() -> None:
    """Delete the notices that are long over."""
    service.forget_notices()
