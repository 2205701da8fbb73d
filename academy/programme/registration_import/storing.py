"""Writing what an import decided: newcomers, registrations and places in a few statements."""

from collections.abc import Sequence
from datetime import datetime

from academy.db import session
from academy.people.models import Person
from academy.people.service.newcomers import Newcomer, add_newcomers
from academy.programme.models import Registration, Series
from academy.programme.registration_import.decisions import Case
from academy.programme.service import register
from academy.programme.service.seating import seat_newcomers


def store(series: Series, cases: Sequence[Case], at: datetime) -> None:
    """Write the changes of `cases`; the series is locked, the caller's transaction commits.

    `at` is when somebody registered of whom the file does not say it.
    """
    changed = [case for case in cases if case.changes]
    _add_persons([case for case in changed if case.person is None])
    for case in changed:
        _write_profile(case)
    standing = [case for case in changed if case.registration is not None]
    begun = [_begin(series, case, at) for case in changed if case.registration is None]
    session.add_all(begun)
    session.flush()
    seat_newcomers(series.id, begun)
    for case in standing:
        _change_registration(series, case)


def _add_persons(cases: Sequence[Case]) -> None:
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
    for case, person in zip(cases, add_newcomers(newcomers), strict=True):
        case.person = person


def _person_of(case: Case) -> Person:
    if case.person is None:
        raise RuntimeError("the persons of an import are added first")
    return case.person


def _write_profile(case: Case) -> None:
    person, profile = _person_of(case), case.profile
    person.name, person.country = profile.name, profile.country
    person.organisation = profile.organisation
    person.language, person.zone = profile.language or person.language, profile.zone


def _begin(series: Series, case: Case, at: datetime) -> Registration:
    said = case.answers
    case.registration = Registration(
        series_id=series.id, person_id=_person_of(case).id, source="import",
        registered_at=case.registered_at or at, answers=said.answers, consents=said.consents,
        name_given=said.name_given, answered_at=said.answered_at,
    )  # fmt: skip
    return case.registration


def _change_registration(series: Series, case: Case) -> None:
    registration, said = case.registration, case.answers
    if registration is None:
        return
    if registration.cancelled_at is not None and said.stands:
        register(_person_of(case), series, source="import", registered_at=said.answered_at)
    registration.answers, registration.consents = said.answers, said.consents
    registration.name_given, registration.answered_at = said.name_given, said.answered_at
