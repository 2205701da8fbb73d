"""Numbers about the process for Prometheus: requests by address, and how long they took.

Addresses are counted by their pattern ("/series/<slug>/"), so no slug, name or token becomes a
label.
"""

from collections.abc import Mapping
from time import perf_counter

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_1_0_0

from academy.lib.sights import Sight

registry = CollectorRegistry()
requests_answered = Counter(
    "academy_requests", "Requests answered.", ("method", "address", "status"), registry=registry
)
request_seconds = Histogram(
    "academy_request_seconds", "Time to answer a request.", ("address",), registry=registry
)
messages = Gauge("academy_messages", "Messages of the ledger.", ("state",), registry=registry)
waiting = Gauge("academy_jobs_waiting", "Jobs in a queue.", ("queue",), registry=registry)
in_hand = Gauge("academy_jobs_in_hand", "Jobs that workers hold.", ("queue",), registry=registry)
workers = Gauge("academy_workers", "Living workers.", ("queue",), registry=registry)
beat_seen = Gauge("academy_beat_seen", "When a beat was last alive (Unix time).", registry=registry)
jobs_failed = Gauge("academy_jobs_failed", "Jobs that failed and stand so.", registry=registry)


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


def measure_jobs(sight: Sight | None, failed: int) -> None:
    """Take over what Redis shows; where it is away, nothing is claimed about queues and workers."""
    jobs_failed.set(failed)
    for gauge in (waiting, in_hand, workers):
        gauge.clear()
    beat_seen.set(float("nan"))
    for queue in sight.queues if sight else ():
        waiting.labels(queue.name).set(queue.waiting)
        in_hand.labels(queue.name).set(queue.in_hand)
        workers.labels(queue.name).set(sight.workers_of(queue) if sight else 0)
    if sight and sight.beats:
        beat_seen.set(max(each.seen_at for each in sight.beats).timestamp())


def write_metrics(messages_by_state: Mapping[str, int]) -> Response:
    """Return all numbers in the text format of Prometheus."""
    for state, count in messages_by_state.items():
        messages.labels(state).set(count)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_1_0_0)
