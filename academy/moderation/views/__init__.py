"""The pages of moderation."""

from academy.moderation.views import (  # they register themselves
    bulk,
    decisions,
    flags,
    persons,
    queue,
    reasons,
    words,
)
from academy.moderation.views.blueprint import pages

__all__ = ["bulk", "decisions", "flags", "pages", "persons", "queue", "reasons", "words"]
