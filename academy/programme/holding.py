"""What the programme holds of a person, and how it lets go without changing a figure."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import selectinload

from academy.db import in_parts, now, session
from academy.people.ports import Holder
from academy.programme.models import LiveSession, Place, Registration, Series
from academy.programme.service.locks import lock_series
from academy.programme.service.places import say_no
from academy.programme.service.registrations import cancel_registration


def _needed(person_ids: Collection[int], but_for: int | None) -> set[int]:
    """Whoever is or was registered for a series whose people are still kept."""
    return {
        person_id
        for part in in_parts(person_ids)
        for person_id in session.scalars(
            select(Registration.person_id).where(
                Registration.person_id.in_(part), Registration.series_id != (but_for or 0)
            )
        )
    }


def _registrations(person_id: int) -> Sequence[Registration]:
    """Return the registrations in the order in which their series are locked."""
    statement = (
        select(Registration)
        .where(Registration.person_id == person_id)
        .order_by(Registration.series_id)
        .options(
            selectinload(Registration.series).selectinload(Series.live_sessions),
            selectinload(Registration.places).selectinload(Place.live_session),
        )
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement).all()


def _told(person_id: int) -> dict[str, Any]:
    return {"registrations": [_as_json(each) for each in _registrations(person_id)]}


def _as_json(registration: Registration) -> dict[str, Any]:
    cancelled_at, answered_at = registration.cancelled_at, registration.answered_at
    return {
        "series": registration.series.slug,
        "title": registration.series.title,
        "registered_at": registration.registered_at.isoformat(),
        "taken_back_at": cancelled_at and cancelled_at.isoformat(),
        "source": registration.source,
        "name_given": registration.name_given,
        "answers": registration.answers,
        "answered_at": answered_at and answered_at.isoformat(),
        "consents": registration.consents,
        "places": [
            {
                "live_session": place.live_session.slug,
                "starts_at": place.live_session.starts_at.isoformat(),
                "state": place.state,
                "changed_at": place.changed_at.isoformat(),
            }
            for place in registration.places
        ],
    }


def _let_go(person_id: int) -> None:
    """Free what is to come, and keep of what was a registration without words.

    Where a live session of the series has begun, the registration stands in its figures; a series
    that is all to come counts the person no longer.
    """
    for registration in _registrations(person_id):
        lock_series(registration.series_id)
        held = [each for each in registration.series.live_sessions if each.starts_at <= now()]
        if registration.cancelled_at is None and held:
            _leave_what_is_to_come(registration)
            _empty(registration)
        else:
            cancel_registration(registration)
            session.execute(delete(Registration).where(Registration.id == registration.id))
        session.flush()


def _leave_what_is_to_come(registration: Registration) -> None:
    for live_session in _still_to_come(registration):
        say_no(registration, live_session)


def _still_to_come(registration: Registration) -> list[LiveSession]:
    places = sorted(registration.places, key=lambda place: place.live_session_id)
    return [
        place.live_session
        for place in places
        if place.live_session.starts_at > now() and not place.live_session.is_over
    ]


def _empty(registration: Registration) -> None:
    registration.name_given, registration.answers, registration.consents = "", {}, {}
    registration.answered_at = None
    registration.link_version += 1  # the link that lies in a mail opens nothing any more


HOLDER = Holder("programme", _needed, _told, _let_go)
