"""A series to come, so that registering can be tried at once: invented like the other one."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from academy.db import now
from academy.people.models import Person
from academy.programme.models import Series
from academy.programme.service import (
    LiveSessionFacts,
    SeriesFacts,
    change_live_session,
    create_series,
    register,
)
from academy.programme.weekly import to_local
from academy.site.demo.facts import HOST_ADDRESS, HOST_NAME, ZONE

SLUG = "sse-academy-next"
TITLE = "SSE Academy, the next round"
SUMMARY = "Five Saturdays with cooperatives that sell, save and decide together."
DESCRIPTION = """
Bring one question from your own group. Each live session begins with a case, goes on in small
rooms by language, and ends with what every group will try in the week that follows.

You register once and have a place in all five; if you cannot come to one, say so on its page and
somebody who waits gets your place.
"""
ILLUSTRATIVE = (
    "This is a demonstration: the series is invented, and nobody meets there. Register, say no to "
    "one of its live sessions, or cancel, as you like."
)
HOUR, MINUTES, WEEKS, CAPACITY = time(14, 0), 120, 5, 100
SATURDAY = 5
_WORDS = (
    ("How we began", "Three groups tell of their first year, and of what they would do otherwise."),
    ("Selling together", "Prices, quality and trust: from the single stall to a shared order."),
    ("Saving together", "Rules of savings groups that lasted ten years, and of some that did not."),
    ("Deciding together", "Meetings that people come to, and books that everybody can read."),
    ("What we take home", "Each group shows its plan; the others ask and offer."),
)


def load_next_round(people: Iterable[Person], *, created_by: int) -> Series:
    """Create the series on the Saturdays to come and register `people` for it, without mail."""
    facts = SeriesFacts(summary=SUMMARY, description=DESCRIPTION, illustrative=ILLUSTRATIVE)
    series = create_series(
        SLUG,
        TITLE,
        zone=ZONE,
        first_start=_first_start(),
        minutes=MINUTES,
        weeks=WEEKS,
        capacity=CAPACITY,
        facts=facts,
        created_by=created_by,
    )
    for live_session, (title, summary) in zip(series.live_sessions, _WORDS, strict=True):
        change_live_session(
            live_session,
            LiveSessionFacts(
                title=title,
                summary=summary,
                start=to_local(live_session.starts_at, ZONE),
                minutes=MINUTES,
                capacity=CAPACITY,
                hosts=(HOST_NAME, HOST_ADDRESS),
            ),
        )
    for person in people:
        register(person, series, source="import")
    return series


def _first_start() -> datetime:
    """Return the Saturday after next week's beginning, as the clock on the wall shows it."""
    today = now().astimezone(ZoneInfo(ZONE)).date()
    ahead = 7 + (SATURDAY - today.weekday()) % 7
    return datetime.combine(today + timedelta(days=ahead), HOUR)
