"""Rate limits: kept in Redis, in the process where Redis is out of reach."""

from collections.abc import Callable
from http import HTTPStatus
from time import time
from typing import TypeVar

from flask import Flask, Response, render_template, request
from flask_limiter import Limiter, RequestLimit
from flask_limiter.util import get_remote_address
from flask_login import current_user

from academy.config import Settings
from academy.security.input import TYPED, what_was_typed

View = TypeVar("View", bound=Callable[..., object])

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


def at_most(rate: str) -> Callable[[View], View]:
    """Let one person, or one address of somebody not signed in, send a form so often.

    By person, for a village shares one address. Whoever is too fast gets back what they typed,
    with the seconds to wait, before anything of it is looked at.
    """
    limited: Callable[[View], View] = limiter.limit(
        rate, key_func=whoever, methods=["POST"], on_breach=give_back
    )
    return limited


def whoever() -> str:
    """Return what a limit counts by: the person, else the address."""
    is_known = current_user.is_authenticated
    return f"person-{current_user.id}" if is_known else get_remote_address()


def give_back(limit: RequestLimit) -> Response:
    """Return the page with what was typed in its boxes, to be sent again in a while."""
    seconds = max(1, round(limit.reset_at - time()))
    sent = {name: value for name, value in request.form.items() if name != "csrf_token"}
    page = render_template(
        "errors/wait.html", seconds=seconds, action=request.full_path.rstrip("?"),
        typed=what_was_typed(),
        unseen={name: value for name, value in sent.items() if name not in TYPED},
    )  # fmt: skip
    return Response(page, HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": str(seconds)})


def _say_when_to_come_back(response: Response) -> Response:
    """Give Retry-After where it helps; on every answer it would cost two questions to Redis."""
    limit = limiter.current_limit
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS and limit is not None:
        seconds = max(1, round(limit.reset_at - time()))
        response.headers.setdefault("Retry-After", str(seconds))
    return response
