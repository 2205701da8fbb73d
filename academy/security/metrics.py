"""Numbers about the process for Prometheus: requests by address, and how long they took.

Addresses are counted by their pattern ("/series/<slug>/"), so no slug, name or token becomes a
label.
"""

from collections.abc import Mapping
from time import perf_counter

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_1_0_0

registry = CollectorRegistry()
requests_answered = Counter(
    "academy_requests", "Requests answered.", ("method", "address", "status"), registry=registry
)
request_seconds = Histogram(
    "academy_request_seconds", "Time to answer a request.", ("address",), registry=registry
)
messages = Gauge("academy_messages", "Messages of the ledger.", ("state",), registry=registry)


def count_requests(app: Flask) -> None:
    """Count every request of this app."""
    app.before_request(_start)
    app.after_request(_count)


def _start() -> None:
    g.started = perf_counter()


def _count(response: Response) -> Response:
    address = request.url_rule.rule if request.url_rule else "none"
    requests_answered.labels(request.method, address, response.status_code).inc()
    if "started" in g:
        request_seconds.labels(address).observe(perf_counter() - g.started)
    return response


def write_metrics(messages_by_state: Mapping[str, int]) -> Response:
    """Return all numbers in the text format of Prometheus."""
    for state, count in messages_by_state.items():
        messages.labels(state).set(count)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_1_0_0)
