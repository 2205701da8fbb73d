"""Use cases of the reminders: planning them, their switches and texts, and saying what is due."""

from academy.reminders.service.due import list_due
from academy.reminders.service.following import plan_follow_ups
from academy.reminders.service.planning import plan_reminders
from academy.reminders.service.replanning import plan_anew
from academy.reminders.service.switches import AlwaysSent, read_switches, switch
from academy.reminders.service.texts import bring_back, save_text
from academy.reminders.service.trial import send_trial

__all__ = [
    "AlwaysSent",
    "bring_back",
    "list_due",
    "plan_anew",
    "plan_follow_ups",
    "plan_reminders",
    "read_switches",
    "save_text",
    "send_trial",
    "switch",
]
