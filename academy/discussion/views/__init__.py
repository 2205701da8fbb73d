"""The pages of threads."""

from academy.discussion.views import listing, posts, threads  # the pages register themselves
from academy.discussion.views.blueprint import pages

__all__ = ["listing", "pages", "posts", "threads"]
