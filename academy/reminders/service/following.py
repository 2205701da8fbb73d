"""Planning what is told after the end, once it is known who came."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from academy.db import now, session, transaction
from academy.i18n.zones import is_zone, zone_of
from academy.messaging.models import MailChoices, Message
from academy.messaging.quiet import Quiet, end_of_quiet
from academy.messaging.service import plan_many
from academy.people.models import EmailAddress, Person
from academy.programme.models import LiveSession, Series
from academy.reminders import outcomes
from academy.reminders.kinds import AFTER_THE_END, FOLLOW_UPS, OF_USE_FOR
from academy.reminders.models import SwitchedOn
from academy.reminders.occasions import occasion_of


def plan_follow_ups(at: datetime | None = None) -> int:
    """Plan follow-ups of live sessions that ended in the last three days; return how many are new.

    Beat asks every minute. Nothing is planned before it is known who came, nor of a kind that the
    organisers have not switched on. Seven statements a live session, one else.
    """
    at = at or now()
    with transaction():
        return sum(_plan(one, kinds, at) for one, kinds in _ended(at).items())


def _ended(at: datetime) -> dict[LiveSession, set[str]]:
    """Return the live sessions of which somebody is to be told, with the kinds that are on."""
    statement = (
        select(LiveSession, SwitchedOn.kind)
        .join(Series, Series.id == LiveSession.series_id)
        .join(SwitchedOn, SwitchedOn.series_id == Series.id)
        .where(
            LiveSession.status == "published",
            Series.status == "published",
            Series.anonymised_at.is_(None),
            # No live session lasts longer than a day.
            LiveSession.starts_at > at - OF_USE_FOR - AFTER_THE_END * 12,
            LiveSession.starts_at <= at,
        )
        .order_by(LiveSession.starts_at, LiveSession.id)
    )
    found: dict[LiveSession, set[str]] = {}
    for live_session, kind in session.execute(statement):
        if live_session.ends_at <= at < live_session.ends_at + OF_USE_FOR:
            found.setdefault(live_session, set()).add(kind)
    return found


def _plan(live_session: LiveSession, kinds: Collection[str], at: datetime) -> int:
    if not outcomes.is_known(live_session):
        return 0
    told = _told(occasion_of(live_session))
    wanted = {
        person_id: outcome.kind
        for person_id, outcome in outcomes.read(live_session).items()
        if outcome.kind in kinds and _is_new(outcome.kind, told.get(person_id, {}))
    }
    if not wanted:
        return 0
    rows = session.execute(_addresses(live_session.series_id)).all()
    due = [_row(row, wanted[row[0]], live_session, at) for row in rows if row[0] in wanted]
    return plan_many([row for row in due if row["due_at"] < row["expires_at"]])


def _told(occasion: str) -> dict[int, dict[str, str]]:
    """Return the state of each follow-up that is planned, by person and kind."""
    statement = select(Message.person_id, Message.kind, Message.state).where(
        Message.occasion == occasion, Message.kind.in_(FOLLOW_UPS)
    )
    told: dict[int, dict[str, str]] = {}
    for person_id, kind, state in session.execute(statement):
        told.setdefault(person_id, {})[kind] = state
    return told


def _is_new(kind: str, told: dict[str, str]) -> bool:
    """One follow-up a person; another one only if the first was stopped before it left."""
    return kind not in told and all(state == "suppressed" for state in told.values())


def _addresses(series_id: int) -> Select[int, str, str, int, int]:
    registered = outcomes.registered_people(series_id)
    return (
        select(Person.id, EmailAddress.address, Person.zone, MailChoices.quiet_begins,
               MailChoices.quiet_ends)
        .join(EmailAddress, (EmailAddress.person_id == Person.id) & EmailAddress.is_primary)
        .outerjoin(MailChoices, MailChoices.person_id == Person.id)
        .where(Person.id.in_(registered), Person.disabled_at.is_(None))
        .order_by(Person.id)
    )  # fmt: skip


def _row(row: Sequence[Any], kind: str, live_session: LiveSession, at: datetime) -> dict[str, Any]:
    person_id, address, zone, quiet_begins, quiet_ends = row
    quiet = Quiet() if quiet_begins is None else Quiet(quiet_begins, quiet_ends)
    there = zone_of(zone if is_zone(zone) else live_session.zone)
    earliest = max(live_session.ends_at + AFTER_THE_END, at)
    return {
        "person_id": person_id,
        "address": address,
        "kind": kind,
        "occasion": occasion_of(live_session),
        "due_at": end_of_quiet(earliest, there, quiet),
        "expires_at": live_session.ends_at + OF_USE_FOR,
    }
