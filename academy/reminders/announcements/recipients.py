"""Who gets an announcement, at which hour of their own, and who of the segment does not, and why.

Everything is told by two statements, however many people there are: one counts by clock, language
and reason; one reads a page.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    func,
    or_,
    select,
    tuple_,
)

from academy.attendance.matching.candidates import VOUCHED
from academy.db import now, session
from academy.messaging.kinds import ANNOUNCEMENT
from academy.messaging.reach import TOLD, hours_of, why_unreached, with_mailbox
from academy.people.models import EmailAddress, Person
from academy.programme.models import Registration, Series
from academy.reminders.announcements.hours import Clock, Hour, clock_of, hour_on
from academy.reminders.announcements.models import Announcement
from academy.reminders.announcements.paging import Part, Wanted, read_part
from academy.reminders.announcements.segments import in_segment, segment_of
from academy.reminders.kinds import CONSENT

SHOWS = ("gets", "left_out", "all")
#: Why somebody of the segment does not get it; "asleep" until it is of no use any more.
REASONS = (
    "closed", "no_address", "not_proved", "refused", "no_consent", "bounced", "asleep",
)  # fmt: skip
ASLEEP = "asleep"
#: How the database tells a clock: the zone, and the quiet hours or nothing.
_Told = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Recipient:
    """One of the segment."""

    person_id: int
    name: str
    country: str | None
    language: str
    zone: str
    hour: Hour
    #: One of REASONS; "" for who gets it.
    why: str


@dataclass(frozen=True, slots=True)
class Group:
    """How many share a clock, a language and a reason."""

    told: _Told
    clock: Clock
    hour: Hour
    language: str
    why: str
    people: int


class Recipients:
    """Who gets one announcement as things stand now, as far as `viewer` may write to them."""

    def __init__(
        self, announcement: Announcement, viewer: Person, at: datetime | None = None
    ) -> None:
        """Look at the series of the announcement at the moment `at`, or now."""
        self.announcement, self.viewer, self.at = announcement, viewer, at or now()
        self.series: Series = announcement.series

    @cached_property
    def groups(self) -> list[Group]:
        """Everybody of the segment by clock, language and reason; one statement."""
        found = self._everybody().with_only_columns(*TOLD, Person.language, _why()).subquery()
        counted = select(*found.c, func.count()).group_by(*found.c)
        return [self._group(row) for row in session.execute(counted)]

    def _group(self, row: Any) -> Group:
        told, clock = _read_told(row), self._clock(row)
        hour = hour_on(clock, self.announcement.local_at, self.at)
        return Group(told, clock, hour, row[3], row[4] or self._asleep(hour), row[5])

    def _clock(self, row: Any) -> Clock:
        begins, ends = hours_of(row[1], row[2]) or (None, None)
        return clock_of(row[0], begins, ends, self.series.zone)

    def _asleep(self, hour: Hour) -> str:
        until = self.announcement.of_use_until
        return ASLEEP if until is not None and hour.at >= until else ""

    @property
    def total(self) -> int:
        """How many get it."""
        return sum(group.people for group in self.groups if not group.why)

    @property
    def left_out(self) -> dict[str, int]:
        """How many of the segment do not, by reason, in the order of REASONS."""
        counted = dict.fromkeys(REASONS, 0)
        for group in self.groups:
            if group.why:
                counted[group.why] += group.people
        return {why: people for why, people in counted.items() if people}

    @property
    def languages(self) -> dict[str, int]:
        """How many of those who get it read which language."""
        counted: dict[str, int] = {}
        for group in self.groups:
            if not group.why:
                counted[group.language] = counted.get(group.language, 0) + group.people
        return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def hours(self) -> list[tuple[str, Hour, int]]:
        """Zone, hour and number of those who get it, the first to get it first.

        Who gets it at once, as everybody does who is awake, stands in one line without a zone.
        """
        counted: dict[tuple[str, Hour], int] = {}
        for group in self.groups:
            if not group.why:
                is_at_once = not self.announcement.local_at and not group.hour.is_moved
                key = ("" if is_at_once else group.clock.zone, group.hour)
                counted[key] = counted.get(key, 0) + group.people
        ordered = sorted(counted.items(), key=lambda pair: (pair[0][1].at, pair[0][0]))
        return [(zone, hour, people) for (zone, hour), people in ordered]

    def read_page(self, wanted: Wanted) -> Part:
        """Return a page of them (Recipient) by name; two statements besides that of the groups."""
        part = read_part(self._shown(wanted), wanted.page)
        return replace(part, rows=[self._recipient(row) for row in part.rows])

    def _shown(self, wanted: Wanted) -> Select[Any]:
        columns: list[Any] = [
            *TOLD, Person.id.label("person_id"), Person.name.label("name"),
            Person.country.label("country"), Person.language.label("language"), _why(),
        ]  # fmt: skip
        statement = self._everybody().with_only_columns(*columns)
        if wanted.words:
            statement = statement.where(_is_called(wanted.words))
        gets = and_(_why() == "", ~self._sleeps())
        shows = {"gets": gets, "left_out": ~gets}
        return statement.where(shows[wanted.show]) if wanted.show in shows else statement

    def _sleeps(self) -> ColumnElement[bool]:
        asleep = [group.told for group in self.groups if group.why == ASLEEP]
        return tuple_(*TOLD).in_(asleep)

    def _recipient(self, row: Any) -> Recipient:
        clock = self._clock(row)
        hour = hour_on(clock, self.announcement.local_at, self.at)
        return Recipient(
            row.person_id, row.name, row.country, row.language, clock.zone, hour,
            row.why or self._asleep(hour),
        )  # fmt: skip

    def read_all(self) -> list[tuple[int, str, Hour]]:
        """Return person, address and hour of everybody who gets it; one statement.

        Whoever is left out is counted with them, so that nothing is asked twice.
        """
        statement = self._everybody().with_only_columns(
            *TOLD, Person.language, _why(), Person.id, EmailAddress.address
        )
        counted: Counter[tuple[Any, ...]] = Counter()
        groups: dict[tuple[Any, ...], Group] = {}
        found = []
        for row in session.execute(statement.order_by(Person.id)):
            key = row[:5]
            counted[key] += 1
            group = groups.get(key) or groups.setdefault(key, self._group((*key, 0)))
            if not group.why:
                found.append((row[5], row[6], group.hour))
        self.groups = [replace(group, people=counted[key]) for key, group in groups.items()]
        return found

    def _everybody(self) -> Select[Any]:
        segment = in_segment(self.series, segment_of(self.announcement), self.viewer)
        return with_mailbox(segment)


def fingerprint(person_ids: Iterable[int]) -> str:
    """Return what changes as soon as one more or one fewer is on the list."""
    digest = sha256()
    for person_id in sorted(person_ids):
        digest.update(b"%d," % person_id)
    return digest.hexdigest()[:32]


def _read_told(row: Any) -> _Told:
    return row[0], row[1], row[2]


def _is_called(words: str) -> ColumnElement[bool]:
    return or_(
        Person.name.icontains(words, autoescape=True),
        EmailAddress.address.icontains(words, autoescape=True),
    )


def _why() -> ColumnElement[str]:
    """Why somebody does not get it; organisers vouch for the addresses of a file, as everywhere."""
    answer = Registration.consents[CONSENT].as_boolean()
    return why_unreached(ANNOUNCEMENT, CONSENT, answer, VOUCHED)
