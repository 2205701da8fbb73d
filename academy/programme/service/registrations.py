"""Standing registrations: a place in every live session that is still to come, until taken back."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, inspect, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import make_transient_to_detached

from academy.db import now, session, table_of, transaction
from academy.people.models import Person
from academy.programme import letters
from academy.programme.errors import RegistrationClosedError
from academy.programme.models import (
    LiveSession,
    Place,
    Registration,
    Series,
    first_link_version,
)
from academy.programme.service.locks import lock_series
from academy.programme.service.places import drop_places, take_places

#: Sources in whose name an organiser acts: they may register when the page no longer does.
ORGANISERS_SOURCES = frozenset({"import", "desk", "api"})


# These two are built once: building them costs more than running them.
_REGISTRATION = (
    select(Registration)
    .where(
        Registration.series_id == bindparam("series"), Registration.person_id == bindparam("person")
    )
    .execution_options(populate_existing=True)
)
_WITHOUT_PLACE = (
    select(LiveSession.id, LiveSession.starts_at, LiveSession.minutes)
    .where(
        LiveSession.series_id == bindparam("series"),
        LiveSession.status != "cancelled",
        LiveSession.id.not_in(
            select(Place.live_session_id).where(Place.registration_id == bindparam("registration"))
        ),
    )
    .order_by(LiveSession.id)
)


_REGISTRATIONS = table_of(Registration)
_COLUMNS = tuple(column.name for column in _REGISTRATIONS.c if not column.primary_key)
_INSERTS = {
    "sqlite": sqlite.insert(_REGISTRATIONS).on_conflict_do_nothing().returning(_REGISTRATIONS.c.id),
    "postgresql": (
        postgresql.insert(_REGISTRATIONS).on_conflict_do_nothing().returning(_REGISTRATIONS.c.id)
    ),
}
_NOT_CANCELLED = (
    select(LiveSession.id, LiveSession.starts_at, LiveSession.minutes)
    .where(LiveSession.series_id == bindparam("series"), LiveSession.status != "cancelled")
    .order_by(LiveSession.id)
)


def register(
    person: Person, series: Series, *, answers: dict[str, Any] | None = None,
    consents: dict[str, Any] | None = None, source: str = "web",
    registered_at: datetime | None = None, name_given: str = "",
) -> Registration:  # fmt: skip
    """Register `person` for `series` and return the standing registration.

    It gets a place (going or waiting) in every live session that had not ended at
    `registered_at` (default: now). Registering again changes only the answers and consents that
    are given; after cancelling, the registration stands again and waits at the end of each queue.
    A mail goes out unless the source is "import".

    Raises RegistrationClosedError where the series takes none and `source` is "web".
    """
    with transaction():
        if source not in ORGANISERS_SOURCES and not series.takes_registrations:
            raise RegistrationClosedError
        version, since = lock_series(series.id), registered_at or now()
        registration = Registration(
            series_id=series.id, person_id=person.id, source=source, registered_at=since,
            answers={}, consents={}, name_given="", cancelled_at=None, answered_at=None,
            link_version=first_link_version(), sequence=0,
        )  # fmt: skip
        if is_new := _insert(registration, answers, consents, name_given):
            take_places(registration.id, _open_live_sessions_of(series, version, since))
        else:
            registration = _find_again(person.id, series.id)
            if is_new := registration.cancelled_at is not None:
                registration.cancelled_at = None
                registration.sequence += 1
                take_places(registration.id, _missing_places(registration, since))
            _note_answers(registration, answers, consents, name_given)
            session.flush()
        if is_new and source != "import":
            letters.write_registered(registration, version)
    return registration


def find_registration(person_id: int, series_id: int) -> Registration | None:
    """Return the person's registration as it stands in the database now."""
    whose = {"series": series_id, "person": person_id}
    return session.scalars(_REGISTRATION, whose).one_or_none()


def _insert(
    registration: Registration, answers: dict[str, Any] | None,
    consents: dict[str, Any] | None, name_given: str,
) -> bool:  # fmt: skip
    """Store a new registration and return whether there was none.

    A bare statement, for the unit of work costs three times as much, and no question before it.
    """
    _note_answers(registration, answers, consents, name_given)
    values = {name: getattr(registration, name) for name in _COLUMNS}
    statement = _INSERTS[session.get_bind().dialect.name]
    number = session.execute(statement, values).scalar_one_or_none()
    if number is None:
        return False
    registration.id = number
    make_transient_to_detached(registration)
    session.add(registration)
    return True


def _find_again(person_id: int, series_id: int) -> Registration:
    whose = {"series": series_id, "person": person_id}
    return session.scalars(_REGISTRATION, whose).one()


def _note_answers(
    registration: Registration, answers: dict[str, Any] | None,
    consents: dict[str, Any] | None, name_given: str,
) -> None:  # fmt: skip
    if answers:
        registration.answers = {**registration.answers, **answers}
        registration.answered_at = now()
    if consents:
        registration.consents = {**registration.consents, **consents}
    if name_given:
        registration.name_given = name_given


def _open_live_sessions_of(series: Series, version: int, since: datetime) -> list[int]:
    """Return the live sessions not ended at `since` in which a new registration gets a place.

    They are those that were read with the series if nobody has locked it in between: whatever
    changes them locks it, and each lock raises the version by one.
    """
    if version == series.version + 1 and "live_sessions" not in inspect(series).unloaded:
        known = [each for each in series.live_sessions if each.status != "cancelled"]
        return sorted(each.id for each in known if each.ends_at > since)
    return _not_ended(session.execute(_NOT_CANCELLED, {"series": series.id}), since)


def _missing_places(registration: Registration, since: datetime) -> list[int]:
    """Return the live sessions not ended at `since` in which there is no place yet, by id."""
    which = {"series": registration.series_id, "registration": registration.id}
    return _not_ended(session.execute(_WITHOUT_PLACE, which), since)


def _not_ended(rows: Iterable[Any], since: datetime) -> list[int]:
    return [
        live_session_id
        for live_session_id, starts_at, minutes in rows
        if starts_at + timedelta(minutes=minutes) > since
    ]


def cancel_registration(registration: Registration) -> None:
    """Take a registration back: its places are free for those who wait; what was, stays."""
    with transaction():
        version = lock_series(registration.series_id)
        session.refresh(registration)
        if registration.cancelled_at is not None:
            return
        registration.cancelled_at = now()
        registration.sequence += 1
        session.flush()
        letters.write_withdrawn(registration, version)
        drop_places(registration.id, _open_live_sessions(registration.series_id), version)


def answer_reminders(registration: Registration, *, wanted: bool) -> None:
    """Keep whether reminders of this series are wanted; what waits is asked as it leaves."""
    with transaction():
        lock_series(registration.series_id)
        session.refresh(registration)
        _note_answers(registration, None, {"mail_reminders": wanted}, "")


def _open_live_sessions(series_id: int) -> list[int]:
    statement = select(LiveSession).where(LiveSession.series_id == series_id)
    return [each.id for each in session.scalars(statement) if not each.is_over]


def standing_registrations(series_id: int) -> Iterable[Registration]:
    """Return the registrations that stand, the first to register first."""
    statement = (
        select(Registration)
        .where(Registration.series_id == series_id, Registration.cancelled_at.is_(None))
        .order_by(Registration.registered_at, Registration.id)
    )
    return session.scalars(statement)
