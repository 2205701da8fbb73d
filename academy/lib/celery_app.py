"""How Celery is set up, for the worker, for beat and for the web processes that send to them."""

import importlib.util
import pkgutil
from typing import Any

from celery import Celery

import academy
from academy.config import Settings
from academy.timetable import TIMETABLE

#: Longer than the longest task: what is not acknowledged by then is given to another worker.
VISIBILITY_SECONDS = 300

CONFIGURATION: dict[str, Any] = {
    "accept_content": ["json"],
    "task_serializer": "json",
    "event_serializer": "json",
    "task_ignore_result": True,
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "task_soft_time_limit": VISIBILITY_SECONDS - 60,
    "worker_prefetch_multiplier": 1,
    "worker_hijack_root_logger": False,
    "worker_enable_remote_control": False,
    "worker_send_task_events": False,
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    # A web process must not wait for a broker that is away: the sweep finds the row anyway.
    "task_publish_retry": False,
    "broker_connection_timeout": 2,
    "broker_transport_options": {
        "visibility_timeout": VISIBILITY_SECONDS,
        # Without these two, kombu gives unacknowledged tasks back only after about 100 seconds.
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 2,
        "socket_timeout": 5,
        "socket_keepalive": True,
        "health_check_interval": 10,
    },
    "timezone": "UTC",
    "enable_utc": True,
    "beat_schedule": TIMETABLE,
    "beat_scheduler": "academy.lib.beat:PromptScheduler",
    "beat_max_loop_interval": 5,
}


def make_celery(settings: Settings) -> Celery:
    """Make the Celery app for these settings and import the tasks of every area."""
    celery = Celery("academy", broker=settings.redis_url or "memory://", set_as_current=True)
    celery.conf.update(CONFIGURATION)
    for module in find_task_modules():
        importlib.import_module(module)
    celery.finalize(auto=True)
    return celery


def find_task_modules() -> list[str]:
    """Name the tasks module of every area that has one."""
    areas = [module.name for module in pkgutil.iter_modules(academy.__path__) if module.ispkg]
    names = [f"academy.{area}.tasks" for area in sorted(areas)]
    return [name for name in names if importlib.util.find_spec(name)]


def send(celery: Celery, job: str, arguments: tuple[int | str, ...]) -> None:
    """Put the task of that name into the queue.

    The task is taken from the registry, because sending by name ignores Celery's eager mode.
    Raises KeyError for a name that no area declares, and kombu's OperationalError when the broker
    is away.
    """
    celery.tasks[job].apply_async(args=arguments)
