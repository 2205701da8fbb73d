"""Reads whom the academy knows, for the review desk; their names are made comparable once.

Whoever clears a live session asks for the same page after every decision, and nobody's name has
changed meanwhile. So the look-ups are kept with the rows that they were made of, and used again
only while the database says exactly the same.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, exists, select

from academy.attendance.matching.candidates import VOUCHED, Candidate, Known
from academy.db import session
from academy.people.models import EmailAddress, Person
from academy.programme.models import Registration

#: So many series are looked after at the same time in one process.
_MOST_KEPT = 4


@dataclass(frozen=True, slots=True)
class People:
    """Everybody as candidates of one series, and what the page says of each, by id."""

    rows: Sequence[Row[Any]]
    known: Known
    by_id: dict[int, Row[Any]]


_kept: OrderedDict[int, People] = OrderedDict()

#: Whether somebody is registered for the series that is asked about.
IS_REGISTERED = exists().where(
    Registration.person_id == Person.id,
    Registration.series_id == bindparam("series"),
    Registration.cancelled_at.is_(None),
)
_EVERYBODY = (
    select(
        Person.id,
        Person.name,
        Person.country,
        Person.organisation,
        IS_REGISTERED.label("is_registrant"),
        EmailAddress.normal,
        (EmailAddress.verified_at.is_not(None) | EmailAddress.source.in_(VOUCHED)).label("proved"),
    )
    .outerjoin(EmailAddress, EmailAddress.person_id == Person.id)
    .order_by(Person.id, EmailAddress.id)
)


def read_people(series_id: int) -> People:
    """Return everybody, as registrants of the series or not; one statement."""
    rows: Sequence[Any] = session.execute(_EVERYBODY, {"series": series_id}).all()
    kept = _kept.get(series_id)
    if kept is None or kept.rows != rows:
        kept = _kept[series_id] = _make(rows)
    _kept.move_to_end(series_id)
    while len(_kept) > _MOST_KEPT:
        _kept.popitem(last=False)
    return kept


def forget() -> None:
    """Make the look-ups anew at the next page (benchmarks)."""
    _kept.clear()


def _make(rows: Sequence[Row[Any]]) -> People:
    addresses: dict[int, set[str]] = defaultdict(set)
    proved: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        if row.normal:
            addresses[row.id].add(row.normal)
        if row.normal and row.proved:
            proved[row.id].add(row.normal)
    by_id = {row.id: row for row in rows}
    known = Known([
        Candidate(number, row.name, frozenset(proved[number]), frozenset(addresses[number]),
                  is_registrant=bool(row.is_registrant))
        for number, row in by_id.items()
    ])  # fmt: skip
    return People(rows, known, by_id)
