"""Pages of the programme: for everybody, for learners, and on the desk."""

from academy.programme.views import (
    desk_imports,
    desk_live_sessions,
    desk_retention,
    desk_series,
    places,
    registrants,
    series,
)
from academy.programme.views.blueprint import pages

__all__ = [
    "desk_imports",
    "desk_live_sessions",
    "desk_retention",
    "desk_series",
    "pages",
    "places",
    "registrants",
    "series",
]
