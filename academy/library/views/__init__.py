"""The pages of the library."""

from academy.library.views import case_page, cases, files, maps  # the pages register themselves
from academy.library.views.blueprint import pages

__all__ = ["case_page", "cases", "files", "maps", "pages"]
