"""Signs of life: the worker leaves one every minute, and health checks ask how old it is.

`python -m academy.lib.signs` exits with 0 while the sign is fresh; the compose file asks it.
"""

import os
import sys
from datetime import UTC, datetime, timedelta

import redis

from academy.config import Settings

KEY = "academy:worker-seen"
#: Two ticks of beat and a little patience.
FRESH = timedelta(seconds=150)


def leave_sign(redis_url: str, moment: datetime) -> None:
    """Note in the broker that a worker ran a task at `moment`."""
    with redis.Redis.from_url(redis_url, socket_timeout=2, socket_connect_timeout=2) as broker:
        broker.set(KEY, moment.isoformat())


def find_sign(redis_url: str) -> datetime | None:
    """Return when a worker last ran a task, or None where none ever did."""
    with redis.Redis.from_url(redis_url, socket_timeout=2, socket_connect_timeout=2) as broker:
        value = broker.get(KEY)
    return datetime.fromisoformat(value.decode()) if isinstance(value, bytes) else None


def is_fresh(redis_url: str, moment: datetime) -> bool:
    """Whether beat, broker and worker were all at work within the last minutes."""
    sign = find_sign(redis_url)
    return sign is not None and moment - sign < FRESH


if __name__ == "__main__":
    url = Settings.from_environment(os.environ).redis_url
    sys.exit(0 if is_fresh(url, datetime.now(UTC)) else 1)
