"""Rate limits: kept in Redis, in the process where Redis is out of reach."""

from http import HTTPStatus
from time import time

from flask import Flask, Response
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from academy.config import Settings

limiter = Limiter(key_func=get_remote_address, default_limits=[])


def limit_rates(app: Flask, settings: Settings) -> None:
    """Connect the limits that views declare with @limiter.limit to their storage."""
    app.config.setdefault("RATELIMIT_STORAGE_URI", settings.redis_url or "memory://")
    app.config.setdefault(
        "RATELIMIT_STORAGE_OPTIONS",
        {"socket_connect_timeout": 1, "socket_timeout": 1} if settings.redis_url else {},
    )
    app.config.setdefault("RATELIMIT_IN_MEMORY_FALLBACK_ENABLED", True)
    limiter.init_app(app)
    app.after_request(_say_when_to_come_back)


def _say_when_to_come_back(response: Response) -> Response:
    """Give Retry-After where it helps; on every answer it would cost two questions to Redis."""
    limit = limiter.current_limit
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS and limit is not None:
        seconds = max(1, round(limit.reset_at - time()))
        response.headers.setdefault("Retry-After", str(seconds))
    return response
