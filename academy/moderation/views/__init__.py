"""The pages of moderation."""

from academy.moderation.views import (  # they register themselves
    choosing,
    decisions,
    flags,
    noted_edits,
    queue,
    rearranging,
    words,
)
from academy.moderation.views.blueprint import pages

__all__ = [
    "choosing",
    "decisions",
    "flags",
    "noted_edits",
    "pages",
    "queue",
    "rearranging",
    "words",
]
