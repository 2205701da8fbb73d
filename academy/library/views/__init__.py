"""The pages of the library."""

from academy.library.views import (  # the pages register themselves
    cases,
    cowriters,
    files,
    reviewing,
    steps,
    versions,
    withdrawing,
    writing,
)
from academy.library.views.blueprint import pages

__all__ = [
    "cases", "cowriters", "files", "pages", "reviewing", "steps", "versions", "withdrawing",
    "writing",
]  # fmt: skip
