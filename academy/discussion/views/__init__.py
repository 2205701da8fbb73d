"""The pages of threads."""

from academy.discussion.views import (
    curating,
    listing,
    posts,
    reflections,
    selections,
    threads,
)
from academy.discussion.views.blueprint import pages

__all__ = ["curating", "listing", "pages", "posts", "reflections", "selections", "threads"]
