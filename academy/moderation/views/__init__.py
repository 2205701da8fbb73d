"""The pages of moderation."""

from academy.moderation.views import decisions, flags, queue, selection, words
from academy.moderation.views.blueprint import pages

__all__ = ["decisions", "flags", "pages", "queue", "selection", "words"]
