"""The bus between the processes, through Redis: no Flask, for workers speak on it too."""

from redis.backoff import NoBackoff
from redis.retry import Retry
from socketio import RedisManager


def make_bus(redis_url: str, *, is_for_telling: bool = False) -> RedisManager:
    """Return the bus between the processes; `is_for_telling` makes one that hears nothing.

    A broker that is silent is given up after some seconds; listening waits for as long as it takes.
    """
    return RedisManager(  # type: ignore[no-untyped-call]
        redis_url, channel="academy-live", write_only=is_for_telling,
        redis_options={
            "socket_connect_timeout": 2, "socket_timeout": 2, "retry": Retry(NoBackoff(), 0),
        },
    )  # fmt: skip
