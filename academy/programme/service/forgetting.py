"""Forgetting the people of a series: registrations, places, files and letters about them."""

from collections.abc import Callable

from sqlalchemy import delete, func, select, update

from academy.db import session
from academy.messaging.holding import forget_messages
from academy.programme.models import (
    LiveSession,
    Place,
    Registration,
    RegistrationImport,
    UploadedFile,
)


def people_of(series_id: int) -> set[int]:
    """Return who is or was registered for the series."""
    statement = select(Registration.person_id).where(Registration.series_id == series_id)
    return set(session.scalars(statement))


def count_kept(series_id: int) -> dict[str, int]:
    """Return how many registrations, places and files there are, taken back or not."""
    registrations = select(Registration.id).where(Registration.series_id == series_id)
    imports = select(RegistrationImport.id).where(RegistrationImport.series_id == series_id)
    places = select(Place.id).where(Place.registration_id.in_(registrations))
    counted = {"registrations": registrations, "places": places, "registration_files": imports}
    return {
        name: session.scalar(select(func.count()).select_from(each.subquery())) or 0
        for name, each in counted.items()
    }


def count_places(series_id: int) -> dict[str, dict[str, int]]:
    """Return how many go, wait and stay away, by the slug of the live session."""
    statement = (
        select(LiveSession.slug, Place.state, func.count())
        .join(Place, Place.live_session_id == LiveSession.id)
        .where(LiveSession.series_id == series_id)
        .group_by(LiveSession.slug, Place.state)
        .order_by(LiveSession.slug, Place.state)
    )
    found: dict[str, dict[str, int]] = {}
    for slug, state, number in session.execute(statement):
        found.setdefault(slug, {})[state] = number
    return found


def count_registrants(series_id: int) -> int:
    """Return how many registrations stand."""
    statement = select(func.count(Registration.id)).where(
        Registration.series_id == series_id, Registration.cancelled_at.is_(None)
    )
    return session.scalar(statement) or 0


def forget_registrations(series_id: int) -> None:
    """Delete registrations with their places and letters, files of them, and names of hosts.

    The series is locked. How many places were taken stays with each live session.
    """
    forget_messages(people_of(series_id), _is_about(series_id))
    files = list(
        session.scalars(
            select(RegistrationImport.file_id).where(RegistrationImport.series_id == series_id)
        )
    )
    session.execute(delete(RegistrationImport).where(RegistrationImport.series_id == series_id))
    session.execute(delete(UploadedFile).where(UploadedFile.id.in_(files)))
    session.execute(delete(Registration).where(Registration.series_id == series_id))
    session.execute(update(LiveSession).where(LiveSession.series_id == series_id).values(hosts=[]))


def _is_about(series_id: int) -> Callable[[str], bool]:
    """Tell the occasions of letters that programme/letters.py writes about the series."""
    registrations = select(Registration.id).where(Registration.series_id == series_id)
    places = select(Place.id).where(Place.registration_id.in_(registrations))
    live_sessions = select(LiveSession.id).where(LiveSession.series_id == series_id)
    about = {
        "registration": set(session.scalars(registrations)),
        "place": set(session.scalars(places)),
        "live-session": set(session.scalars(live_sessions)),
        "series": {series_id},
        "retention": {series_id},
    }

    def is_about(occasion: str) -> bool:
        noun, _colon, rest = occasion.partition(":")
        number = rest.partition(":")[0]
        return number.isdigit() and int(number) in about.get(noun, ())

    return is_about
