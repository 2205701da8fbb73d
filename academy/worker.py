"""The Celery worker: what each has in common, and the one process of the embedded way.

`python -m academy.worker` is the embedded way: both queues and beat as threads of one process,
because each further process would cost 45 MB. In production `academy worker` and `academy beat`
(academy/production.py) start a process for each job.
"""

import json
import logging
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any

import redis
from celery import Celery, signals
from celery.beat import EmbeddedService
from celery.worker import WorkController

from academy import db, wiring
from academy.config import Settings
from academy.lib import jobs, runs, signs
from academy.lib.broker import open_broker
from academy.lib.bus import make_bus
from academy.lib.celery_app import make_celery, send, transport_options
from academy.queues import QUEUES, SLOW, URGENT, Queue
from academy.security.logs import set_up_logs
from academy.site.service import note_run

log = logging.getLogger(__name__)

settings = Settings.from_environment(os.environ)
set_up_logs(settings)

#: How often the embedded process looks whether all of its threads are well.
LOOK_SECONDS = 5
#: What every worker is told; each talks to nobody but Redis and the database.
ALONE: dict[str, Any] = {
    "loglevel": "WARNING",
    "quiet": True,
    "without_gossip": True,
    "without_mingle": True,
    "without_heartbeat": True,
}


def open_academy(celery: Celery) -> None:
    """Connect this process to the database, to the areas' ports and to the other processes."""
    db.configure(settings.database_url)
    wiring.plug_areas(settings)
    bus = make_bus(settings.redis_url, is_for_telling=True)
    jobs.plug(partial(send, celery), bus.tell)


@signals.task_postrun.connect
def close_session(**_facts: object) -> None:
    """End the task's database session, so that the next one sees the present."""
    db.session.remove()


runs.follow_runs(note_run)


def pulse(queue: Queue, slots: int, name: str) -> Callable[[Any], None]:
    """Return what a worker calls once it is ready: from then on it says that it is alive."""

    def say() -> None:
        with suppress(redis.RedisError):
            facts: dict[str, str | int] = {"queue": queue.name, "slots": slots}
            signs.say_alive(settings.redis_url, signs.WORKERS, name, **facts)

    def begin(consumer: Any) -> None:
        say()
        consumer.timer.call_repeatedly(signs.PULSE_SECONDS, say)

    return begin


def main() -> int:
    """Serve both queues and keep the time until somebody asks this process to stop."""
    urgent, slow = make_celery(settings, URGENT), make_celery(settings, SLOW)
    open_academy(urgent)
    for celery in (urgent, slow):
        give_back(celery)
    beat = _start_beat(urgent)
    # One consumer would stop reading as soon as its slots are taken, by whichever queue.
    # The second loop looks every two seconds, so it takes a handful at once.
    second = WorkController(**_threads(slow, SLOW), use_eventloop=False, prefetch_multiplier=8)
    threading.Thread(target=second.start, name="slow", daemon=True).start()
    worker = urgent.Worker(**_threads(urgent, URGENT, also=lambda: _look(beat)))
    worker.start()
    second.stop()
    return int(worker.exitcode or 0)


def _start_beat(celery: Celery) -> Any:
    celery.conf.update(academy_beat="academy up (beat)")
    # Left to itself, the thread would take Celery's own scheduler, which keeps a file.
    beat = EmbeddedService(celery, thread=True, scheduler_cls=celery.conf.beat_scheduler)
    beat.daemon = True
    beat.start()
    return beat


def _threads(
    celery: Celery, queue: Queue, also: Callable[[], None] | None = None
) -> dict[str, Any]:
    begin = pulse(queue, queue.threads, f"academy up ({queue.name})")

    def ready(consumer: Any) -> None:
        begin(consumer)
        if also:
            consumer.timer.call_repeatedly(LOOK_SECONDS, also)

    return {
        **ALONE, "app": celery, "queues": [queue.name], "pool_cls": "threads",
        "concurrency": queue.threads, "ready_callback": ready,
    }  # fmt: skip


def give_back(celery: Celery) -> None:
    """Put back at once what the last worker of this machine had in hand when it was ended.

    There is no other worker that could have it, so there is no reason to wait.
    """
    with celery.connection_for_write() as connection:
        channel = connection.default_channel
        channel.visibility_timeout = 0
        channel.qos.restore_visible(num=None, interval=1)


def _look(beat: Any) -> None:
    """End the process where a thread cannot be helped otherwise; the supervisor starts it anew."""
    overdue = runs.find_overdue(datetime.now(UTC))
    if not overdue and beat.is_alive():
        return
    names = ", ".join(run.task for run in overdue.values())
    log.critical("the worker starts anew: %s", names or "beat has stopped")
    for run in overdue.values():
        runs.tell(note_run, run.task, run.arguments, run.started_at, run.error)
    with suppress(redis.RedisError):
        drop_in_hand(settings.redis_url, set(overdue))
    logging.shutdown()
    os._exit(1)


def drop_in_hand(redis_url: str, ids: set[str]) -> None:
    """Take what was ended out of the queue, as a worker of production does: it would end the next.

    A sweep, or somebody on the desk, asks for it again.
    """
    with open_broker(redis_url) as broker:
        for queue in QUEUES.values():
            key = transport_options(queue)["unacked_key"]
            for tag, words in broker.hgetall(key).items():
                if json.loads(words)[0]["headers"]["id"] in ids:
                    broker.hdel(key, tag)


if __name__ == "__main__":
    sys.exit(main())
