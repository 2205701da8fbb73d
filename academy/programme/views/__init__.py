"""Pages of the programme: for everybody, for learners, and on the desk."""

from academy.programme.views import (
    calendars,
    desk_imports,
    desk_live_sessions,
    desk_retention,
    desk_series,
    own_calendar,
    own_links,
    personal_links,
    places,
    registrants,
    series,
)
from academy.programme.views.blueprint import pages

__all__ = [
    "calendars",
    "desk_imports",
    "desk_live_sessions",
    "desk_retention",
    "desk_series",
    "own_calendar",
    "own_links",
    "pages",
    "personal_links",
    "places",
    "registrants",
    "series",
]
