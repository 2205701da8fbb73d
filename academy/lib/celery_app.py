"""How Celery is set up, for the worker, for beat and for the web processes that send to them."""

import importlib.util
import pkgutil
from datetime import UTC, datetime
from typing import Any

from celery import Celery, signals
from kombu import Exchange
from kombu import Queue as KombuQueue

import academy
from academy.config import Settings
from academy.queues import QUEUE_OF, QUEUES, SLOW, URGENT, Queue, queue_of
from academy.timetable import TIMETABLE

#: The header of a message that says since when it waits.
ASKED_AT = "asked_at"

CONFIGURATION: dict[str, Any] = {
    # Nothing but JSON is read or written: unpickling runs what a message says.
    "accept_content": ["json"],
    "result_accept_content": ["json"],
    "task_serializer": "json",
    "result_serializer": "json",
    "event_serializer": "json",
    "task_ignore_result": True,
    # Every job may run twice, so it is taken from the queue when it is done, not before.
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "worker_prefetch_multiplier": 1,
    # What a library leaks goes with the process, in production, where each slot is one.
    "worker_max_tasks_per_child": 2_000,
    "worker_max_memory_per_child": 400_000,
    "worker_hijack_root_logger": False,
    "worker_redirect_stdouts": False,
    "worker_enable_remote_control": False,
    "worker_send_task_events": False,
    "task_create_missing_queues": False,
    "task_default_queue": SLOW.name,
    "task_routes": {job: {"queue": queue.name} for job, queue in QUEUE_OF.items()},
    "broker_connection_retry": True,
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    # A web process must not wait for a broker that is away: the sweep finds the row anyway.
    "task_publish_retry": False,
    "broker_connection_timeout": 2,
    "timezone": "UTC",
    "enable_utc": True,
    "beat_schedule": TIMETABLE,
    "beat_scheduler": "academy.lib.beat:PromptScheduler",
    "beat_max_loop_interval": 5,
}


def make_celery(settings: Settings, queue: Queue = URGENT) -> Celery:
    """Make the Celery app for these settings and import the tasks of every area.

    A worker serves one `queue`, with its limits; who only sends may leave it out.
    """
    celery = Celery("academy", broker=settings.redis_url or "memory://", set_as_current=True)
    celery.conf.update(CONFIGURATION)
    celery.conf.update(
        task_queues=[KombuQueue(name, Exchange(name), routing_key=name) for name in QUEUES],
        task_soft_time_limit=queue.soft_limit,
        task_time_limit=queue.hard_limit,
        broker_transport_options=transport_options(queue),
        # Our scheduler keeps no file; were it another one, it would not write into the checkout.
        beat_schedule_filename=str(settings.var / "celerybeat-schedule"),
    )
    for module in find_task_modules():
        importlib.import_module(module)
    celery.finalize(auto=True)
    return celery


def transport_options(queue: Queue) -> dict[str, Any]:
    """Return how a worker of `queue` talks to Redis.

    What the workers of a queue have in hand stands under keys of that queue: a worker of another
    one, whose jobs are shorter, would give it back too early.
    """
    return {
        "visibility_timeout": queue.visibility,
        "unacked_key": f"academy:{queue.name}:in-hand",
        "unacked_index_key": f"academy:{queue.name}:in-hand-since",
        "unacked_mutex_key": f"academy:{queue.name}:giving-back",
        # Without these two, kombu gives unacknowledged tasks back only after about 100 seconds.
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 2,
        "socket_timeout": 5,
        "socket_keepalive": True,
        "health_check_interval": 10,
    }


@signals.before_task_publish.connect
def say_since_when(headers: dict[str, Any] | None = None, **_facts: object) -> None:
    """Write onto each message when it was sent: the desk shows how long the oldest waits."""
    if headers is not None:
        headers.setdefault(ASKED_AT, datetime.now(UTC).isoformat())


def find_task_modules() -> list[str]:
    """Name the tasks module of every area that has one."""
    areas = [module.name for module in pkgutil.iter_modules(academy.__path__) if module.ispkg]
    names = [f"academy.{area}.tasks" for area in sorted(areas)]
    return [name for name in names if importlib.util.find_spec(name)]


def send(celery: Celery, job: str, arguments: tuple[int | str, ...]) -> None:
    """Put the task of that name into its queue.

    The task is taken from the registry, because sending by name ignores Celery's eager mode.
    Raises KeyError for a name that no area declares, and kombu's OperationalError when the broker
    is away.
    """
    celery.tasks[job].apply_async(args=arguments, queue=queue_of(job).name)
