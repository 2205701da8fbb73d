"""The pages of the library."""

from academy.library.views import (  # the pages register themselves
    cases,
    cowriters,
    featured,
    files,
    maps,
    reviewing,
    steps,
    versions,
    withdrawing,
    writing,
)
from academy.library.views.blueprint import pages

__all__ = [
    "cases", "cowriters", "featured", "files", "maps", "pages", "reviewing", "steps", "versions",
    "withdrawing", "writing",
]  # fmt: skip
