"""Use cases of announcements: writing a draft, confirming it, stopping it and going on."""

from academy.reminders.announcements.service.drafts import (
    AlreadyConfirmed,
    DraftChanged,
    HourPassed,
    begin,
    discard,
    drop_text,
    save_segment,
    save_text,
    save_when,
)
from academy.reminders.announcements.service.replanning import plan_anew
from academy.reminders.announcements.service.sending import (
    NotReady,
    Obstacle,
    confirm,
    find_obstacles,
)
from academy.reminders.announcements.service.stopping import (
    NothingToDo,
    go_on,
    stop,
)

__all__ = [
    "AlreadyConfirmed",
    "DraftChanged",
    "HourPassed",
    "NotReady",
    "NothingToDo",
    "Obstacle",
    "begin",
    "confirm",
    "discard",
    "drop_text",
    "find_obstacles",
    "go_on",
    "plan_anew",
    "save_segment",
    "save_text",
    "save_when",
    "stop",
]
