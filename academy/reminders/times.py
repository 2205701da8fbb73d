"""When a reminder is due on the reader's clock: pure, and right in the nights of a clock change."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from academy.messaging.quiet import Quiet, beginning_of_quiet


def due_at(starts_at: datetime, before: timedelta, zone: ZoneInfo, quiet: Quiet) -> datetime:
    """Return the moment of a reminder `before` the start, moved earlier out of the quiet hours.

    In the quiet hours it moves to their beginning, on the reader's clock: to 21:00 of the evening
    before. It is never later than asked for, so never after the start. UTC in, UTC out.
    """
    moment = starts_at - before
    local = moment.astimezone(zone)
    if not quiet.holds(local.time()):
        return moment
    return beginning_of_quiet(local, quiet).astimezone(moment.tzinfo)
