"""Every scheduled job on one page: its name, the task that it asks for, and how often."""

from datetime import timedelta
from typing import Any

#: Each task looks into the database for what is due, so a tick that comes late, twice or never
#: changes only when a thing happens, not whether it happens.
TIMETABLE: dict[str, dict[str, Any]] = {
    "the worker says every minute that it is alive": {
        "task": "worker.leave_sign",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "every minute, reminders of the live sessions that are near": {
        "task": "reminder.plan",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "every minute, follow-ups of the live sessions that have ended": {
        "task": "follow_up.plan",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "every minute, news whose hour has come, as one mail per person": {
        "task": "notice.gather",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "every minute, messages that are due and were not sent": {
        "task": "message.sweep",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "every minute, attendance files that no worker has taken or finished": {
        "task": "attendance_import.sweep",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "every minute, people at listening points whose time has begun or is over": {
        "task": "listening_point.sweep",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "every minute, recomputations that no worker has taken or finished": {
        "task": "recompute.sweep",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "every minute, attendance files on the desk that nobody has looked at": {
        "task": "attendance_offer.sweep",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "every minute, registration files that wait for a worker": {
        "task": "registration_import.sweep",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "every minute, posts of which nobody was told yet": {
        "task": "post.tell",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "every minute, posts that the search does not know yet": {
        "task": "post.find",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "every day, words of the search that stand in nothing any more": {
        "task": "post.forget_words",
        "schedule": timedelta(days=1),
        "options": {"expires": 3600},
    },
    "every hour, new objections, to those who answer them": {
        "task": "objection.tell",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3600},
    },
    "every ten minutes, the week's selection once its week is over": {
        "task": "selection.publish",
        "schedule": timedelta(minutes=10),
        "options": {"expires": 600},
    },
    "every day, news that were told half a year ago": {
        "task": "notice.forget",
        "schedule": timedelta(days=1),
        "options": {"expires": 3600},
    },
    "every six hours, links, counters and sign-ins that are long over": {
        "task": "sign_in.forget",
        "schedule": timedelta(hours=6),
        "options": {"expires": 3600},
    },
    "every day, notes of jobs that nobody asks about any more": {
        "task": "job.forget",
        "schedule": timedelta(days=1),
        "options": {"expires": 3600},
    },
    "every day, pictures that were given and that no case names": {
        "task": "picture.sweep",
        "schedule": timedelta(days=1),
        "options": {"expires": 3600},
    },
    "every hour, courses that are completed by now": {
        "task": "course.complete",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3600},
    },
    "every day, people of series whose time is over, and files that nobody needs": {
        "task": "privacy.run",
        "schedule": timedelta(days=1),
        "options": {"expires": 3600},
    },
}

#: What is not begun from the desk: it forgets people for ever, so `academy privacy run --dry-run`
#: comes first.
NOT_BY_HAND = frozenset({"privacy.run"})
