"""Hands jobs and broadcasts over in a thread of its own, so that no page waits for the broker."""

import logging
import queue
import threading
from collections.abc import Callable
from functools import partial
from typing import ParamSpec

log = logging.getLogger(__name__)
Facts = ParamSpec("Facts")

#: What waits beyond this is let go of: the sweep finds the row, and a page shows it when reloaded.
MOST_WAITING = 1_000


class Courier:
    """Does one thing after the other, in the order in which they were given to it.

    A broker that takes everything and answers nothing would hold each page until it gives up.
    """

    def __init__(self) -> None:
        self._waiting: queue.Queue[Callable[[], object]] = queue.Queue(MOST_WAITING)
        self._beginning = threading.Lock()
        self._thread: threading.Thread | None = None

    def carrying(self, step: Callable[Facts, object]) -> Callable[Facts, None]:
        """Return a function that lets `step` be done soon, with what it was given."""

        def hand(*facts: Facts.args, **named: Facts.kwargs) -> None:
            self._take(partial(step, *facts, **named))

        return hand

    def _take(self, step: Callable[[], object]) -> None:
        self._begin()
        try:
            self._waiting.put_nowait(step)
        except queue.Full:
            log.warning("the broker is too slow: a job or a broadcast was not handed over")

    def _begin(self) -> None:
        """Start with the first one: a server may fork after the app was made, and threads stay."""
        with self._beginning:
            if self._thread is None:
                self._thread = threading.Thread(target=self._carry, daemon=True, name="courier")
                self._thread.start()

    def _carry(self) -> None:
        while True:
            step = self._waiting.get()
            try:
                step()
            except Exception:
                log.exception("the broker did not take a job or a broadcast")
