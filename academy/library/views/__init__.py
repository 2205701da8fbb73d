"""The pages of the library."""

from academy.library.views import cases, featured, files, maps, pictures  # they register themselves
from academy.library.views.blueprint import pages

__all__ = ["cases", "featured", "files", "maps", "pages", "pictures"]
