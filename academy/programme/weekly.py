"""The hour on the clock, week after week: pure time arithmetic for series."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from academy.programme.errors import StartMissingError
from academy.programme.rules import check_start, check_zone


def weekly_starts(first: datetime, zone: str, weeks: int) -> list[datetime]:
    """Return `weeks` moments in UTC, at the hour of `first` on the clocks of `zone`.

    `first` is naive: what the clock on the organiser's wall shows. The hour stays the same when
    summer time begins or ends. A time that is shown twice that night means the first of the two
    (PEP 495, fold=0); one that the clocks skip raises StartMissingError with its date.
    """
    return [to_moment(first + timedelta(weeks=week), zone) for week in range(weeks)]


def to_moment(local: datetime, zone: str) -> datetime:
    """Return the moment in UTC at which the clocks of `zone` show `local` (naive)."""
    check_zone(zone)
    check_start(local)
    wall = local.replace(tzinfo=ZoneInfo(zone), fold=0)
    moment = wall.astimezone(UTC)
    # Only a time that does not exist comes back as another one.
    if to_local(moment, zone) != local:
        raise StartMissingError(local, zone)
    return moment


def to_local(moment: datetime, zone: str) -> datetime:
    """Return what the clocks of `zone` show at `moment`, naive."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
