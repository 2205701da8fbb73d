"""Who the rows of a file are: persons already here, newcomers, several under one address."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload, raiseload, selectinload

from academy.db import session
from academy.lib.names import same_name_key
from academy.people.models import EmailAddress, Person
from academy.people.queries import is_claim
from academy.programme.formats.entries import ATTENDEE, Entry
from academy.programme.models import Registration, Series
from academy.programme.registration_import.decisions import Case, in_order

_CHUNK = 500
#: An address, or the id of a person.
Key = TypeVar("Key", str, int)
#: What another transaction has committed since counts, too.
_FRESH = {"populate_existing": True}


def recognise(series: Series, entries: Sequence[Entry]) -> list[Case]:
    """Return a case for each person of the file, in the order in which they first appear.

    One address is one person. Only where a ticket shop numbers attendees are several names under
    one address several persons; the first of them, or who has the address here already, keeps it.
    """
    people = _people_by_address({entry.normal for entry in entries})
    attendees = _registered_attendees(series) if any(each.attendee for each in entries) else {}
    cases = [
        case
        for group in _by_address(entries)
        for case in _cases_of_address(group, people.get(group[0].normal), attendees)
    ]
    cases = _one_for_each(cases)
    _find_registrations(series, cases)
    zone = ZoneInfo(series.zone)
    for case in cases:
        case.entries = in_order(case.entries, zone)
        case.person_id = case.person.id if case.person is not None else None
    return cases


def _one_for_each(cases: list[Case]) -> list[Case]:
    """Put together what came under several addresses of one person."""
    first: dict[int, Case] = {}
    kept = []
    for case in cases:
        known = first.setdefault(case.person.id, case) if case.person is not None else case
        if known is case:
            kept.append(case)
        else:
            known.entries = sorted([*known.entries, *case.entries], key=lambda entry: entry.row)
    return kept


def _by_address(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.normal].append(entry)
    yield from groups.values()


def _cases_of_address(
    group: list[Entry], owner: Person | None, attendees: dict[str, Registration]
) -> list[Case]:
    by_name: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in group:
        by_name[same_name_key(entry.name) or entry.name].append(entry)
    if len(by_name) == 1 or not all(entry.attendee for entry in group):
        return [_case(group, owner)]
    parts = list(by_name.values())
    first = _whose_address(parts, owner, attendees)
    return [
        _case(part, owner) if part is first else _case_without_address(part, attendees)
        for part in parts
    ]


def _whose_address(
    parts: list[list[Entry]], owner: Person | None, attendees: dict[str, Registration]
) -> list[Entry]:
    """Return the rows of the one who has the address: known by number, by name, else the first."""
    if owner is not None:
        for part in parts:
            known = (attendees.get(entry.attendee) for entry in part)
            if any(each is not None and each.person_id == owner.id for each in known):
                return part
        for part in parts:
            if same_name_key(part[0].name) == same_name_key(owner.name):
                return part
    return parts[0]


def _case(entries: list[Entry], person: Person | None) -> Case:
    return Case(entries, person=person, is_own=person is not None and _is_own(person))


def _case_without_address(entries: list[Entry], attendees: dict[str, Registration]) -> Case:
    known = next((attendees[e.attendee] for e in entries if e.attendee in attendees), None)
    is_free = known is not None and not known.person.addresses
    return Case(entries, person=known.person if known and is_free else None, has_address=False)


def _is_own(person: Person) -> bool:
    """Whether the person has said something here themselves: signed up, or proved an address."""
    if person.password_hash is not None:
        return True
    return any(each.verified_at or each.source != "import" for each in person.addresses)


def _people_by_address(normals: set[str]) -> dict[str, Person]:
    """Return who has which address; a statement for each few hundred."""
    found: dict[str, Person] = {}
    for chunk in _chunks(sorted(normals)):
        holders = select(EmailAddress.person_id).where(EmailAddress.normal.in_(chunk), ~is_claim())
        statement = (
            select(Person)
            .where(Person.id.in_(holders))
            .options(selectinload(Person.addresses))
            .execution_options(**_FRESH)
        )
        for person in session.scalars(statement):
            found.update((each.normal, person) for each in person.addresses if not each.is_claim)
    return found


def _registered_attendees(series: Series) -> dict[str, Registration]:
    """Return the registrations of a series by the number that a shop gave the attendee."""
    statement = (
        select(Registration)
        .where(Registration.series_id == series.id)
        .options(joinedload(Registration.person).selectinload(Person.addresses))
        .execution_options(**_FRESH)
    )
    return {
        str(each.answers[ATTENDEE]): each
        for each in session.scalars(statement)
        if each.answers.get(ATTENDEE)
    }


def _find_registrations(series: Series, cases: list[Case]) -> None:
    known = {case.person.id: case for case in cases if case.person is not None}
    for chunk in _chunks(sorted(known)):
        statement = (
            select(Registration)
            .where(Registration.series_id == series.id, Registration.person_id.in_(chunk))
            .options(raiseload("*"))
            .execution_options(**_FRESH)
        )
        for registration in session.scalars(statement):
            known[registration.person_id].registration = registration


def _chunks(keys: list[Key]) -> Iterator[list[Key]]:
    yield from (keys[at : at + _CHUNK] for at in range(0, len(keys), _CHUNK))
