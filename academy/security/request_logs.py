"""One line of the log for each request in production, and an id for each request everywhere."""

import secrets
from time import perf_counter

import structlog
from flask import Flask, Response, g, request

from academy.config import Settings

log = structlog.get_logger("academy.request")


def follow_requests(app: Flask, settings: Settings) -> None:
    """Give each request an id, answer with it, and in production write a line for each."""

    @app.before_request
    def begin() -> None:
        g.request_id, g.began = secrets.token_hex(8), perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.get("request_id", "")
        if not settings.is_embedded:
            _write(response)
        return response


def _write(response: Response) -> None:
    # The pattern of the address, not the address: a link's secret stands in some.
    log.info(
        "request",
        method=request.method,
        route=request.url_rule.rule if request.url_rule else "none",
        status=response.status_code,
        milliseconds=round((perf_counter() - g.get("began", perf_counter())) * 1000),
    )
