"""A worker of production: one queue, a process for each slot, so that limits of time hold."""

import gc
import os
import socket
from contextlib import suppress

import redis
from celery import signals

from academy import db
from academy.config import Settings
from academy.lib import signs
from academy.lib.celery_app import make_celery
from academy.queues import Queue
from academy.worker import ALONE, open_academy, pulse


def serve(settings: Settings, queue: Queue, slots: int) -> int:
    """Run the jobs of `queue` until somebody asks this process to stop; return its exit code."""
    celery = make_celery(settings, queue)
    open_academy(celery)

    def open_again(**_facts: object) -> None:
        # Connections that were opened before the fork belong to the parent.
        db.session.get_bind().engine.dispose(close=False)
        open_academy(celery)

    signals.worker_process_init.connect(open_again, weak=False)
    name = f"{socket.gethostname()}:{os.getpid()}"
    worker = celery.Worker(
        **ALONE, queues=[queue.name], pool_cls="prefork", concurrency=slots,
        ready_callback=pulse(queue, slots, name),
    )  # fmt: skip
    # What stands for ever is left alone by the collector, so the processes go on sharing it.
    gc.collect()
    gc.freeze()
    worker.start()
    with suppress(redis.RedisError):
        signs.say_goodbye(settings.redis_url, signs.WORKERS, name)
    return int(worker.exitcode or 0)
