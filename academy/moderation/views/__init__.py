"""The pages of moderation."""

from academy.moderation.views import (  # they register themselves
    bulk,
    choosing,
    decisions,
    flags,
    noted_edits,
    persons,
    queue,
    rearranging,
    reasons,
    selection,
    words,
)
from academy.moderation.views.blueprint import pages

__all__ = [
    "bulk",
    "choosing",
    "decisions",
    "flags",
    "noted_edits",
    "pages",
    "persons",
    "queue",
    "rearranging",
    "reasons",
    "selection",
    "words",
]
