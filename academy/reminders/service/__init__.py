"""Use cases of the reminders: planning them, and saying what is due."""

from academy.reminders.service.due import list_due
from academy.reminders.service.planning import plan_reminders

__all__ = ["list_due", "plan_reminders"]
