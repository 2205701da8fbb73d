"""CPU time of WSGI calls: the same environ again and again, without a client's own work in it."""

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any
from wsgiref.types import WSGIApplication

from werkzeug.test import EnvironBuilder

#: Calls in one batch; pages take turns batch by batch, so that a noisy neighbour hits all alike.
BATCH = 20


def make_call(app: WSGIApplication, path: str, cookie: str = "", **more: Any) -> Callable[[], str]:
    """Return a function that sends one request and returns its status line.

    The environ is built once; each call gets a copy with a fresh body.
    """
    headers = {"Cookie": cookie} if cookie else {}
    builder = EnvironBuilder(path, base_url="http://127.0.0.1:8000", headers=headers, **more)
    environ = builder.get_environ()
    body: bytes = environ["wsgi.input"].read()

    def call() -> str:
        said: list[str] = []
        answer = app(
            {**environ, "wsgi.input": BytesIO(body)},
            lambda status, _headers, _fault=None: said.append(status),  # type: ignore[arg-type, return-value]
        )
        for _part in answer:
            pass
        if hasattr(answer, "close"):
            answer.close()
        return said[0]

    return call


def cpu_of(calls: Sequence[Callable[[], object]], rounds: int = 15) -> list[float]:
    """Return the CPU seconds of one call of each: the median over batches that take turns."""
    for call in calls:
        _batch(call)
    taken: list[list[float]] = [[] for _call in calls]
    gc.collect()
    for _round in range(rounds):
        for call, times in zip(calls, taken, strict=True):
            times.append(_batch(call))
    return [statistics.median(times) for times in taken]


def _batch(call: Callable[[], object]) -> float:
    begin = time.process_time()
    for _number in range(BATCH):
        call()
    return (time.process_time() - begin) / BATCH


def cpu_of_each(calls: Iterable[Callable[[], object]]) -> float:
    """Return the median CPU seconds of calls that can be made once only."""
    times = []
    for call in calls:
        begin = time.process_time()
        call()
        times.append(time.process_time() - begin)
    return statistics.median(times)
