"""Reads for the desk: announcements of a series, and how far one that was confirmed has come."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from academy.attendance.models import Tally
from academy.db import now, session
from academy.messaging.kinds import ANNOUNCEMENT
from academy.messaging.models import Message
from academy.people.models import Person
from academy.people.policy import SEES_ALL, visible_to
from academy.programme.models import LiveSession, Registration, Series
from academy.reminders.announcements.models import Announcement, occasion_of
from academy.reminders.announcements.paging import PAGE, Part, Wanted, read_part
from academy.reminders.announcements.policy import visible_announcements
from academy.reminders.announcements.segments import AFTERWARDS, Segment

#: What a tab of the page of one announcement shows.
SHOWS = ("all", "waiting", "sent", "failed", "not_sent")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an announcement has come, in numbers of people."""

    sent: int = 0
    #: Their hour is still to come.
    coming: int = 0
    #: Their hour has come: they leave within a minute, or leave just now.
    leaving: int = 0
    #: They are tried again.
    failed: int = 0
    #: Not sent, by the reason that our own gate gave, or else by the cause in the ledger.
    suppressed: Mapping[str, int] = field(default_factory=dict)
    #: When the next ones leave.
    next_at: datetime | None = None

    @property
    def not_sent(self) -> int:
        """How many did not get it and will not."""
        return sum(self.suppressed.values())

    @property
    def done(self) -> int:
        """How many are settled: sent, or not sent for good."""
        return self.sent + self.not_sent

    @property
    def waiting(self) -> int:
        """How many are still to leave."""
        return self.coming + self.leaving + self.failed

    @property
    def total(self) -> int:
        """How many stood on the list at the confirmation, but for those who were erased since."""
        return self.done + self.waiting


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list, and what became of their message."""

    message: Message
    name: str
    country: str | None
    zone: str


def list_announcements(
    series: Series, viewer: Person, page: int
) -> tuple[Sequence[Announcement], int]:
    """Return a page of those that `viewer` may see, the newest first, and how many there are."""
    wanted = visible_announcements(viewer).where(Announcement.series_id == series.id)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    newest = wanted.order_by(Announcement.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
    return session.scalars(newest).all(), total


def find_announcement(series: Series, viewer: Person, number: int) -> Announcement | None:
    """Return one announcement of the series, if `viewer` may see it."""
    wanted = visible_announcements(viewer).where(
        Announcement.series_id == series.id, Announcement.id == number
    )
    return session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()


def read_standings(numbers: Collection[int], viewer: Person) -> dict[int, Standing]:
    """Return how far each has come, as far as `viewer` may see; one statement."""
    by_occasion = {occasion_of(number): number for number in numbers}
    is_due = Message.due_at <= now()
    # Of these the ledger keeps the few sentences of the gate; others are told by mail servers.
    why = case((Message.cause.in_(("outdated", "stopped")), Message.reason), else_=Message.cause)
    statement = (
        select(
            Message.occasion, Message.state, why, is_due, func.count(), func.min(Message.due_at)
        )
        .where(*_of(by_occasion, viewer))
        .group_by(Message.occasion, Message.state, why, is_due)
    )  # fmt: skip
    found: dict[int, list[Any]] = {number: [] for number in numbers}
    for row in session.execute(statement) if numbers else ():
        found[by_occasion[row[0]]].append(row[1:])
    return {number: _standing(rows) for number, rows in found.items()}


def _of(occasions: Collection[str], viewer: Person) -> list[ColumnElement[bool]]:
    conditions = [Message.occasion.in_(occasions), Message.kind == ANNOUNCEMENT]
    if not viewer.has_role(*SEES_ALL):
        conditions.append(Message.person_id.in_(select(Person.id).where(visible_to(viewer))))
    return conditions


def _standing(rows: Sequence[Any]) -> Standing:
    counted = {"sent": 0, "coming": 0, "leaving": 0, "failed": 0}
    suppressed: dict[str, int] = {}
    moments = []
    for state, why, is_due, people, due_at in rows:
        if state == "suppressed":
            suppressed[why] = suppressed.get(why, 0) + people
        else:
            counted[_column(state, is_due=bool(is_due))] += people
        if state == "planned" and not is_due:
            moments.append(due_at)
    return Standing(**counted, suppressed=suppressed, next_at=min(moments, default=None))


def _column(state: str, *, is_due: bool) -> str:
    if state == "planned":
        return "leaving" if is_due else "coming"
    return "leaving" if state == "claimed" else state


def read_lines(announcement: Announcement, viewer: Person, wanted: Wanted) -> Part:
    """Return a page of the frozen list (Line), by name; two statements."""
    statement: Select[Message, str, str | None, str] = (
        select(Message, Person.name, Person.country, Person.zone)
        .join(Person, Person.id == Message.person_id)
        .where(*_of([announcement.occasion], viewer), *_shown(wanted))
    )
    part = read_part(statement, wanted.page)
    return replace(part, rows=[Line(*row) for row in part.rows])


def _shown(wanted: Wanted) -> list[ColumnElement[bool]]:
    shows = {
        "waiting": Message.state.in_(("planned", "claimed", "failed")),
        "sent": Message.state == "sent",
        "failed": Message.state == "failed",
        "not_sent": Message.state == "suppressed",
    }
    conditions = [shows[wanted.show]] if wanted.show in shows else []
    if wanted.words:
        conditions.append(Person.name.icontains(wanted.words, autoescape=True))
    return conditions


@dataclass(frozen=True, slots=True)
class Offered:
    """What a segment of a series can be made of: the countries and languages of its people."""

    countries: Mapping[str, int]
    languages: Mapping[str, int]


def read_offered(series: Series, viewer: Person) -> Offered:
    """Count the people whom `viewer` may write to by country ("" unknown) and language."""
    statement = (
        select(Person.country, Person.language, func.count())
        .join(Registration, Registration.person_id == Person.id)
        .where(
            Registration.series_id == series.id,
            Registration.cancelled_at.is_(None),
            visible_to(viewer),
        )
        .group_by(Person.country, Person.language)
    )
    countries: dict[str, int] = {}
    languages: dict[str, int] = {}
    for country, language, people in session.execute(statement):
        countries[country or ""] = countries.get(country or "", 0) + people
        languages[language] = languages.get(language, 0) + people
    return Offered(countries, languages)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why nobody can be sure of who came to what a segment asks about."""

    #: Somebody was seen, and nobody knows who they are.
    unmatched: int = 0
    #: So many live sessions are over of which nothing has been noted.
    unknown: int = 0


def find_doubt(series: Series, segment: Segment) -> Doubt:
    """Return what is not known of who came, where the segment asks; one statement."""
    if not AFTERWARDS & set(segment.who):
        return Doubt()
    statement = (
        select(LiveSession, Tally.unmatched)
        .outerjoin(Tally, Tally.live_session_id == LiveSession.id)
        .where(LiveSession.series_id == series.id, LiveSession.status != "cancelled")
    )
    if segment.live_session:
        statement = statement.where(LiveSession.id == segment.live_session)
    over = [row for row in session.execute(statement) if row[0].ends_at <= now()]
    return Doubt(sum(row[1] or 0 for row in over), sum(1 for row in over if row[1] is None))


def find_recipient(announcement: Announcement, viewer: Person, person_id: int) -> Person | None:
    """Return one who is registered for the series, if `viewer` may write to them."""
    statement = select(Person).join(Registration, Registration.person_id == Person.id)
    return session.scalars(
        statement.where(
            Registration.series_id == announcement.series_id,
            Registration.cancelled_at.is_(None),
            Person.id == person_id,
            visible_to(viewer),
        )
    ).one_or_none()
