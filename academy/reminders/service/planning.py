"""Planning the reminders of the live sessions that are near, for everybody who has a place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, exists, select

from academy.db import now, session, transaction
from academy.i18n.zones import is_zone, zone_of
from academy.messaging.models import MailChoices, Message
from academy.messaging.quiet import Quiet, is_quiet
from academy.messaging.service import plan_many
from academy.people.models import EmailAddress, Person
from academy.programme.models import LiveSession, Place, Registration, Series
from academy.reminders.kinds import AFTER_THE_START, BEFORE, HORIZON, REMINDERS, STARTED
from academy.reminders.occasions import occasion_of
from academy.reminders.times import due_at


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody who has a place: where and when to write."""

    person_id: int
    address: str
    zone: str
    registered_at: datetime
    quiet: Quiet


def plan_reminders(at: datetime | None = None) -> int:
    """Plan what is not planned of the live sessions that are near; return how many are new.

    Beat asks every minute. Two statements a live session that has somebody new, one else.
    """
    at = at or now()
    with transaction():
        near = session.scalars(near_live_sessions(at)).all()
        return sum(_plan(live_session, at) for live_session in near)


def near_live_sessions(at: datetime) -> Select[LiveSession]:
    """Return the statement of the live sessions of which reminders are planned."""
    return (
        select(LiveSession)
        .join(Series)
        .where(
            LiveSession.status == "published",
            Series.status == "published",
            LiveSession.starts_at > at - timedelta(days=1),
            LiveSession.starts_at <= at + HORIZON,
        )
        .order_by(LiveSession.starts_at, LiveSession.id)
    )


def _plan(live_session: LiveSession, at: datetime) -> int:
    if live_session.ends_at <= at:
        return 0
    people = list_expected(live_session, ~_is_planned(occasion_of(live_session)))
    return plan_many([row for one in people for row in rows_for(one, live_session, at)])


def _is_planned(occasion: str) -> ColumnElement[bool]:
    return exists().where(
        Message.person_id == Person.id,
        Message.occasion == occasion,
        Message.kind.in_(REMINDERS),
    )


def list_expected(live_session: LiveSession, only: ColumnElement[bool]) -> list[Expected]:
    """Return those with a place and an address of whom `only` is true; one statement."""
    found = session.execute(_with_place(live_session.id).where(only))
    return [_expected(row, live_session) for row in found]


def _with_place(live_session_id: int) -> Select[int, str, str, datetime, int, int]:
    return (
        select(
            Person.id,
            EmailAddress.address,
            Person.zone,
            Registration.registered_at,
            MailChoices.quiet_begins,
            MailChoices.quiet_ends,
        )
        .join(EmailAddress, (EmailAddress.person_id == Person.id) & EmailAddress.is_primary)
        .join(Registration, Registration.person_id == Person.id)
        .join(Place, Place.registration_id == Registration.id)
        .outerjoin(MailChoices, MailChoices.person_id == Person.id)
        .where(
            Place.live_session_id == live_session_id,
            Place.state == "going",
            Registration.cancelled_at.is_(None),
            Person.disabled_at.is_(None),
        )
        .order_by(Person.id)
    )


def _expected(row: Any, live_session: LiveSession) -> Expected:
    quiet = Quiet() if row[4] is None else Quiet(row[4], row[5])
    zone = row[2] if is_zone(row[2]) else live_session.zone
    return Expected(row[0], row[1], zone, row[3], quiet)


def rows_for(one: Expected, live_session: LiveSession, at: datetime) -> Iterable[dict[str, Any]]:
    """Yield the rows of the ledger for one who has a place, as things stand at `at`.

    What was due before somebody registered is not for them: they were told as they registered. Of
    several that are late (a beat that stood still) only the last is of use.
    """
    common: dict[str, Any] = {
        "person_id": one.person_id, "address": one.address, "occasion": occasion_of(live_session),
    }  # fmt: skip
    zone = zone_of(one.zone)
    for kind, due in _moments(one, live_session.starts_at, zone, at):
        yield {**common, "kind": kind, "due_at": due, "expires_at": live_session.starts_at}
    started = live_session.starts_at + AFTER_THE_START
    if one.registered_at < started and not _sleeps(started, zone, one.quiet):
        yield {**common, "kind": STARTED, "due_at": started, "expires_at": live_session.ends_at}


def _moments(
    one: Expected, starts_at: datetime, zone: ZoneInfo, at: datetime
) -> Sequence[tuple[str, datetime]]:
    if starts_at <= at:
        return ()
    moments = [
        each for each in _all_moments(starts_at, zone, one.quiet) if each[1] > one.registered_at
    ]
    late = [moment for moment in moments if moment[1] <= at]
    return late[-1:] + moments[len(late) :]


# Of a hundred thousand readers most have the same clock and the same quiet hours.
@lru_cache(maxsize=4_096)
def _all_moments(
    starts_at: datetime, zone: ZoneInfo, quiet: Quiet
) -> Sequence[tuple[str, datetime]]:
    return [(kind, due_at(starts_at, before, zone, quiet)) for kind, before in BEFORE.items()]


_sleeps = lru_cache(maxsize=4_096)(is_quiet)
