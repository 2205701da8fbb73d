"""How often somebody wants to hear of a kind of news, and when that is on their clock: pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from academy.messaging.quiet import Quiet, end_of_quiet

AT_ONCE, DAILY, WEEKLY, NEVER = "at_once", "daily", "weekly", "never"
RHYTHMS = (AT_ONCE, DAILY, WEEKLY, NEVER)
#: "At once" waits so long for what comes right after it: ten replies are one mail.
GATHERED_FOR = timedelta(minutes=5)
MORNING = time(7)
MONDAY = 0
_DAY = timedelta(days=1)


def leaves_at(
    rhythm: str, at: datetime, zone: ZoneInfo, quiet: Quiet, weekly_on: int = MONDAY
) -> datetime:
    """Return when news of `at` leaves to a reader on the clock of `zone`; UTC in, UTC out.

    Daily is the next morning at 7:00, weekly that of the next Monday, or of the day of the week
    that the reader chose (0 for Monday to 6 for Sunday); whoever wants quiet for
    longer gets it as the quiet hours end. A morning is an hour on the wall, so on the days of a
    clock change it comes 23, 24½ or 25 hours after the one before.
    """
    if rhythm == AT_ONCE:
        return end_of_quiet(at + GATHERED_FOR, zone, quiet)
    # Quiet hours may end late in the day, so the morning of the day before may still be to come.
    day = at.astimezone(zone).date() - _DAY
    while True:
        morning = datetime.combine(day, MORNING, zone).astimezone(at.tzinfo)
        leaves = end_of_quiet(morning, zone, quiet)
        if leaves > at and (rhythm == DAILY or day.weekday() == weekly_on):
            return leaves
        day += _DAY
