"""What goes into a calendar with each mail of a live session: invitations, changes, cancellations.

Made when the mail leaves and never stored, for the personal link stands in it. The entries have the
UID and the SEQUENCE of those in the calendar of the link, so a program shows one event, not two.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import contains_eager

from academy.db import now, session
from academy.messaging import post_office
from academy.messaging.letters import language_of
from academy.messaging.mails import Enclosure
from academy.messaging.ports import Due
from academy.people.models import Person
from academy.programme.calendar_entries import Entry, People, write_object
from academy.programme.calendar_feed import uid_of
from academy.programme.models import LiveSession, Place, Registration, Series
from academy.programme.personal_links import link_path

#: Kinds of letters with an entry of the live session that they speak of.
ONE = ("moved", "promoted", "reminder_three_days", "reminder_one_day", "reminder_one_hour")
#: Kinds that take entries away: of one live session, of a registration, of a series.
GONE = ("live_session_cancelled", "cancelled", "series_cancelled")
#: Kinds with everything that is to come; a new link is a new place of each entry.
ALL = ("registered", "link_renewed")
KINDS = (*ALL, *ONE, *GONE)
#: So many live sessions go with one letter; the calendar of the link has them all.
MOST = 8
_COMING = ("going", "waiting")
_STATUS = {"going": "CONFIRMED", "waiting": "TENTATIVE"}


@dataclass(frozen=True, slots=True)
class Words:
    """What an entry says in one language of our letters."""

    way_in: str
    waiting: str
    number: str


WORDS = {
    "en": Words("Your own way in: {link}", "You are on the waiting list.",
                "{series}, live session {number}"),
    "id": Words("Pintu masuk Anda sendiri: {link}", "Anda ada di daftar tunggu.",
                "{series}, sesi langsung {number}"),
}  # fmt: skip
#: Live session with its series, state of the place, registration with its person.
Seat = tuple[LiveSession, str, Registration]


def enclose(due: Sequence[Due]) -> Mapping[int, Sequence[Enclosure]]:
    """Return what goes into the calendar with each of these letters; two statements for them all.

    A letter without an entry (nothing is to come, the registration changed meanwhile) has none.
    """
    places = _live_sessions_of_places([one for one in due if one.kind == "promoted"])
    seats = _seats(due, places)
    found = {one.id: _of_letter(one, seats, places) for one in due}
    return {number: enclosures for number, enclosures in found.items() if enclosures}


def _live_sessions_of_places(due: Sequence[Due]) -> dict[int, int]:
    numbers = {_number(one) for one in due}
    statement = select(Place.id, Place.live_session_id).where(Place.id.in_(numbers))
    return {row[0]: row[1] for row in session.execute(statement)} if numbers else {}


def _seats(due: Sequence[Due], places: Mapping[int, int]) -> dict[int, list[Seat]]:
    """Return every seat of which one of the letters may speak, by person, the earliest first."""
    seats: dict[int, list[Seat]] = {}
    at = now()
    for live_session, state, registration in session.execute(_all_seats(due, places)):
        if live_session.ends_at > at:
            seats.setdefault(registration.person_id, []).append((live_session, state, registration))
    return seats


def _all_seats(
    due: Sequence[Due], places: Mapping[int, int]
) -> Select[LiveSession, str, Registration]:
    """Join a registration with live sessions, places or none: a place goes when one leaves."""
    by_word: dict[str, set[int]] = {"registration": set(), "series": set(), "live-session": set()}
    for one in due:
        word, number = one.occasion.split(":")[0], _number(one)
        if word == "place":
            word, number = "live-session", places.get(number, 0)
        by_word.get(word, set()).add(number)
    return (
        select(LiveSession, Place.state, Registration)
        .join(Series, Series.id == LiveSession.series_id)
        .join(Registration, Registration.series_id == Series.id)
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(
            Place,
            and_(
                Place.live_session_id == LiveSession.id, Place.registration_id == Registration.id
            ),
        )
        .where(
            Registration.person_id.in_({one.person_id for one in due}),
            LiveSession.status != "draft",
            or_(
                Registration.id.in_(by_word["registration"]),
                Series.id.in_(by_word["series"]),
                LiveSession.id.in_(by_word["live-session"]),
            ),
        )
        .options(
            contains_eager(LiveSession.series), contains_eager(Registration.person),
        )
        .order_by(LiveSession.starts_at, LiveSession.id)
    )  # fmt: skip


def _number(due: Due) -> int:
    return int(due.occasion.split(":")[1])


def _of_letter(
    due: Due, seats: Mapping[int, Sequence[Seat]], places: Mapping[int, int]
) -> list[Enclosure]:
    theirs = [seat for seat in seats.get(due.person_id, ()) if _is_about(due, seat, places)]
    is_gone = due.kind in GONE
    entries = [_entry(due, seat) for seat in theirs if _fits(due, seat)][:MOST]
    office = post_office.current()
    people = People(*parseaddr(office.sender), due.address)
    if not entries:
        return []
    at = now()
    if is_gone:
        return [_enclose("CANCEL", [entry], people, at) for entry in entries]
    first = _enclose("REQUEST", entries[:1], people, at)
    return [first, *([_enclose("PUBLISH", entries, people, at)] if len(entries) > 1 else [])]


def _is_about(due: Due, seat: Seat, places: Mapping[int, int]) -> bool:
    live_session, _state, registration = seat
    word, number = due.occasion.split(":")[0], _number(due)
    return number == {
        "registration": registration.id, "series": live_session.series_id,
        "live-session": live_session.id,
    }.get(word, 0) or (word == "place" and places.get(number) == live_session.id)  # fmt: skip


def _fits(due: Due, seat: Seat) -> bool:
    """Whether the entry comes, or goes, with this letter as things stand now."""
    live_session, state, registration = seat
    if due.kind == "cancelled":
        return registration.cancelled_at is not None and live_session.status == "published"
    if registration.cancelled_at is not None or state not in _COMING:
        return False
    return live_session.status == ("cancelled" if due.kind in GONE else "published")


def _entry(due: Due, seat: Seat) -> Entry:
    live_session, state, registration = seat
    words = WORDS[language_of(due.kind, registration.person.language)]
    base_url = post_office.current().base_url
    link = base_url + link_path(registration)
    series = live_session.series.title
    has_own_title = live_session.title != series
    description = words.way_in.format(link=link)
    return Entry(
        uid=uid_of(live_session, base_url),
        sequence=live_session.sequence + registration.sequence,
        starts_at=live_session.starts_at,
        minutes=live_session.minutes,
        zone=live_session.zone,
        summary=live_session.title if has_own_title
        else words.number.format(series=series, number=live_session.number),
        description=f"{description}\n{words.waiting}" if state == "waiting" else description,
        link=link,
        status=_STATUS.get(state, "CANCELLED"),
    )  # fmt: skip


def _enclose(method: str, entries: Sequence[Entry], people: People, at: datetime) -> Enclosure:
    return Enclosure(method, write_object(method, entries, people, at))
