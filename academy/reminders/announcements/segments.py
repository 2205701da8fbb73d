"""Which part of the people of a series an announcement is for: as conditions on registrations."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, or_, select

from academy.attendance.models import Attendance
from academy.db import now
from academy.people.models import Person
from academy.people.policy import visible_to
from academy.programme.models import LiveSession, Place, Registration, Series
from academy.reminders.announcements.models import Announcement

GOING, WAITING, CAME, MISSED, NEVER_CAME = "going", "waiting", "came", "missed", "never_came"
WHO = (GOING, WAITING, CAME, MISSED, NEVER_CAME)
#: What is known only once somebody noted who came.
AFTERWARDS = frozenset({CAME, MISSED, NEVER_CAME})


@dataclass(frozen=True, slots=True)
class Segment:
    """Whom it is for: any of `who`, and in one of the countries, and of one of the languages."""

    #: 0 is the whole series.
    live_session: int = 0
    who: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


def segment_of(announcement: Announcement) -> Segment:
    """Return whom an announcement is for."""
    return Segment(
        announcement.live_session_id or 0, tuple(announcement.who),
        tuple(announcement.countries), tuple(announcement.languages),
    )  # fmt: skip


def in_segment(series: Series, segment: Segment, viewer: Person) -> Select[Any]:
    """Return the registrations of the segment whose people `viewer` may write to, with them."""
    statement = (
        select(Registration)
        .join(Registration.person)
        .where(
            Registration.series_id == series.id,
            Registration.cancelled_at.is_(None),
            visible_to(viewer),
        )
    )
    if segment.countries:
        statement = statement.where(_of_countries(segment.countries))
    if segment.languages:
        statement = statement.where(Person.language.in_(segment.languages))
    if segment.who:
        statement = statement.where(or_(*_who(series, segment).values()))
    return statement


def _of_countries(codes: Collection[str]) -> ColumnElement[bool]:
    known = Person.country.in_([code for code in codes if code])
    return known | Person.country.is_(None) if "" in codes else known


def _who(series: Series, segment: Segment) -> Mapping[str, ColumnElement[bool]]:
    """Return the condition of each that is asked for."""
    chosen = [one for one in _held(series) if segment.live_session in {0, one.id}]
    coming = {one.id for one in chosen if segment.live_session or not one.is_over}
    over = {one.id for one in chosen if one.ends_at <= now()}
    conditions = {
        GOING: _has_place("going", coming),
        WAITING: _has_place("waiting", coming),
        CAME: _came({one.id for one in chosen}),
        MISSED: _missed(over),
        NEVER_CAME: ~_came(over) if over else false(),
    }
    return {name: conditions[name] for name in segment.who}


def _held(series: Series) -> list[LiveSession]:
    return [one for one in series.live_sessions if one.status != "cancelled"]


def _has_place(state: str, numbers: Collection[int]) -> ColumnElement[bool]:
    return exists().where(
        Place.registration_id == Registration.id,
        Place.live_session_id.in_(numbers),
        Place.state == state,
    )


def _came(numbers: Collection[int]) -> ColumnElement[bool]:
    return exists().where(
        Attendance.person_id == Registration.person_id, Attendance.live_session_id.in_(numbers)
    )


def _missed(numbers: Collection[int]) -> ColumnElement[bool]:
    """Had a place in one that is over, and is not known to have been there."""
    was_there = exists().where(
        Attendance.person_id == Registration.person_id,
        Attendance.live_session_id == Place.live_session_id,
    )
    return exists().where(
        Place.registration_id == Registration.id,
        Place.live_session_id.in_(numbers),
        Place.state == "going",
        ~was_there.correlate(Registration, Place),
    )
