"""Telling the desk that an announcement has moved, and not more often than eyes can follow."""

import threading
import time
from collections.abc import Collection

from academy.lib.jobs import DESK, announce
from academy.reminders.announcements.models import read_occasion

#: So long, in seconds, one announcement says nothing more; whoever looks on asks now and then.
MOMENT = 1.0
_said_at: dict[int, float] = {}
_said_lock = threading.Lock()


def follow(occasions: Collection[str]) -> None:
    """Say which announcements have moved; a worker tells after each batch."""
    for number in sorted({read_occasion(one) for one in occasions}):
        if _is_news(number):
            tell(number)


def tell(number: int) -> None:
    """Say that an announcement has moved."""
    announce("job.changed", DESK, id=f"announcement:{number}")


def _is_news(number: int) -> bool:
    at = time.monotonic()
    with _said_lock:
        if at - _said_at.get(number, -MOMENT) < MOMENT:
            return False
        _said_at[number] = at
    return True
