"""What the programme tells people by mail, each thing once, in the ledger of messages."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Row, Select, bindparam, select

from academy.db import now, session
from academy.messaging.models import Message
from academy.messaging.service import post
from academy.people.models import EmailAddress, Person
from academy.programme.models import LiveSession, Place, Registration, Series
from academy.programme.personal_links import card_path, link_path

#: Person, primary address, place.
Recipient = Row[int, str, int]


#: The address of a registration's person with the live sessions of its places, the earliest first;
#: one row without a live session where it has none. Built once, for it is read at every click.
_NEXT = (
    select(
        EmailAddress.address, LiveSession.title, LiveSession.starts_at, LiveSession.minutes,
        LiveSession.zone, LiveSession.status, Place.state,
    )
    .join(Registration, Registration.person_id == EmailAddress.person_id)
    .outerjoin(Place, Place.registration_id == Registration.id)
    .outerjoin(LiveSession, LiveSession.id == Place.live_session_id)
    .where(Registration.id == bindparam("registration"), EmailAddress.is_primary)
    .order_by(LiveSession.starts_at)
)  # fmt: skip


def write_registered(registration: Registration, version: int) -> None:
    """Say that the registration stands, and when the next live session is."""
    address, values = registered_values(registration)
    # The version tells a second registration, after cancelling, from the first.
    occasion = f"registration:{registration.id}:{version}"
    if address:
        post(registration.person_id, address, "registered", occasion, values)


def registered_values(registration: Registration) -> tuple[str, dict[str, object]]:
    """Return the address of the person, "" for none, and what a confirmation says now."""
    rows = session.execute(_NEXT, {"registration": registration.id}).all()
    if not rows:
        return "", {}
    series = session.get_one(Series, registration.series_id)
    return rows[0].address, {
        "series": series.title, "path": f"/series/{series.slug}/", **_next_of(rows),
        "way_in": link_path(registration), "card": card_path(registration),
    }  # fmt: skip


def _next_of(
    rows: Sequence[Row[str, str, datetime, int, str, str, str]],
) -> dict[str, object]:
    at = now()
    for row in rows:
        is_held = row.starts_at is not None and row.status != "cancelled"
        if is_held and row.starts_at + timedelta(minutes=row.minutes) > at:
            return {
                "live_session": row.title, "starts_at": row.starts_at, "zone": row.zone,
                "minutes": row.minutes, "place": row.state,
            }  # fmt: skip
    return {}


def _describe(live_session: LiveSession) -> dict[str, object]:
    return {
        "live_session": live_session.title,
        "starts_at": live_session.starts_at,
        "zone": live_session.zone,
        "minutes": live_session.minutes,
    }


def write_link_renewed(registration: Registration) -> None:
    """Send the new personal link: whoever had the old one can do nothing with it any more."""
    series = session.get_one(Series, registration.series_id)
    occasion = f"registration:{registration.id}:link:{registration.link_version}"
    values = {"series": series.title, "path": link_path(registration),
              "card": card_path(registration)}  # fmt: skip
    rows = session.execute(_NEXT, {"registration": registration.id}).all()
    if rows:
        post(registration.person_id, rows[0].address, "link_renewed", occasion, values)


def write_withdrawn(registration: Registration, version: int) -> None:
    """Confirm that the registration was taken back."""
    series = session.get_one(Series, registration.series_id)
    occasion = f"registration:{registration.id}:{version}"
    values = {"series": series.title, "path": f"/series/{series.slug}/"}
    whom = _recipients().where(Registration.id == registration.id)
    for person_id, address, _place in session.execute(whom.limit(1)):
        post(person_id, address, "cancelled", occasion, values)


def write_promoted(place_ids: Collection[int], version: int) -> None:
    """Say to each of those who waited that there is a place now."""
    live_session = session.scalar(
        select(LiveSession).join(Place).where(Place.id.in_(place_ids)).limit(1)
    )
    if live_session is None:
        return
    people = session.execute(_recipients().where(Place.id.in_(place_ids)))
    for person_id, address, place_id in people:
        occasion = f"place:{place_id}:{version}"
        post(person_id, address, "promoted", occasion, values_of(live_session))


def write_moved(live_session: LiveSession) -> None:
    """Say the new time to those who go or wait."""
    # The sequence tells a time that holds again from the first time that it held.
    when = f"{live_session.sequence}:{live_session.starts_at:%Y%m%dT%H%M}"
    occasion = f"live-session:{live_session.id}:{when}"
    _write_to_all(_coming_to(live_session), "moved", occasion, values_of(live_session))


def write_live_session_cancelled(live_session: LiveSession) -> None:
    """Say to those who go or wait that the live session does not take place."""
    occasion = f"live-session:{live_session.id}"
    values = called_off_values(live_session)
    _write_to_all(_coming_to(live_session), "live_session_cancelled", occasion, values)


def write_series_cancelled(series: Series) -> None:
    """Say to everybody who is registered that the series does not take place."""
    people = session.execute(
        select(Person.id, EmailAddress.address, Registration.id)
        .join(EmailAddress, (EmailAddress.person_id == Person.id) & EmailAddress.is_primary)
        .join(Registration, Registration.person_id == Person.id)
        .where(
            Registration.series_id == series.id,
            Registration.cancelled_at.is_(None),
            Person.disabled_at.is_(None),
        )
    )
    values = {"series": series.title, "path": f"/series/{series.slug}/"}
    _write_to_all(people, "series_cancelled", f"series:{series.id}", values)


def write_retention_due(series: Series, due_at: datetime, people: Iterable[tuple[int, str]]) -> int:
    """Warn those who run series of the day on which its people are forgotten; return how many.

    Each is told of one day once; put off, it is another day.
    """
    occasion = f"retention:{series.id}:{due_at:%Y%m%d}"
    told = set(session.scalars(select(Message.person_id).where(Message.occasion == occasion)))
    values = {
        "series": series.title, "path": f"/desk/series/{series.slug}/retention",
        "due_at": due_at, "zone": series.zone,
    }  # fmt: skip
    untold = [(person_id, address) for person_id, address in people if person_id not in told]
    for person_id, address in untold:
        post(person_id, address, "retention_due", occasion, values)
    return len(untold)


def _write_to_all(
    people: Iterable[Recipient], kind: str, occasion: str, values: Mapping[str, object]
) -> None:
    for person_id, address, _of in people:
        post(person_id, address, kind, occasion, values)


def _coming_to(live_session: LiveSession) -> Iterable[Recipient]:
    coming = Place.state.in_(("going", "waiting"))
    return session.execute(
        _recipients().where(Place.live_session_id == live_session.id, coming)
    ).all()


def _recipients() -> Select[int, str, int]:
    return (
        select(Person.id, EmailAddress.address, Place.id)
        .join(EmailAddress, (EmailAddress.person_id == Person.id) & EmailAddress.is_primary)
        .join(Registration, Registration.person_id == Person.id)
        .join(Place, Place.registration_id == Registration.id)
        .where(Person.disabled_at.is_(None))
    )


def called_off_values(live_session: LiveSession) -> dict[str, object]:
    """Return what a letter says of a live session that does not take place."""
    series = session.get_one(Series, live_session.series_id)
    return values_of(live_session) | {"path": f"/series/{series.slug}/"}


def values_of(live_session: LiveSession) -> dict[str, object]:
    """Return what a letter says of a live session."""
    series = session.get_one(Series, live_session.series_id)
    return _describe(live_session) | {
        "series": series.title,
        "path": f"/live-sessions/{live_session.slug}/",
    }
