"""People who are registered for a live session and awake at every hour."""

from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from academy.db import now, session, transaction
from academy.messaging.models import MailChoices
from academy.people.service import create_person
from academy.programme.models import LiveSession
from academy.programme.service import create_series, register

_numbers = count(1)


def live_session_with_readers(
    number: int, starts_at: datetime, *, zone: str = "Asia/Kuala_Lumpur", weeks: int = 1,
    registered_at: datetime | None = None,
) -> LiveSession:  # fmt: skip
    """Return the first live session of a new series for which so many are registered.

    They registered two hours ago, so of the reminders before the start only the last is theirs.
    """
    there = starts_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    since = registered_at or now() - timedelta(hours=2)
    with transaction():
        series = create_series(
            f"faults-{next(_numbers)}", f"Weaving in {zone}", zone=zone, first_start=there,
            minutes=90, weeks=weeks,
        )  # fmt: skip
        for _each in range(number):
            address = f"reader{next(_numbers)}@example.org"
            person = create_person("Siti", address, country="MY", is_verified=True)
            person.zone = zone
            session.flush()
            session.add(MailChoices(person_id=person.id, quiet_begins=0, quiet_ends=0))
            register(person, series, source="import", registered_at=since)
    return series.live_sessions[0]
