"""Writing what an import decided: newcomers, registrations and places in a few statements."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from academy.db import session
from academy.people.models import Person
from academy.people.ports import tell_new_hours
from academy.people.service.newcomers import Newcomer, add_newcomers
from academy.programme.models import Registration, Series
from academy.programme.registration_import.decisions import Case
from academy.programme.service import register, seating
from academy.programme.service.seating import seat_newcomers

_CHUNK = 1_000


def store(series: Series, cases: Sequence[Case], at: datetime) -> None:
    """Write the changes of `cases`; the series is locked, the caller's transaction commits.

    `at` is when somebody registered of whom the file does not say it.
    """
    changed = [case for case in cases if case.changes]
    _add_persons([case for case in changed if case.person is None])
    _write_profiles([case for case in changed if case.person is not None])
    begun = [case for case in changed if case.registration is None]
    seat_newcomers(series.id, list(_begin(series, begun, at)))
    for case in changed:
        if case.registration is not None and case.person is not None:
            _change_registration(series, case.person, case.registration, case)


def _add_persons(cases: Sequence[Case]) -> None:
    # Always in the same order: two imports at once then wait for each other's addresses, and
    # never each for the other.
    cases = sorted(cases, key=lambda case: case.entries[0].normal)
    newcomers = [
        Newcomer(
            name=case.profile.name, country=case.profile.country,
            organisation=case.profile.organisation, language=case.profile.language,
            zone=case.profile.zone,
            address=case.entries[0].email if case.has_address else "",
            normal=case.entries[0].normal if case.has_address else "",
        )
        for case in cases
    ]  # fmt: skip
    for case, person_id in zip(cases, add_newcomers(newcomers), strict=True):
        case.person_id = person_id


def _write_profiles(cases: Sequence[Case]) -> None:
    """Write what the file says of people who are known; their letters follow a new zone."""
    moved: list[int] = []
    for case in cases:
        if case.person is not None:
            zone = case.person.zone
            _write_profile(case.person, case)
            if case.person.zone != zone:
                moved.append(case.person.id)
    session.flush()
    if moved:
        tell_new_hours(moved)


def _write_profile(person: Person, case: Case) -> None:
    profile = case.profile
    person.name, person.country = profile.name, profile.country
    person.organisation = profile.organisation
    person.language, person.zone = profile.language or person.language, profile.zone


def _begin(series: Series, cases: Sequence[Case], at: datetime) -> Iterator[seating.Newcomer]:
    """Add the registrations; yield each with the moment at which it was made."""
    for start in range(0, len(cases), _CHUNK):
        rows = [_registration(series, case, at) for case in cases[start : start + _CHUNK]]
        statement = insert(Registration).returning(Registration.id, sort_by_parameter_order=True)
        ids = session.scalars(statement, rows).all()
        for row, registration_id in zip(rows, ids, strict=True):
            yield seating.Newcomer(row["registered_at"], registration_id)


def _registration(series: Series, case: Case, at: datetime) -> dict[str, Any]:
    said = case.answers
    return {
        "series_id": series.id,
        "person_id": case.person_id,
        "source": "import",
        "registered_at": case.registered_at or at,
        "answers": said.answers,
        "consents": said.consents,
        "name_given": said.name_given,
        "answered_at": said.answered_at,
    }


def _change_registration(
    series: Series, person: Person, registration: Registration, case: Case
) -> None:
    said = case.answers
    if registration.cancelled_at is not None and said.stands:
        register(person, series, source="import", registered_at=said.answered_at)
    registration.answers, registration.consents = said.answers, said.consents
    registration.name_given, registration.answered_at = said.name_given, said.answered_at
