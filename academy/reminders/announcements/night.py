"""Which announcements would come in the reader's night, and their hours when clocks change."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from academy.db import now, session, transaction
from academy.i18n.zones import zone_of
from academy.messaging.kinds import ANNOUNCEMENT
from academy.messaging.models import MailChoices
from academy.messaging.ports import Due
from academy.messaging.quiet import end_of_quiet, is_deep
from academy.people.models import Person
from academy.programme.models import Series
from academy.reminders.announcements.hours import clock_of
from academy.reminders.announcements.models import Announcement, read_occasion


def find_sleeping(due: Sequence[Due], at: datetime | None = None) -> Mapping[int, datetime]:
    """Return whose reader sleeps, by number of the message, and when the quiet hours end.

    They are planned outside the quiet hours; a worker that stood still, an hour at which it was
    stopped and went on, or another try may bring them there. Two statements for them all.
    """
    at = at or now()
    ours = [one for one in due if one.kind == ANNOUNCEMENT]
    if not ours:
        return {}
    with transaction():
        zones = _zones({read_occasion(one.occasion) for one in ours})
        clocks = read_clocks({one.person_id for one in ours})
    found: dict[int, datetime] = {}
    for one in ours:
        of_series = zones.get(read_occasion(one.occasion), "UTC")
        clock = clock_of(*clocks.get(one.person_id, ("", None, None)), of_series)
        zone = zone_of(clock.zone)
        if is_deep(at, zone, clock.quiet):
            found[one.id] = end_of_quiet(at, zone, clock.quiet)
    return found


def read_clocks(people: Collection[int]) -> dict[int, tuple[str, int | None, int | None]]:
    """Return zone and quiet hours of each, as they chose them; one statement."""
    statement = (
        select(Person.id, Person.zone, MailChoices.quiet_begins, MailChoices.quiet_ends)
        .outerjoin(MailChoices, MailChoices.person_id == Person.id)
        .where(Person.id.in_(people))
    )
    return {row[0]: (row[1], row[2], row[3]) for row in session.execute(statement)}


def _zones(numbers: set[int]) -> dict[int, str]:
    """Return the zone of the series of each announcement."""
    statement = select(Announcement.id, Series.zone).join(Series)
    found = session.execute(statement.where(Announcement.id.in_(numbers)))
    return {row[0]: row[1] for row in found}
