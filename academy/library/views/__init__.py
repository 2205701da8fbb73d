"""The pages of the library."""

from academy.library.views import (  # the pages register themselves
    case_page,
    cases,
    featured,
    files,
    maps,
    pictures,
)
from academy.library.views.blueprint import pages

__all__ = ["case_page", "cases", "featured", "files", "maps", "pages", "pictures"]
