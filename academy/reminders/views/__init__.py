"""The desk's pages of a series' messages: plans, texts, previews and who gets what when."""

from academy.reminders.announcements.views import pages as announcements
from academy.reminders.views import plans, readers, texts
from academy.reminders.views.blueprint import pages

pages.register_blueprint(announcements)

__all__ = ["pages", "plans", "readers", "texts"]
