"""From when until when, as far as it is known, on the reader's clock."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from flask_babel import gettext as _

from academy.i18n.times import reader_time
from academy.programme.models import LiveSession

_AN_HOUR = timedelta(hours=1)


def hours_of(joined: datetime | None, left: datetime | None, live_session: LiveSession) -> str:
    """Return "14:02 to 15:31", "at 14:02", "until 15:31", or nothing where neither is known.

    Less than a minute is "at", too.
    """
    zone = live_session.zone
    if joined is None:
        return str(_("until %(end)s", end=reader_time(left, zone).hour)) if left else ""
    start = reader_time(joined, zone).hour
    end = reader_time(left, zone).hour if left else start
    if end == start and (left is None or left - joined < _AN_HOUR):
        return str(_("at %(start)s", start=start))
    return str(_("%(start)s to %(end)s", start=start, end=end))


def list_hours(
    times: Iterable[tuple[datetime | None, datetime | None]], live_session: LiveSession
) -> list[str]:
    """Return the hours of these stays, each once: two clicks in one minute are "at 13:18"."""
    words = (hours_of(joined, left, live_session) for joined, left in times)
    return [each for each in dict.fromkeys(words) if each]


def minutes_of(
    live_session: LiveSession, joined: datetime | None, left: datetime | None
) -> int | None:
    """Return how many minutes of a stay lie within the live session; None where it has no end."""
    if joined is None or left is None:
        return None
    within = min(left, live_session.ends_at) - max(joined, live_session.starts_at)
    return max(0, int(within / timedelta(minutes=1)))
