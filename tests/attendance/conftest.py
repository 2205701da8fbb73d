"""A live session of 2 May 2020, 14:00 to 16:30 in Kuala Lumpur, with people registered."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from academy.db import now, session, transaction
from academy.people.models import Person
from academy.people.service import create_person
from academy.programme.models import LiveSession, Registration, Series


@pytest.fixture
def live_session(app: Flask) -> LiveSession:
    """Return the live session, of a published series."""
    with transaction() as session:
        series = Series(slug="may", title="May 2020", zone="Asia/Kuala_Lumpur", status="published")
        series.live_sessions.append(
            LiveSession(
                slug="may-1",
                number=1,
                title="Principles",
                starts_at=datetime(2020, 5, 2, 6, 0, tzinfo=UTC),
                minutes=150,
                zone="Asia/Kuala_Lumpur",
                status="published",
            )
        )
        session.add(series)
    return series.live_sessions[0]


def register(series: Series, name: str, address: str, country: str | None = "MY") -> Person:
    """Register somebody whose address an organiser's file vouches for."""
    with transaction() as session:
        person = create_person(name, address, country=country, source="import")
        session.add(Registration(series_id=series.id, person_id=person.id, source="import"))
    return person


def change(live_session: LiveSession, **values: object) -> None:
    """Change what the live session is, whoever has it loaded."""
    with transaction() as session:
        session.execute(
            update(LiveSession).where(LiveSession.id == live_session.id).values(**values)
        )


@pytest.fixture
def siti(live_session: LiveSession) -> Person:
    """Return Siti Aminah, registered."""
    return register(live_session.series, "Siti Aminah", "siti@example.org")


@pytest.fixture
def budi(live_session: LiveSession) -> Person:
    """Return Budi, registered, who has one name."""
    return register(live_session.series, "Budi Hartono", "budi@example.org", "ID")


@pytest.fixture
def recent(live_session: LiveSession) -> LiveSession:
    """Let the live session have been yesterday, from 14:00 to 16:30 in Kuala Lumpur."""
    yesterday = now().date() - timedelta(days=1)
    with transaction():
        held = session.get_one(LiveSession, live_session.id)
        held.starts_at = datetime.combine(yesterday, datetime.min.time(), UTC) + timedelta(hours=6)
    return held
