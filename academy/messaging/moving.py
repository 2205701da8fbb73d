"""Telling the desk that messages have moved, and not more often than eyes can follow."""

import threading
import time

from academy.lib.jobs import DESK, announce

#: So long, in seconds, nothing more is said of one thing; whoever looks on asks now and then.
MOMENT = 1.0
#: What the outbox is called by the page that follows it.
OUTBOX = "outbox"
_said_at: dict[str, float] = {}
_said_lock = threading.Lock()


def tell_now_and_then(what: str) -> None:
    """Say that this has moved, unless that was just said; the browser asks how."""
    if _is_news(what):
        announce("job.changed", DESK, id=what)


def _is_news(what: str) -> bool:
    at = time.monotonic()
    with _said_lock:
        if at - _said_at.get(what, -MOMENT) < MOMENT:
            return False
        _said_at[what] = at
    return True
