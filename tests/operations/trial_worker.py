"""`academy …` with a few more jobs, that sleep, fail or die, for the tests of real workers.

`embedded` as its word runs the one worker of `academy up`.
"""

import importlib
import os
import signal
import sys
import time
from dataclasses import replace

import redis
from celery import shared_task

from academy import cli
from academy.queues import QUEUE_OF, QUEUES, SLOW, URGENT

#: Limits that a test can wait for.
QUEUES["slow"] = replace(SLOW, soft_limit=4, hard_limit=5)
for _name in ("sleep", "fail", "die", "stay"):
    QUEUE_OF[f"trial.{_name}"] = QUEUES["slow"]
QUEUE_OF["trial.quick"] = URGENT

notes = redis.Redis.from_url(os.environ.get("ACADEMY_REDIS_URL", "redis://127.0.0.1:9/0"))


@shared_task(name="trial.quick")
def quick(note: str = "quick") -> None:
    """Be done at once."""
    notes.incr(f"trial:{note}")


@shared_task(name="trial.sleep")
def sleep(seconds: int) -> None:
    """Take some time."""
    notes.incr("trial:began")
    time.sleep(seconds)
    notes.incr("trial:slept")


@shared_task(name="trial.fail")
def fail(_number: int) -> None:
    """Fail, with an address in the message, until somebody mends it."""
    if not notes.get("trial:mended"):
        raise ValueError("siti@example.org is not welcome")


@shared_task(name="trial.die")
def die() -> None:
    """Take the process with it, the first time."""
    if notes.incr("trial:tries") == 1:
        os.kill(os.getpid(), signal.SIGKILL)


@shared_task(name="trial.stay")
def stay() -> None:
    """Not even end when the soft limit interrupts."""
    while True:
        try:
            time.sleep(60)
        except Exception:  # noqa: BLE001  as a job that swallows everything
            notes.incr("trial:interrupted")


if __name__ == "__main__":
    if sys.argv[1:] == ["embedded"]:
        sys.exit(importlib.import_module("academy.worker").main())
    cli.main()
