"""The pages of the library."""

from academy.library.views import (  # the pages register themselves
    case_page,
    cases,
    cowriters,
    featured,
    files,
    maps,
    picture_step,
    pictures,
    reviewing,
    steps,
    versions,
    withdrawing,
    writing,
)
from academy.library.views.blueprint import pages

__all__ = [
    "case_page", "cases", "cowriters", "featured", "files", "maps", "pages", "picture_step",
    "pictures", "reviewing", "steps", "versions", "withdrawing", "writing",
]  # fmt: skip
