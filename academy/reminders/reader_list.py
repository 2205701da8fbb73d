"""Who gets a message of one kind when, on their own clock; and finding one of them by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from academy.db import now, session
from academy.i18n.zones import is_zone, zone_of
from academy.messaging.models import MailChoices, Message
from academy.messaging.quiet import Quiet, is_quiet
from academy.messaging.service.bounced import find_bounced
from academy.people.models import EmailAddress, Person
from academy.programme.models import LiveSession, Place, Registration
from academy.programme.policy import visible_registrations
from academy.reminders.gate import people_without_consent, says_no
from academy.reminders.kinds import BEFORE, CONSENT, FOLLOW_UPS, GROUP
from academy.reminders.occasions import occasion_of
from academy.reminders.plans import moment_of
from academy.reminders.times import due_at

PAGE = 50
MOST_FOUND = 10


@dataclass(frozen=True, slots=True)
class Gets:
    """One reader, and what becomes of this message for them."""

    name: str
    country: str | None
    #: IANA: the reader's own, or that of the live session where nobody knows it.
    zone: str
    #: That of the ledger, or "coming", "passed", "registered_later", "asleep", "refused",
    #: "no_address", "returned" (mail to the address comes back).
    state: str
    #: When it left, leaves or would leave; None where it does not.
    at: datetime | None
    #: Why it did not leave.
    reason: str = ""


@dataclass(frozen=True, slots=True)
class GetsPage:
    """A part of them."""

    rows: Sequence[Gets]
    first: int
    last: int
    total: int


def list_readers(kind: str, live_session: LiveSession, viewer: Person, page: int) -> GetsPage:
    """Return a page of those whom `viewer` may see, by name; four statements.

    Of follow-ups those who are planned already: before, nobody knows who gets which.
    """
    statement = _expected(kind, live_session, viewer)
    total = session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    start = (page - 1) * PAGE
    ordered = statement.order_by(func.lower(Person.name), Person.id).limit(PAGE).offset(start)
    found = session.execute(ordered).all()
    lost = {**find_unreachable(found), **_find_refusing(found)}
    rows = [lost.get(row.person_id) or _gets(row, kind, live_session) for row in found]
    return GetsPage(rows, start + 1 if rows else 0, start + len(rows), total)


def _expected(kind: str, live_session: LiveSession, viewer: Person) -> Any:
    """Select each of them with their message of the kind."""
    about = and_(
        Message.person_id == Registration.person_id,
        Message.occasion == occasion_of(live_session),
        Message.kind == kind,
    )
    statement = (
        visible_registrations(viewer)
        .where(
            Registration.series_id == live_session.series_id,
            Registration.cancelled_at.is_(None),
        )
        .outerjoin(MailChoices, MailChoices.person_id == Registration.person_id)
        .outerjoin(EmailAddress, primary_address())
        .with_only_columns(
            Registration.person_id.label("person_id"), EmailAddress.address.label("address"),
            Person.name.label("name"), Person.country.label("country"), Person.zone.label("zone"),
            Registration.registered_at.label("registered_at"),
            MailChoices.quiet_begins.label("quiet_begins"),
            MailChoices.quiet_ends.label("quiet_ends"), MailChoices.refused.label("refused"),
            Registration.consents[CONSENT].as_boolean().label("answer"),
            Message.state.label("state"), Message.cause.label("cause"),
            Message.due_at.label("due_at"), Message.sent_at.label("sent_at"),
            Message.reason.label("reason"),
        )
    )  # fmt: skip
    if kind in FOLLOW_UPS:
        return statement.join(Message, about)
    going = and_(
        Place.registration_id == Registration.id,
        Place.live_session_id == live_session.id,
        Place.state == "going",
    )
    return statement.join(Place, going).outerjoin(Message, about)


def primary_address() -> ColumnElement[bool]:
    """Join a registration to where its person is written to."""
    return and_(EmailAddress.person_id == Registration.person_id, EmailAddress.is_primary)


def find_unreachable(rows: Sequence[Any]) -> dict[int, Gets]:
    """Return those to whom nothing can be sent, though nothing was tried yet; one statement."""
    bounced = find_bounced({row.person_id for row in rows})
    lost: dict[int, Gets] = {}
    for row in rows:
        if row.state in {"sent", "claimed", "suppressed"}:
            continue
        if not row.address:
            lost[row.person_id] = Gets(row.name, row.country, "", "no_address", None)
        elif (row.person_id, row.address) in bounced:
            why = bounced[row.person_id, row.address]
            lost[row.person_id] = Gets(row.name, row.country, "", "returned", None, why)
    return lost


def _find_refusing(rows: Sequence[Any]) -> dict[int, Gets]:
    """Return those who want none, though it may be planned: they are asked as it leaves."""
    open_rows = [row for row in rows if row.state not in {"sent", "claimed", "suppressed"}]
    withdrew = people_without_consent({row.person_id for row in open_rows})
    return {
        row.person_id: Gets(row.name, row.country, "", "refused", None)
        for row in open_rows
        if GROUP in (row.refused or []) or says_no(row.person_id, withdrew, answer=row.answer)
    }


def _gets(row: Any, kind: str, live_session: LiveSession) -> Gets:
    zone = row.zone if is_zone(row.zone) else live_session.zone
    if row.state is not None:
        return planned(row, zone)
    quiet = Quiet() if row.quiet_begins is None else Quiet(row.quiet_begins, row.quiet_ends)
    at = moment_of(kind, live_session)
    if kind in BEFORE:
        at = due_at(live_session.starts_at, BEFORE[kind], zone_of(zone), quiet)
    state = "coming"
    if row.registered_at >= at:
        state = "registered_later"
    elif kind not in BEFORE and is_quiet(at, zone_of(zone), quiet):
        state = "asleep"
    elif at <= now():
        state = "passed"
    return Gets(row.name, row.country, zone, state, at if state == "coming" else None)


def planned(row: Any, zone: str) -> Gets:
    """Return what became of a message of the ledger."""
    if row.state == "suppressed":
        state = "missed" if row.cause == "missed" else "suppressed"
        return Gets(row.name, row.country, zone, state, None, row.reason)
    return Gets(row.name, row.country, zone, row.state, row.sent_at or row.due_at, row.reason)


def find_people(series_id: int, viewer: Person, words: str) -> Sequence[Person]:
    """Return registrants whom `viewer` may see, whose name has these words; one statement."""
    if not words:
        return ()
    statement = (
        visible_registrations(viewer)
        .where(
            Registration.series_id == series_id,
            Registration.cancelled_at.is_(None),
            Person.name.icontains(words, autoescape=True),
        )
        .with_only_columns(Person)
        .order_by(func.lower(Person.name), Person.id)
        .limit(MOST_FOUND)
    )
    return session.scalars(statement).all()


def find_person(series_id: int, viewer: Person, person_id: int) -> Person | None:
    """Return one registrant, if `viewer` may see them."""
    statement = (
        visible_registrations(viewer)
        .where(
            Registration.series_id == series_id,
            Registration.cancelled_at.is_(None),
            Registration.person_id == person_id,
        )
        .with_only_columns(Person)
    )
    return session.scalars(statement).one_or_none()
