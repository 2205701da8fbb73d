"""Telling the desk that an announcement has moved, and not more often than eyes can follow."""

from collections.abc import Collection

from academy.lib.jobs import DESK, announce
from academy.messaging.moving import tell_now_and_then
from academy.reminders.announcements.models import read_occasion


def follow(occasions: Collection[str]) -> None:
    """Say which announcements have moved; a worker tells after each batch."""
    for number in sorted({read_occasion(one) for one in occasions}):
        tell_now_and_then(f"announcement:{number}")


def tell(number: int) -> None:
    """Say that an announcement has moved."""
    announce("job.changed", DESK, id=f"announcement:{number}")
