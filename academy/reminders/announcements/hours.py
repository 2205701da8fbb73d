"""When an announcement leaves on each reader's own clock: pure, right when clocks change."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from academy.i18n.zones import is_zone, zone_of
from academy.messaging.quiet import Quiet, end_of_quiet


@dataclass(frozen=True, slots=True)
class Clock:
    """What readers have in common who get it at the same moment: a zone, and quiet hours."""

    #: IANA; that of the series for readers whose zone nobody knows.
    zone: str
    quiet: Quiet


@dataclass(frozen=True, slots=True)
class Hour:
    """The moment for one clock."""

    at: datetime
    #: It would come in the night, so it waits for the end of the quiet hours.
    is_moved: bool = False
    #: Its hour had passed on this clock already, so it leaves at once.
    is_late: bool = False


def clock_of(zone: str, begins: int | None, ends: int | None, of_series: str) -> Clock:
    """Return the clock of a reader as the database tells it; no hours are the default ones."""
    quiet = Quiet() if begins is None or ends is None else Quiet(begins, ends)
    return Clock(zone if is_zone(zone) else of_series, quiet)


def hour_on(clock: Clock, local_at: str, at: datetime) -> Hour:
    """Return when it leaves on this clock, asked at the moment `at`; `local_at` "" is at once.

    An hour that comes twice in the night of a clock change is the first of the two; one that the
    clock jumps over is as long after the jump as it would have been. What falls into the quiet
    hours waits for their end.
    """
    zone = zone_of(clock.zone)
    asked = moment_of(local_at, zone) if local_at else at
    moment = max(asked, at)
    moved = end_of_quiet(moment, zone, clock.quiet)
    return Hour(moved.astimezone(UTC), moved != moment, asked < at)


def moment_of(local_at: str, zone: ZoneInfo) -> datetime:
    """Return the moment at which a clock of the zone shows "2026-05-02T09:00"."""
    return datetime.fromisoformat(local_at).replace(tzinfo=zone).astimezone(UTC)
