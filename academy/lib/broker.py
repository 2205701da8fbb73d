"""The one way in which pages, signs and checks ask Redis: shortly, and once."""

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

#: A page that asks a broker which is away has to be there within a second.
PATIENCE = 0.4


def open_broker(url: str, seconds: float = PATIENCE) -> redis.Redis:
    """Return a client that waits so long for the connection, so long for an answer, no longer.

    The library itself would try four times. Asking it raises redis.RedisError.
    """
    return redis.Redis.from_url(
        url, socket_connect_timeout=seconds, socket_timeout=seconds, retry=Retry(NoBackoff(), 0)
    )


def answers(url: str, seconds: float = PATIENCE) -> bool:
    """Whether Redis is there and takes what it is given."""
    try:
        with open_broker(url, seconds) as broker:
            broker.ping()
    except redis.RedisError:
        return False
    return True
