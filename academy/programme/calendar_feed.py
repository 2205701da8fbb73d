"""Calendars of a registration and of a series (RFC 5545): one entry for each live session.

Entries keep their UID for ever; SEQUENCE says which version of an entry is the newest (3.8.7.4).
Invitations by mail (invitations.py) send the same, so programs see one event and not two.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from academy.db import now
from academy.lib.late import Late
from academy.programme.calendar_entries import MAKER, on_the_clock
from academy.programme.models import LiveSession, Registration, Series
from academy.programme.personal_links import link_path
from academy.programme.queries import Seat

if TYPE_CHECKING:
    import icalendar
else:
    # 3 MB of each process, and many never write a calendar.
    icalendar = Late("icalendar")

#: So often a program may ask again: an organiser may move a live session on the day itself.
_ASK_AGAIN = timedelta(hours=1)
_YEAR = timedelta(days=366)
#: What the calendar shows; to others the person said no.
_SHOWN = ("going", "waiting")


@dataclass(frozen=True, slots=True)
class Words:
    """What an entry says, in the reader's language."""

    description: str
    waiting: str
    #: Names a live session that has no title of its own: (title of the series, number).
    number: Callable[[str, int], str]


def write_calendar(
    registration: Registration, seats: Sequence[tuple[LiveSession, Seat]], base_url: str,
    words: Words,
) -> bytes:  # fmt: skip
    """Return the calendar of the live sessions in which the registration has a place or waits.

    One that was called off is among them as cancelled, and so are all after a registration was
    taken back: programs that leave it out would keep what they have.
    """
    link = base_url + link_path(registration)
    shown = [
        (live_session, seat) for live_session, seat in seats
        if seat.state in _SHOWN or _was_left(registration, live_session)
    ]  # fmt: skip
    return _write_series(registration.series, base_url, [
        _entry(registration, live_session, seat, link, words) for live_session, seat in shown
    ])  # fmt: skip


def write_public_calendar(
    series: Series, base_url: str, number: Callable[[str, int], str]
) -> bytes:
    """Return the calendar of a series for everybody: its place is the page of each live session."""
    return _write_series(series, base_url, [
        _event(
            series, live_session, base_url, number,
            link=f"{base_url}/live-sessions/{live_session.slug}/",
            sequence=live_session.sequence,
            description=live_session.summary,
            status=_status_of(live_session),
            classification=icalendar.CLASS.PUBLIC,
        )
        for live_session in series.live_sessions
        if live_session.status != "draft"
    ])  # fmt: skip


def _status_of(live_session: LiveSession) -> "icalendar.STATUS":
    called_off = live_session.status == "cancelled"
    return icalendar.STATUS.CANCELLED if called_off else icalendar.STATUS.CONFIRMED


def write_own_calendar(
    person_id: int, seats: Sequence[tuple[Registration, LiveSession, Seat]], base_url: str,
    words_of: Callable[[Registration], Words], name: str,
) -> bytes:  # fmt: skip
    """Return one calendar of all live sessions in which a person has a place or waits."""
    entries = [
        _entry(
            registration,
            live_session,
            seat,
            base_url + link_path(registration),
            words_of(registration),
        )
        for registration, live_session, seat in seats
        if seat.state in _SHOWN
    ]
    return _write(name, f"person-{person_id}", base_url, entries)


def _write_series(series: Series, base_url: str, entries: Sequence["icalendar.Event"]) -> bytes:
    return _write(series.title, f"series-{series.id}", base_url, entries)


def _write(name: str, uid: str, base_url: str, entries: Sequence["icalendar.Event"]) -> bytes:
    host = urlsplit(base_url).hostname
    calendar = icalendar.Calendar.new(prodid=MAKER, name=name, uid=f"{uid}@{host}")
    # Its kind has to be said (RFC 7986, 5.7); Outlook reads the second.
    calendar.add("REFRESH-INTERVAL", _ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", icalendar.vDuration(_ASK_AGAIN))
    for entry in entries:
        calendar.add_component(entry)
    if entries:
        days = [date.fromordinal(entry.start.toordinal()) for entry in entries]
        # A year around them: rules of zones that nobody needs would make the file ten times longer.
        calendar.add_missing_timezones(min(days) - _YEAR, max(days) + _YEAR)
    written: bytes = calendar.to_ical()
    return written


def _was_left(registration: Registration, live_session: LiveSession) -> bool:
    """Whether it is still to come, and the registration to it was taken back."""
    return registration.cancelled_at is not None and not live_session.is_over


def uid_of(live_session: LiveSession, base_url: str) -> str:
    """Return the name of an entry that no other in the world has, and that never changes."""
    return f"live-session-{live_session.id}@{urlsplit(base_url).hostname}"


def _entry(
    registration: Registration, live_session: LiveSession, seat: Seat, link: str, words: Words
) -> "icalendar.Event":
    waits = seat.state == "waiting"
    return _event(
        registration.series, live_session, link, words.number,
        link=link,
        sequence=live_session.sequence + registration.sequence,
        description="\n".join([words.description, *([words.waiting] if waits else [])]),
        status=_status(registration, live_session, waits=waits),
        classification=icalendar.CLASS.PRIVATE,
    )  # fmt: skip


def _event(
    series: Series, live_session: LiveSession, base_url: str, number: Callable[[str, int], str],
    *, link: str, **more: Any,
) -> "icalendar.Event":  # fmt: skip
    has_own_title = live_session.title != series.title
    return icalendar.Event.new(
        uid=uid_of(live_session, base_url),
        stamp=now(),
        start=on_the_clock(live_session.starts_at, live_session.zone),
        end=on_the_clock(live_session.ends_at, live_session.zone),
        summary=live_session.title if has_own_title
        else number(series.title, live_session.number),
        location=link,
        url=link,
        transparency=icalendar.TRANSP.OPAQUE,
        **more,
    )  # fmt: skip


def _status(
    registration: Registration, live_session: LiveSession, *, waits: bool
) -> "icalendar.STATUS":
    if live_session.status == "cancelled" or _was_left(registration, live_session):
        return icalendar.STATUS.CANCELLED
    return icalendar.STATUS.TENTATIVE if waits else icalendar.STATUS.CONFIRMED
