"""Reads for the desk: what became of each kind of message, for the live sessions of a series."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, String, and_, case, cast, exists, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from academy.attendance.models import Evidence, Identity
from academy.attendance.standing import FIRST_HAND
from academy.db import now, session
from academy.messaging.models import Message
from academy.people.models import Person
from academy.programme.models import LiveSession, Place, Registration, Series
from academy.programme.policy import visible_series
from academy.reminders.kinds import (
    CALLED_OFF,
    CONFIRMED,
    FOLLOW_UPS,
    HAPPENINGS,
    MOVED,
    PLANS,
    PROMOTED,
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of the messages of one kind."""

    #: They wait for their moment, or leave just now.
    planned: int = 0
    sent: int = 0
    #: They are tried again.
    failed: int = 0
    #: There was nothing to tell any more, or no address took them.
    suppressed: int = 0
    #: The live session had begun before they could leave.
    missed: int = 0
    #: Of those sent: whose reader opened the door of that live session afterwards.
    opened: int = 0


def find_series(slug: str, person: Person) -> Series | None:
    """Return the series, if the person may see it."""
    return session.scalars(visible_series(person).where(Series.slug == slug)).one_or_none()


def find_next(series: Series, at: datetime | None = None) -> LiveSession | None:
    """Return the live session that comes next and takes place."""
    at = at or now()
    coming = (one for one in series.live_sessions if one.starts_at > at)
    return next((one for one in coming if one.status == "published"), None)


def find_last(series: Series, at: datetime | None = None) -> LiveSession | None:
    """Return the live session that ended last."""
    at = at or now()
    over = [one for one in series.live_sessions if one.ends_at <= at and one.status == "published"]
    return over[-1] if over else None


def count_messages(series_id: int) -> dict[str, Figures]:
    """Return the figures of every kind, over all live sessions of the series; one statement."""
    statement = (
        select(
            Message.kind,
            *_by_state(),
            _sum((Message.state == "sent") & _opened_the_door()),
        )
        .join(LiveSession, is_about())
        .where(
            LiveSession.series_id == series_id,
            Message.kind.in_(PLANS),
            Message.person_id.in_(
                select(Registration.person_id).where(Registration.series_id == series_id)
            ),
        )
        .group_by(Message.kind)
    )
    return {row[0]: Figures(*map(int, row[1:])) for row in session.execute(statement)}


def count_happenings(series_id: int) -> dict[str, Figures]:
    """Return the figures of what left when something happened; one statement."""
    statement = (
        select(
            Message.kind,
            *_by_state(),
        )
        .where(
            Message.kind.in_(HAPPENINGS),
            Message.person_id.in_(
                select(Registration.person_id).where(Registration.series_id == series_id)
            ),
            happened_in(series_id),
        )
        .group_by(Message.kind)
    )
    return {row[0]: Figures(*map(int, row[1:])) for row in session.execute(statement)}


def happened_in(series_id: int) -> ColumnElement[bool]:
    """Whether a message tells of something that happened in the series."""
    registration = exists().where(
        Registration.series_id == series_id,
        Registration.person_id == Message.person_id,
        Message.occasion.like(_numbered("registration:", Registration.id)),
    )
    place = exists().where(
        LiveSession.series_id == series_id,
        Place.live_session_id == LiveSession.id,
        Message.occasion.like(_numbered("place:", Place.id)),
    )
    live_session = exists().where(
        LiveSession.series_id == series_id,
        or_(
            Message.occasion == literal("live-session:") + cast(LiveSession.id, String), is_about()
        ),
    )
    return or_(
        and_(Message.kind == CONFIRMED, registration),
        and_(Message.kind == PROMOTED, place),
        and_(Message.kind.in_((MOVED, CALLED_OFF)), live_session),
        Message.occasion == f"series:{series_id}",
    )


def _numbered(word: str, number: InstrumentedAttribute[int]) -> ColumnElement[str]:
    return literal(word) + cast(number, String) + literal(":%")


def _by_state() -> list[ColumnElement[int]]:
    """Count by what became of them, in the order of Figures."""
    is_missed = Message.cause == "missed"
    return [
        _sum(Message.state.in_(("planned", "claimed"))),
        _sum(Message.state == "sent"),
        _sum(Message.state == "failed"),
        _sum((Message.state == "suppressed") & ~is_missed),
        _sum((Message.state == "suppressed") & is_missed),
    ]


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def is_about() -> ColumnElement[bool]:
    """Join a message to the live session that it is about, whatever the time was then."""
    number = literal("live-session:") + cast(LiveSession.id, String) + literal(":%")
    return Message.occasion.like(number)


def _opened_the_door() -> ColumnElement[bool]:
    return exists().where(
        Identity.live_session_id == LiveSession.id,
        Identity.key == literal(FIRST_HAND) + cast(Message.person_id, String),
        Evidence.identity_id == Identity.id,
        Evidence.source == "link",
        Evidence.recorded_at >= Message.sent_at,
        Evidence.withdrawn_at.is_(None),
    )


def find_sample(series: Series, kind: str) -> LiveSession | None:
    """Return the live session to show a kind with: the next one, or for what follows the last."""
    coming, over = find_next(series), find_last(series)
    found = (over or coming) if kind in FOLLOW_UPS else (coming or over)
    return found or next(iter(series.live_sessions), None)
