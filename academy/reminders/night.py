"""Which reminders are so late that they would come in the reader's night, asked as they leave."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from academy.db import now, session, transaction
from academy.i18n.zones import is_zone, zone_of
from academy.messaging.models import MailChoices
from academy.messaging.ports import Due
from academy.messaging.quiet import Quiet, end_of_quiet, is_deep
from academy.people.models import Person
from academy.programme.models import LiveSession
from academy.reminders.kinds import PLANS
from academy.reminders.occasions import read_occasion


def find_sleeping(due: Sequence[Due], at: datetime | None = None) -> Mapping[int, datetime]:
    """Return whose reader sleeps, by number of the message, and when the quiet hours end.

    They are planned outside the quiet hours; a worker that stood still, a place that came free at
    night or another try may bring them there all the same. Two statements for them all.
    """
    at = at or now()
    ours = [one for one in due if one.kind in PLANS]
    if not ours:
        return {}
    with transaction():
        zones = _read_zones({read_occasion(one.occasion)[0] for one in ours})
        readers = _read_readers({one.person_id for one in ours})
    found: dict[int, datetime] = {}
    for one in ours:
        own, quiet = readers.get(one.person_id, ("", Quiet()))
        zone = zone_of(own if is_zone(own) else zones.get(read_occasion(one.occasion)[0], "UTC"))
        if is_deep(at, zone, quiet):
            found[one.id] = end_of_quiet(at, zone, quiet)
    return found


def _read_zones(numbers: set[int]) -> dict[int, str]:
    statement = select(LiveSession.id, LiveSession.zone).where(LiveSession.id.in_(numbers))
    return {row[0]: row[1] for row in session.execute(statement)}


def _read_readers(people: set[int]) -> dict[int, tuple[str, Quiet]]:
    """Return the zone and the quiet hours of each."""
    statement = (
        select(Person.id, Person.zone, MailChoices.quiet_begins, MailChoices.quiet_ends)
        .outerjoin(MailChoices, MailChoices.person_id == Person.id)
        .where(Person.id.in_(people))
    )
    return {
        row[0]: (row[1], Quiet() if row[2] is None else Quiet(row[2], row[3]))
        for row in session.execute(statement)
    }
