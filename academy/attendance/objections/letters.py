"""What attendance tells people by mail, each thing once, in the ledger of messages."""

from sqlalchemy import select

from academy.attendance.models import Objection
from academy.db import session
from academy.messaging.service import post
from academy.people.models import EmailAddress, Person
from academy.programme.models import LiveSession, Series


def write_answer(objection: Objection) -> None:
    """Tell the person what was answered; the version tells a second answer from the first."""
    statement = (
        select(EmailAddress.address, LiveSession, Series.title)
        .join(Person, Person.id == EmailAddress.person_id)
        .join(LiveSession, LiveSession.id == objection.live_session_id)
        .join(Series, Series.id == LiveSession.series_id)
        .where(
            Person.id == objection.person_id,
            EmailAddress.is_primary,
            Person.disabled_at.is_(None),
        )
    )
    for address, live_session, series in session.execute(statement):
        values = {
            "path": f"/attendance/{live_session.slug}/",
            "series": series,
            "live_session": live_session.title,
            "starts_at": live_session.starts_at,
            "zone": live_session.zone,
            "minutes": live_session.minutes,
            "outcome": objection.state,
            "reply": objection.reply,
        }
        occasion = f"objection:{objection.id}:{objection.version}"
        post(objection.person_id, address, "objection_answered", occasion, values)
