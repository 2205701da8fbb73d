"""Calendars to which programs subscribe: the public one of a series, and how each is answered."""

from flask import Response, current_app
from flask_babel import gettext as _

from academy.programme.calendar_feed import write_public_calendar
from academy.programme.calendar_links import CalendarLinks
from academy.programme.models import Series
from academy.programme.views.blueprint import pages
from academy.programme.views.reader import load_series
from academy.security.wall import public


@pages.get("/calendar/series/<slug>.ics")
@public
def series_calendar(slug: str) -> Response:
    """Give the dates of a series as a calendar; no way in stands in it."""
    found = load_series(slug)
    content = write_public_calendar(found, current_app.config["ACADEMY"].base_url, name_by_number)
    return answer_calendar(content, found.slug)


def links_to_calendar(series: Series) -> CalendarLinks:
    """Return what opens the public calendar of the series in the common programs."""
    base = current_app.config["ACADEMY"].base_url
    return CalendarLinks.of(f"{base}/calendar/series/{series.slug}.ics", series.title)


def name_by_number(title: str, number: int) -> str:
    """Name a live session that has no title of its own."""
    return str(_("%(title)s, live session %(number)s", title=title, number=number))


def answer_calendar(content: bytes, slug: str) -> Response:
    """Answer with a calendar that a browser saves under the name of its series."""
    answer = Response(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'inline; filename="{slug}.ics"'
    return answer
