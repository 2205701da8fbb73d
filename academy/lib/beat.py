"""The clock of Celery beat: one of several asks, and at once for what became due while away."""

import logging
import os
import socket
import time
from contextlib import suppress
from datetime import timedelta
from typing import Any

import redis
from celery.beat import Scheduler
from celery.schedules import crontab

from academy.lib import signs
from academy.lib.broker import open_broker

log = logging.getLogger(__name__)

LEASE = "academy:beat-lease"
#: So long the others wait for a beat that died.
LEASE_SECONDS = 15
#: How often the lease is taken anew, and others look whether it has become free.
LOOK_SECONDS = 4
#: Smaller differences between the clock and what has passed since are corrections, and harmless.
SECONDS_OF_A_STEP = 10


class PromptScheduler(Scheduler):  # type: ignore[misc]  # Celery has no types
    """Keeps its times in memory and asks for every regular job as soon as it starts.

    Celery's own scheduler waits a whole interval first and keeps its times in a pickle. Every job
    looks into the database for what is due, so asking once too often costs nothing, and a late
    reminder should not wait another minute after a restart.

    Of several beats the one that holds a lease in Redis asks, the others stand by. That spares
    work and no more: were the lease lost, each job would be asked for twice, and do nothing the
    second time.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin without the lease."""
        self._looked_at, self._asks = float("-inf"), False
        super().__init__(*args, **kwargs)
        self._url: str = self.app.conf.broker_url
        self._name = self.app.conf.get("academy_beat") or f"{socket.gethostname()}:{os.getpid()}"

    def setup_schedule(self) -> None:
        """Take the timetable and let the jobs that run every so many minutes be due now."""
        super().setup_schedule()
        for entry in self.data.values():
            if not isinstance(entry.schedule, crontab):
                entry.last_run_at = entry.default_now() - timedelta(days=1)
        self._offset = _offset_of_the_clock()

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Ask for what is due, if it is this beat that asks; return the seconds to wait."""
        if time.monotonic() - self._looked_at >= LOOK_SECONDS:
            self._looked_at = time.monotonic()
            self._asks = self._take_lease()
        self._follow_the_clock()
        wait: float = super().tick(*args, **kwargs) if self._asks else LOOK_SECONDS
        return min(wait or 0, LOOK_SECONDS)

    def _follow_the_clock(self) -> None:
        """Let everything be due where the clock was set back or forth meanwhile.

        Celery's own scheduler would stand still until the clock is again where it was.
        """
        if abs(_offset_of_the_clock() - self._offset) > SECONDS_OF_A_STEP:
            self.setup_schedule()
            self._heap = None

    def _take_lease(self) -> bool:
        """Take the lease or keep it; without Redis there is nobody to ask, and none is needed."""
        try:
            with open_broker(self._url) as broker:
                free = broker.set(LEASE, self._name, nx=True, ex=LEASE_SECONDS)
                ours = free or broker.get(LEASE) == self._name.encode()
                if ours:
                    broker.expire(LEASE, LEASE_SECONDS)
            role = "asks" if ours else "stands by"
            signs.say_alive(self._url, signs.BEATS, self._name, role=role)
        except redis.RedisError:
            log.warning("Redis does not answer: beat asks for nothing and tries again")
            return False
        return bool(ours)

    def apply_async(self, entry: Any, *args: Any, **kwargs: Any) -> Any:
        """Ask for one job and leave a note of it for the desk."""
        answer = super().apply_async(entry, *args, **kwargs)
        with suppress(redis.RedisError):
            signs.note_asked(self._url, entry.task)
        return answer

    def close(self) -> None:
        """Let another beat ask at once."""
        with suppress(redis.RedisError):
            self._give_lease_back()
        super().close()

    def _give_lease_back(self) -> None:
        with open_broker(self._url) as broker:
            if broker.get(LEASE) == self._name.encode():
                broker.delete(LEASE)
        signs.say_goodbye(self._url, signs.BEATS, self._name)


def _offset_of_the_clock() -> float:
    """Return by how much the clock is before what only ever goes forward."""
    return time.time() - time.monotonic()
