"""The quiet hours of a reader: pure, and right in the nights of a clock change."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours of the night in which nobody is written to, in minutes after midnight.

    `begins` may be later than `ends` (21:00 to 07:00); equal ones mean that no hour is quiet.
    """

    begins: int = 21 * 60
    ends: int = 7 * 60

    def holds(self, clock: time) -> bool:
        """Whether it is quiet at this hour; the end itself is not."""
        minute = clock.hour * 60 + clock.minute
        if self.begins <= self.ends:
            return self.begins <= minute < self.ends
        return minute >= self.begins or minute < self.ends


def beginning_of_quiet(local: datetime, quiet: Quiet) -> datetime:
    """Return when the quiet hours began in which `local` lies.

    In a night when the hour of the beginning comes twice, the first one counts; where the clock
    jumps over it, the moment is read with the offset from before the jump.
    """
    hour = time(quiet.begins // 60, quiet.begins % 60)
    began = datetime.combine(local.date(), hour, local.tzinfo)
    if began.replace(tzinfo=None) > local.replace(tzinfo=None, fold=0):
        began = datetime.combine(local.date() - timedelta(days=1), hour, local.tzinfo)
    return began


def is_quiet(moment: datetime, zone: ZoneInfo, quiet: Quiet) -> bool:
    """Whether the reader's clock shows one of the quiet hours at that moment."""
    return quiet.holds(moment.astimezone(zone).time())


#: What was due as the quiet hours began may leave so long afterwards.
_GRACE = timedelta(minutes=30)


def is_deep(moment: datetime, zone: ZoneInfo, quiet: Quiet) -> bool:
    """Whether the quiet hours have lasted for a while: what leaves now wakes somebody."""
    local = moment.astimezone(zone)
    if not quiet.holds(local.time()):
        return False
    return moment - beginning_of_quiet(local, quiet).astimezone(moment.tzinfo) > _GRACE


def end_of_quiet(moment: datetime, zone: ZoneInfo, quiet: Quiet) -> datetime:
    """Return the moment, moved later to the end of the quiet hours where it lies in them."""
    local = moment.astimezone(zone)
    if not quiet.holds(local.time()):
        return moment
    hour = time(quiet.ends // 60, quiet.ends % 60)
    ends = datetime.combine(local.date(), hour, local.tzinfo)
    if ends.replace(tzinfo=None) <= local.replace(tzinfo=None, fold=0):
        ends = datetime.combine(local.date() + timedelta(days=1), hour, local.tzinfo)
    return ends.astimezone(moment.tzinfo)
