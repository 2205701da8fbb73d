"""The pages of the library."""

from academy.library.views import cases, files, maps  # the pages register themselves
from academy.library.views.blueprint import pages

__all__ = ["cases", "files", "maps", "pages"]
