"""Signs of life in Redis: of every worker, of every beat, and of the way from one to the other.

`python -m academy.lib.signs` exits with 0 while a job of the timetable was run within the last
minutes, which takes a beat, Redis and a worker. With `urgent`, `slow` or `beat` it asks for a
worker of that queue, or a beat. The compose file asks it.
"""

import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from academy.config import Settings
from academy.lib.broker import open_broker

KEY = "academy:worker-seen"
#: name of the process → what it says of itself.
WORKERS, BEATS = "academy:workers", "academy:beats"
#: task → when a beat asked for it last.
ASKED = "academy:asked"
#: Workers and beats say so every so many seconds that they are there.
PULSE_SECONDS = 15
#: Two ticks of beat and a little patience.
FRESH = timedelta(seconds=150)
#: A process that says nothing for so long is gone; long after that nobody asks about it.
ALIVE, KEPT = timedelta(seconds=60), timedelta(minutes=30)


def leave_sign(redis_url: str, moment: datetime) -> None:
    """Note in the broker that a worker ran a task at `moment`."""
    with open_broker(redis_url, 2) as broker:
        broker.set(KEY, moment.isoformat())


def find_sign(redis_url: str) -> datetime | None:
    """Return when a worker last ran a task, or None where none ever did."""
    with open_broker(redis_url, 2) as broker:
        value = broker.get(KEY)
    return datetime.fromisoformat(value.decode()) if isinstance(value, bytes) else None


def is_fresh(redis_url: str, moment: datetime) -> bool:
    """Whether beat, broker and worker were all at work within the last minutes."""
    sign = find_sign(redis_url)
    return sign is not None and moment - sign < FRESH


def say_alive(redis_url: str, key: str, name: str, **facts: str | int) -> None:
    """Note that the process `name` is there now, with public facts about it."""
    words = json.dumps({**facts, "seen_at": datetime.now(UTC).isoformat()})
    with open_broker(redis_url) as broker:
        broker.hset(key, name, words)
        broker.expire(key, KEPT)


def say_goodbye(redis_url: str, key: str, name: str) -> None:
    """Note that the process `name` ends."""
    with open_broker(redis_url) as broker:
        broker.hdel(key, name)


def note_asked(redis_url: str, task: str) -> None:
    """Note that a beat has just asked for `task`."""
    with open_broker(redis_url) as broker:
        broker.hset(ASKED, task, datetime.now(UTC).isoformat())


def has_living(redis_url: str, key: str, moment: datetime, queue: str = "") -> bool:
    """Whether a worker (of `queue`, if one is named) or a beat is alive at `moment`."""
    with open_broker(redis_url, 2) as broker:
        found = [json.loads(words) for words in broker.hvals(key)]
    return any(
        moment - datetime.fromisoformat(each["seen_at"]) < ALIVE
        and queue in {"", each.get("queue", "")}
        for each in found
    )


def check(what: str, redis_url: str, moment: datetime) -> bool:
    """Answer the question of a health check: "" (the whole way), "beat", or a queue's name."""
    checks: dict[str, Callable[[], bool]] = {
        "": lambda: is_fresh(redis_url, moment),
        "beat": lambda: has_living(redis_url, BEATS, moment),
    }
    asked = checks.get(what, lambda: has_living(redis_url, WORKERS, moment, what))
    return asked()


if __name__ == "__main__":
    url = Settings.from_environment(os.environ).redis_url
    sys.exit(0 if check("".join(sys.argv[1:2]), url, datetime.now(UTC)) else 1)
