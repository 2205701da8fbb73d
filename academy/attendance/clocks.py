"""From when until when, as far as it is known, on the reader's clock."""

from datetime import datetime

from flask_babel import gettext as _

from academy.i18n.times import reader_time
from academy.programme.models import LiveSession


def hours_of(joined: datetime | None, left: datetime | None, live_session: LiveSession) -> str:
    """Return "14:02 to 15:31", "at 14:02", "until 15:31", or nothing where neither is known."""
    zone = live_session.zone
    if joined is None:
        return str(_("until %(end)s", end=reader_time(left, zone).hour)) if left else ""
    start = reader_time(joined, zone).hour
    if left is None:
        return str(_("at %(start)s", start=start))
    return str(_("%(start)s to %(end)s", start=start, end=reader_time(left, zone).hour))
