"""Jobs without a queue: each runs soon, a failing one stops nobody, the timetable is kept."""

import threading
from types import SimpleNamespace
from typing import Any

import pytest

from academy.lib.alone import JobsInThisProcess
from academy.lib.jobs import Run
from academy.lib.processes import wait_until
from academy.timetable import TIMETABLE


def queue_with(**bodies: Any) -> JobsInThisProcess:
    tasks = {name: SimpleNamespace(run=body) for name, body in bodies.items()}
    celery: Any = SimpleNamespace(tasks=tasks)
    return JobsInThisProcess(celery)


def test_a_job_runs_soon_and_in_another_thread() -> None:
    seen: list[tuple[int, bool]] = []
    here = threading.current_thread()
    queue = queue_with(job=lambda number: seen.append((number, threading.current_thread() is here)))
    queue.send("job", (7,))
    assert wait_until(lambda: seen == [(7, False)], seconds=20)


def test_a_job_that_fails_does_not_stop_the_next_one() -> None:
    seen: list[int] = []
    queue = queue_with(broken=lambda: 1 / 0, job=seen.append)
    queue.send("broken", ())
    queue.send("job", (1,))
    assert wait_until(lambda: seen == [1], seconds=20)


def test_a_job_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(KeyError):
        queue_with().send("nobody.knows", ())


def test_the_timetable_is_kept_and_no_job_is_asked_for_twice_at_once() -> None:
    asked: list[str] = []
    names = {entry["task"] for entry in TIMETABLE.values()}
    queue = queue_with(**{name: lambda name=name: asked.append(name) for name in names})
    queue.tick(1_000.0)
    queue.tick(1_001.0)
    expected = sorted(name for name in names if not name.startswith("worker."))
    assert wait_until(lambda: sorted(asked) == expected, seconds=20)


def test_an_urgent_job_does_not_wait_for_a_slow_one() -> None:
    done: list[str] = []
    go_on = threading.Event()
    sweeps = {"recompute.sweep": go_on.wait, "message.sweep": lambda: done.append("mail")}
    queue = queue_with(**sweeps)
    queue.send("recompute.sweep", ())
    queue.send("message.sweep", ())
    assert wait_until(lambda: done == ["mail"], seconds=20)
    go_on.set()


def test_what_became_of_a_job_is_noted() -> None:
    noted: list[Run] = []
    tasks: Any = SimpleNamespace(tasks={"broken": SimpleNamespace(run=lambda _number: 1 / 0)})
    JobsInThisProcess(tasks, noted.append).send("broken", (7,))
    assert wait_until(lambda: bool(noted), seconds=20)
    assert noted[0].arguments == (7,)
    assert noted[0].error.startswith("ZeroDivisionError")
