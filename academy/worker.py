"""Entry point of the Celery worker and of beat: `celery --app academy.worker worker`.

In production beat is a process of its own (`celery --app academy.worker beat`); in the embedded
way it is a thread of the one worker, because a second process would cost 45 MB. There
`python -m academy.worker` starts the same worker without Celery's command line, which costs 9 MB.
"""

import os
import sys
from functools import partial

from celery import signals
from celery.beat import EmbeddedService

from academy import db, wiring
from academy.config import Settings
from academy.lib import jobs
from academy.lib.celery_app import make_celery, send
from academy.security.logs import set_up_logs
from academy.sockets import make_bus

settings = Settings.from_environment(os.environ)
set_up_logs(settings)
celery = make_celery(settings)
embedded_beat = EmbeddedService(celery, thread=True) if settings.is_embedded else None


@signals.worker_init.connect
def open_academy(**_facts: object) -> None:
    """Connect the worker to the database, to the areas' ports and to the other processes."""
    db.configure(settings.database_url)
    wiring.plug_areas(settings)
    bus = make_bus(settings.redis_url, is_for_telling=True)
    jobs.plug(
        partial(send, celery),
        lambda event, room, facts: bus.emit(event, facts, room=room),  # type: ignore[no-untyped-call]
    )


@signals.task_postrun.connect
def close_session(**_facts: object) -> None:
    """End the task's database session, so that the next one sees the present."""
    db.session.remove()


@signals.worker_ready.connect
def start_beat(**_facts: object) -> None:
    """Begin to ask for what the timetable says, in the embedded way."""
    if embedded_beat:
        embedded_beat.daemon = True
        embedded_beat.start()


@signals.worker_shutting_down.connect
def stop_beat(**_facts: object) -> None:
    """Ask for nothing more."""
    if embedded_beat and embedded_beat.is_alive():
        embedded_beat.service.stop()


def main() -> int:
    """Run the worker of the embedded way until somebody asks it to stop."""
    worker = celery.Worker(
        pool_cls="threads",
        concurrency=4,
        loglevel="WARNING",
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    worker.start()
    return int(worker.exitcode or 0)


if __name__ == "__main__":
    sys.exit(main())
