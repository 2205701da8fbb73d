"""Who gets, or would get, a message that leaves when something happens."""

from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, literal, or_, select
from sqlalchemy.orm import aliased

from academy.db import session
from academy.i18n.zones import is_zone
from academy.messaging.models import Message
from academy.people.models import EmailAddress, Person
from academy.programme.models import LiveSession, Place, Registration, Series
from academy.programme.policy import visible_registrations
from academy.reminders.kinds import CALLED_OFF, CONFIRMED, MOVED, PROMOTED, SERIES_CALLED_OFF
from academy.reminders.reader_list import (
    PAGE,
    Gets,
    GetsPage,
    find_unreachable,
    planned,
    primary_address,
)

#: Who has a part in it, by the state of their place.
_CONCERNED = {PROMOTED: ("waiting",), MOVED: ("going", "waiting"), CALLED_OFF: ("going", "waiting")}


def list_happening_readers(
    kind: str, series: Series, live_session: LiveSession | None, viewer: Person, page: int
) -> GetsPage:
    """Return a page of those whom `viewer` may see, by name; three statements.

    With what became of their newest message of the kind; whoever has none would get it if it
    happened.
    """
    statement = _concerned(kind, series, live_session, viewer)
    total = session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    start = (page - 1) * PAGE
    ordered = statement.order_by(func.lower(Person.name), Person.id).limit(PAGE).offset(start)
    found = session.execute(ordered).all()
    lost = find_unreachable(found)
    rows = [lost.get(row.person_id) or _gets(row, kind, series) for row in found]
    return GetsPage(rows, start + 1 if rows else 0, start + len(rows), total)


def _concerned(kind: str, series: Series, live_session: LiveSession | None, viewer: Person) -> Any:
    """Select each of them with their newest message of the kind."""
    newest = aliased(Message)
    last = (
        select(func.max(Message.id))
        .where(Message.person_id == Registration.person_id, Message.kind == kind,
               _is_of(kind, series, live_session))
        .correlate(Registration)
        .scalar_subquery()
    )  # fmt: skip
    statement = (
        visible_registrations(viewer)
        .where(Registration.series_id == series.id, Registration.cancelled_at.is_(None))
        .outerjoin(newest, newest.id == last)
        .outerjoin(EmailAddress, primary_address())
        .with_only_columns(
            Registration.person_id.label("person_id"), EmailAddress.address.label("address"),
            Person.name.label("name"), Person.country.label("country"), Person.zone.label("zone"),
            newest.state.label("state"), newest.cause.label("cause"),
            newest.due_at.label("due_at"), newest.sent_at.label("sent_at"),
            newest.reason.label("reason"),
        )
    )  # fmt: skip
    if kind in _CONCERNED:
        return statement.where(_has_place(live_session, _CONCERNED[kind], last))
    return statement


def _is_of(kind: str, series: Series, live_session: LiveSession | None) -> ColumnElement[bool]:
    number = live_session.id if live_session else 0
    if kind == CONFIRMED:
        mine = literal("registration:") + cast(Registration.id, String) + literal(":%")
        return Message.occasion.like(mine)
    if kind == SERIES_CALLED_OFF:
        return Message.occasion == f"series:{series.id}"
    if kind == PROMOTED:
        theirs = select(literal("place:") + cast(Place.id, String)).where(
            Place.live_session_id == number, Place.registration_id == Registration.id
        )
        return Message.occasion.like(theirs.scalar_subquery() + literal(":%"))
    about = f"live-session:{number}"
    return or_(Message.occasion == about, Message.occasion.like(f"{about}:%"))


def _has_place(
    live_session: LiveSession | None, states: tuple[str, ...], last: Any
) -> ColumnElement[bool]:
    """Whether there is a place in one of the states, or a message that says that there was."""
    place = (
        select(Place.id)
        .where(
            Place.registration_id == Registration.id,
            Place.live_session_id == (live_session.id if live_session else 0),
            Place.state.in_(states),
        )
        .exists()
    )
    return or_(place, last.is_not(None))


def _gets(row: Any, kind: str, series: Series) -> Gets:
    zone = row.zone if is_zone(row.zone) else series.zone
    if row.state is not None:
        return planned(row, zone)
    state = "from_file" if kind == CONFIRMED else "would"
    return Gets(row.name, row.country, zone, state, None)
