"""How many have a thread open now: counted in Redis over all processes, else in this one."""

from contextlib import suppress
from time import time
from typing import Protocol

import redis

from academy.lib.broker import open_broker

#: A browser says so often, in seconds, that it is still there.
PULSE_SECONDS = 60
#: Who said nothing for so long is counted no more: a process may have died with its connections.
GONE_AFTER = 2 * PULSE_SECONDS + 30


class Readers(Protocol):
    """Counts the open browsers of each thread; the number is shown, nothing hangs on it."""

    def come(self, thread_id: int, browser: str) -> None:
        """Note that a browser has the thread open, still or again."""

    def leave(self, thread_id: int, browser: str) -> None:
        """Note that it has not any more."""

    def count(self, thread_id: int) -> int:
        """Return how many have it open."""


def open_readers(redis_url: str) -> Readers:
    """Return the count that all processes share, or one of this process where there is no Redis."""
    return SharedReaders(redis_url) if redis_url else OwnReaders()


class OwnReaders:
    """The count of one process."""

    def __init__(self) -> None:
        self._browsers: dict[int, set[str]] = {}

    def come(self, thread_id: int, browser: str) -> None:
        """Note that a browser has the thread open."""
        self._browsers.setdefault(thread_id, set()).add(browser)

    def leave(self, thread_id: int, browser: str) -> None:
        """Forget the browser, and the thread with its last one."""
        browsers = self._browsers.get(thread_id, set())
        browsers.discard(browser)
        if not browsers:
            self._browsers.pop(thread_id, None)

    def count(self, thread_id: int) -> int:
        """Return how many have it open in this process."""
        return len(self._browsers.get(thread_id, ()))


class SharedReaders:
    """The count of all processes: a sorted set of connections by when they last spoke.

    Where Redis does not answer nobody waits for it: the count is left out (0).
    """

    def __init__(self, redis_url: str) -> None:
        self._broker = open_broker(redis_url)

    def come(self, thread_id: int, browser: str) -> None:
        """Note that a browser has the thread open now."""
        key = _key(thread_id)
        with suppress(redis.RedisError), self._broker.pipeline() as steps:
            steps.zadd(key, {browser: time()})
            steps.expire(key, GONE_AFTER)
            steps.execute()

    def leave(self, thread_id: int, browser: str) -> None:
        """Forget the browser."""
        with suppress(redis.RedisError):
            self._broker.zrem(_key(thread_id), browser)

    def count(self, thread_id: int) -> int:
        """Return how many spoke lately; who did not is forgotten."""
        key = _key(thread_id)
        with suppress(redis.RedisError), self._broker.pipeline() as steps:
            steps.zremrangebyscore(key, 0, time() - GONE_AFTER)
            steps.zcard(key)
            return int(steps.execute()[-1])
        return 0


def _key(thread_id: int) -> str:
    return f"academy:thread-readers:{thread_id}"
