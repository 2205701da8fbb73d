"""The calendar of one registration, as RFC 5545 writes it: one entry for each live session.

Entries keep their UID for ever; SEQUENCE says which version of an entry is the newest (3.8.7.4).
Invitations by mail will send the same entries, so programs see one event and not two.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from icalendar import CLASS, STATUS, TRANSP, Calendar, Event, vDuration

from academy.db import now
from academy.i18n.zones import zone_of
from academy.programme.models import LiveSession, Registration
from academy.programme.personal_links import link_path
from academy.programme.queries import Seat

_MAKER = "-//SSE Academy//Live sessions//EN"
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
    series = registration.series
    host = urlsplit(base_url).hostname
    calendar = Calendar.new(prodid=_MAKER, name=series.title, uid=f"series-{series.id}@{host}")
    # Its kind has to be said (RFC 7986, 5.7); Outlook reads the second.
    calendar.add("REFRESH-INTERVAL", _ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(_ASK_AGAIN))
    link = base_url + link_path(registration)
    shown = [
        (live_session, seat) for live_session, seat in seats
        if seat.state in _SHOWN or _was_left(registration, live_session)
    ]  # fmt: skip
    for live_session, seat in shown:
        calendar.add_component(_entry(registration, live_session, seat, link, words))
    days = [live_session.starts_at.date() for live_session, _seat in shown]
    if days:
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
) -> Event:
    zone = zone_of(live_session.zone)
    series = registration.series
    has_own_title = live_session.title != series.title
    waits = seat.state == "waiting"
    return Event.new(
        uid=uid_of(live_session, link),
        stamp=now(),
        sequence=live_session.sequence + _was_left(registration, live_session),
        start=live_session.starts_at.astimezone(zone),
        end=live_session.ends_at.astimezone(zone),
        summary=live_session.title if has_own_title
        else words.number(series.title, live_session.number),
        description="\n".join([words.description, *([words.waiting] if waits else [])]),
        location=link,
        url=link,
        status=_status(registration, live_session, waits=waits),
        classification=CLASS.PRIVATE,
        transparency=TRANSP.OPAQUE,
    )  # fmt: skip


def _status(registration: Registration, live_session: LiveSession, *, waits: bool) -> STATUS:
    if live_session.status == "cancelled" or _was_left(registration, live_session):
        return STATUS.CANCELLED
    return STATUS.TENTATIVE if waits else STATUS.CONFIRMED
