"""`academy worker` and `academy beat`: what runs jobs where many people come."""

import importlib
import os
import signal
import socket
import sys
from pathlib import Path

import click

from academy.config import Settings
from academy.lib.supervisor import Part, Supervisor
from academy.queues import QUEUES, URGENT, Queue

#: How long workers may finish what they hold, when they are asked to stop.
PATIENCE_SECONDS = 50.0


def _read_queues(_context: object, _option: object, words: str) -> list[Queue]:
    names = list(dict.fromkeys(words.replace(" ", "").split(",")))
    unknown = [name for name in names if name not in QUEUES]
    if unknown:
        raise click.BadParameter(f"{', '.join(unknown)}: there are {', '.join(QUEUES)}.")
    return [QUEUES[name] for name in names]


@click.command()
@click.option(
    "--queues", default=",".join(QUEUES), show_default=True, callback=_read_queues,
    help="Which queues to serve; each gets a process of its own.",
)  # fmt: skip
@click.option(
    "--concurrency", type=click.IntRange(1, 64),
    help="Jobs at once of each queue. Left out: 8 urgent ones, 2 slow ones.",
)  # fmt: skip
def worker(queues: list[Queue], concurrency: int | None) -> None:
    """Run jobs until asked to stop; what is in hand then is finished or given back.

    Each job runs in a process of its own with a limit to its time. Slow jobs never keep urgent
    ones waiting, for no process serves both queues.
    """
    if len(queues) > 1:
        _supervise(queues, concurrency)
        return
    settings = _settings_with_broker()
    # Not before: its libraries would make `academy worker --help` slow.
    serve = importlib.import_module("academy.prefork").serve
    sys.exit(serve(settings, queues[0], concurrency or queues[0].slots))


def _settings_with_broker() -> Settings:
    settings = Settings.from_environment(os.environ)
    if not settings.redis_url:
        raise click.ClickException(
            "There is no Redis: set ACADEMY_REDIS_URL, or run everything with `academy up`."
        )
    return settings


def _supervise(queues: list[Queue], concurrency: int | None) -> None:
    """Start a worker for each queue, start it again when it falls, and stop with all of them."""
    _settings_with_broker()
    supervisor = Supervisor(PATIENCE_SECONDS, parents_only=True)
    # The same program as this one, however it was started.
    program = [sys.executable, *sys.orig_argv[1 : sys.orig_argv.index("worker")]]
    more = [f"--concurrency={concurrency}"] if concurrency else []
    for queue in queues:
        command: list[str | Path] = [*program, "worker", f"--queues={queue.name}", *more]
        supervisor.add(Part(queue.name, command, dict(os.environ)))
    try:
        supervisor.look_after_all()
    finally:
        supervisor.stop()


@click.command()
def beat() -> None:
    """Ask for what the timetable says, in UTC; several may run, one of them asks.

    It keeps no file: every job looks into the database for what is due, so a beat that starts
    late, twice or never changes when a thing happens, not whether.
    """
    settings = _settings_with_broker()
    make_celery = importlib.import_module("academy.lib.celery_app").make_celery
    importlib.import_module("academy.security.logs").set_up_logs(settings)
    celery = make_celery(settings, URGENT)
    celery.conf.update(academy_beat=f"{socket.gethostname()}:{os.getpid()}")
    service = celery.Beat(loglevel="WARNING", quiet=True)
    # Supervisors ask politely first: then the lease is given back, and another beat goes on.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    service.run()
