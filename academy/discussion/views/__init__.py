"""The pages of threads."""

from academy.discussion.views import curating, listing, posts, threads  # they register themselves
from academy.discussion.views.blueprint import pages

__all__ = ["curating", "listing", "pages", "posts", "threads"]
