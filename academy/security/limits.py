"""Rate limits: kept in Redis, in the process where Redis is out of reach."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from academy.config import Settings

limiter = Limiter(key_func=get_remote_address, default_limits=[], headers_enabled=True)


def limit_rates(app: Flask, settings: Settings) -> None:
    """Connect the limits that views declare with @limiter.limit to their storage."""
    app.config.setdefault("RATELIMIT_STORAGE_URI", settings.redis_url or "memory://")
    app.config.setdefault(
        "RATELIMIT_STORAGE_OPTIONS",
        {"socket_connect_timeout": 1, "socket_timeout": 1} if settings.redis_url else {},
    )
    app.config.setdefault("RATELIMIT_IN_MEMORY_FALLBACK_ENABLED", True)
    limiter.init_app(app)
