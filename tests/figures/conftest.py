"""A series with one live session that was held, one to come, and registrants of three kinds."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from academy.attendance.models import Attendance, Identity, Tally
from academy.db import transaction
from academy.figures import views
from academy.people.models import Person
from academy.people.service import create_person
from academy.programme.models import LiveSession, Registration, Series

START = datetime(2020, 5, 2, 6, 0, tzinfo=UTC)


@pytest.fixture
def series(app: Flask) -> Series:
    """Return the series: three registrants (MY, FR, unknown), two came, one of them a stranger."""
    views._drawn.clear()  # noqa: SLF001 (the database forgets between tests, the memory does not)
    with transaction() as session:
        made = Series(slug="may", title="May 2020", zone="Asia/Kuala_Lumpur", status="published")
        made.live_sessions = [_live_session(number) for number in (1, 2)]
        session.add(made)
        people = [_registrant(made, place, home) for place, home in enumerate(("MY", "FR", None))]
        session.flush()
        _came(made.live_sessions[0], people[0])
    return made


def _live_session(number: int) -> LiveSession:
    return LiveSession(
        slug=f"may-{number}",
        number=number,
        title=f"Week {number}",
        starts_at=START + timedelta(weeks=number - 1),
        minutes=150,
        zone="Asia/Kuala_Lumpur",
        status="published",
    )


def _registrant(series: Series, place: int, country: str | None) -> Person:
    with transaction() as session:
        person = create_person(f"Person {place}", f"p{place}@example.org", country=country)
        session.add(Registration(series=series, person=person))
    return person


def _came(live_session: LiveSession, person: Person) -> None:
    with transaction() as session:
        stranger = Identity(live_session_id=live_session.id, key="name:x", shown_name="X")
        session.add(stranger)
        session.flush()
        common = {"live_session_id": live_session.id, "intervals": [[0, 3600]], "minutes": 60}
        session.add_all(
            [
                Attendance(person_id=person.id, **common),
                Attendance(identity_id=stranger.id, **common),
                Tally(live_session_id=live_session.id, matched=1, unmatched=1, excluded=4),
            ]
        )
