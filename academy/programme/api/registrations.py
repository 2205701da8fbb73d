"""GET, POST and DELETE /api/v1/series/<slug>/registrations."""

from http import HTTPStatus

from flask import abort

from academy.db import transaction
from academy.lib.strict import Paging, make_cursor
from academy.people.models import Person
from academy.people.queries import find_person_by_address
from academy.people.service import create_person
from academy.programme import service
from academy.programme.api.calls import calls, get_series, in_words
from academy.programme.api.shapes import (
    NewRegistration,
    PersonAnswer,
    PlaceAnswer,
    RegistrationAnswer,
    RegistrationPage,
)
from academy.programme.listing import find_registration, page_of_registrations
from academy.programme.models import Registration, Series
from academy.programme.policy import can_run_series
from academy.programme.service.registrations import find_registration as standing_registration
from academy.security import audit
from academy.security.api import answer_with
from academy.security.problems import refuse


@calls.get("/series/<slug>/registrations", scope="registrations:read")
def list_registrations(caller: Person, slug: str, query: Paging) -> RegistrationPage:
    """List the registrations to a series; a focal point reads those of its countries."""
    series = get_series(slug, caller)
    found, more = page_of_registrations(caller, series.id, query.after, query.limit)
    return RegistrationPage(
        items=[show(each) for each in found], next=make_cursor(found[-1].id) if more else None
    )


@calls.post(
    "/series/<slug>/registrations", scope="registrations:write", statuses=(201, 200), refuses=(409,)
)
def create_registration(caller: Person, slug: str, body: NewRegistration) -> RegistrationAnswer:
    """Register a person: 201 for a new registration, 200 where one stood already."""
    series = get_series(slug, caller)
    if series.status == "cancelled":
        refuse(409, "cancelled", "The series was cancelled", "Nobody can register any more.")
    with transaction():
        person = _find_or_create(caller, body)
        before = standing_registration(person.id, series.id)
        stood = before is not None and before.cancelled_at is None
        registration = _register(person, series, caller, body)
    if stood:
        answer_with(HTTPStatus.OK)
    return show(find_registration(caller, series.id, registration.id) or abort(404))


def _find_or_create(caller: Person, body: NewRegistration) -> Person:
    known = find_person_by_address(body.email)
    country = known.country if known is not None else body.country
    if not can_run_series(caller) and country not in caller.focal_countries:
        refuse(403, "country", "Not allowed", "A focal point registers people of its countries.")
    return known or create_person(
        body.name, body.email, country=body.country, organisation=body.organisation,
        language=body.language, zone=body.zone or "", source="import",
    )  # fmt: skip


def _register(
    person: Person, series: Series, caller: Person, body: NewRegistration
) -> Registration:
    given = body.name if body.name != person.name else ""
    with in_words():
        registration = service.register(
            person, series, source="api", answers=dict(body.answers), name_given=given
        )
    audit.note("registration.create", f"registration:{registration.id}", actor_id=caller.id)
    return registration


@calls.delete("/series/<slug>/registrations/<int:registration_id>", scope="registrations:write")
def delete_registration(caller: Person, slug: str, registration_id: int) -> None:
    """Take a registration back; its places go to those who wait."""
    series = get_series(slug, caller)
    registration = find_registration(caller, series.id, registration_id) or abort(404)
    with transaction():
        service.cancel_registration(registration)
        audit.note("registration.cancel", f"registration:{registration_id}", actor_id=caller.id)


def show(registration: Registration) -> RegistrationAnswer:
    """Return the registration as the API tells it."""
    person = registration.person
    return RegistrationAnswer(
        id=registration.id,
        person=PersonAnswer(
            id=person.id,
            name=registration.name_given or person.name,
            country=person.country,
            organisation=person.organisation,
            email=next((each.address for each in person.addresses if each.is_primary), None),
        ),
        registered_at=registration.registered_at,
        cancelled_at=registration.cancelled_at,
        source=registration.source,
        answers={str(question): str(answer) for question, answer in registration.answers.items()},
        places=[
            PlaceAnswer(live_session=place.live_session.slug, state=place.state)
            for place in sorted(registration.places, key=lambda each: each.live_session_id)
        ],
    )
