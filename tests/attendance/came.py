"""Set-up that the tests of deciding and of the review desk share: who came, this week and next."""

from datetime import timedelta

from sqlalchemy import select

from academy.attendance import service
from academy.attendance.models import Identity
from academy.db import session, transaction
from academy.programme.models import LiveSession
from tests.attendance.zoom_files import Row, zoom_file

#: A name a little unlike a registrant's, and one like nobody's.
ALIKE: Row = ("Siti Aminahh", "", "14:00:00", "15:00:00")
GUEST: Row = ("Mr. Nobody", "", "14:10:00", "14:40:00")


def let_come(live_session: LiveSession, *rows: Row) -> None:
    """Import a report of the live session's own day."""
    day = live_session.starts_at.strftime("%m/%d/%Y").encode()
    service.import_attendance(live_session, zoom_file(rows).replace(b"05/02/2020", day), "z.csv")


def identity_of(name: str, live_session: LiveSession | None = None) -> Identity:
    """Return the one identity of that name, in one live session or in all."""
    statement = select(Identity).where(Identity.shown_name == name)
    if live_session is not None:
        statement = statement.where(Identity.live_session_id == live_session.id)
    return session.scalars(statement).one()


def next_week(live_session: LiveSession) -> LiveSession:
    """Return a second live session of the same series, seven days later."""
    with transaction() as current:
        following = LiveSession(
            series_id=live_session.series_id, slug="may-2", number=2, title="Practice",
            starts_at=live_session.starts_at + timedelta(days=7), minutes=150,
            zone=live_session.zone, status="published",
        )  # fmt: skip
        current.add(following)
    return following
