"""The desk's pages of announcements: list, draft, recipients, preview, confirmation, following."""

from academy.reminders.announcements.views import (
    confirming,
    drafts,
    following,
    listing,
    recipients,
    showing,
    texts,
)
from academy.reminders.announcements.views.blueprint import pages

__all__ = [
    "confirming", "drafts", "following", "listing", "pages", "recipients", "showing", "texts",
]  # fmt: skip
