"""Calendar entries for mails (RFC 5545): put together as text, for thousands leave in a minute.

The rules of a zone come from icalendar and are kept; all else is a dozen lines of an entry. Tests
read every entry back with two other programs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from academy.i18n.zones import zone_of
from academy.lib.late import Late

if TYPE_CHECKING:
    import icalendar
else:
    # 3 MB of each process, and many never write a calendar.
    icalendar = Late("icalendar")

MAKER = "-//SSE Academy//Live sessions//EN"
#: RFC 5545, 3.1: a line holds 75 octets, the line break not counted.
_LONGEST_LINE = 75
#: How UTF-8 marks the second and every further byte of a letter.
_TOP_TWO_BITS, _WITHIN_A_LETTER = 0b1100_0000, 0b1000_0000
_HALF_A_YEAR = timedelta(days=183)
_NOT_IN_QUOTES = str.maketrans({'"': "'", "\r": " ", "\n": " "})


@dataclass(frozen=True, slots=True)
class Entry:
    """One live session in the calendar of one person."""

    uid: str
    sequence: int
    starts_at: datetime
    minutes: int
    zone: str
    summary: str
    description: str
    #: The place of the event and the address of more about it: the personal link.
    link: str
    #: "CONFIRMED", "TENTATIVE" or "CANCELLED".
    status: str


@dataclass(frozen=True, slots=True)
class People:
    """Who invites and who is invited, without whom mail programs show no entry (RFC 6047)."""

    organizer_name: str
    organizer: str
    attendee: str


def write_object(method: str, entries: Sequence[Entry], people: People, at: datetime) -> str:
    """Return one calendar object of `method` (RFC 5546); `at` is when it was written.

    REQUEST and CANCEL speak of one entry, PUBLISH may of many.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{MAKER}", "CALSCALE:GREGORIAN",
             f"METHOD:{method}"]  # fmt: skip
    rules = [
        _rules(zone, *_span(entry for entry in entries if entry.zone == zone))
        for zone in dict.fromkeys(entry.zone for entry in entries)
    ]
    for entry in entries:
        lines += _entry(method, entry, people, at)
    body = "".join(map(_fold, lines))
    head, _break, events = body.partition("BEGIN:VEVENT")
    return f"{head}{''.join(rules)}BEGIN:VEVENT{events}END:VCALENDAR\r\n"


def _span(entries: Iterable[Entry]) -> tuple[date, date]:
    """Return the days between which the rules of the zone are needed; a year of them at least."""
    years = [entry.starts_at.year for entry in entries]
    return date(min(years), 1, 1), date(max(years) + 1, 12, 31)


@lru_cache(maxsize=200)
def _rules(zone: str, first: date, last: date) -> str:
    """Return how far the zone is from UTC between these days, as a VTIMEZONE (3.6.5)."""
    if zone_of(zone).key == "UTC":
        return ""
    written = icalendar.Timezone.from_tzid(zone, first_date=first - _HALF_A_YEAR, last_date=last)
    return str(written.to_ical().decode())


def _entry(method: str, entry: Entry, people: People, at: datetime) -> list[str]:
    ends_at = entry.starts_at + timedelta(minutes=entry.minutes)
    status = "CANCELLED" if method == "CANCEL" else entry.status
    return [
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTART{_clock(entry.starts_at, entry.zone)}",
        f"DTEND{_clock(ends_at, entry.zone)}",
        f"SUMMARY:{_text(entry.summary)}",
        f"DESCRIPTION:{_text(entry.description)}",
        f"LOCATION:{_text(entry.link)}",
        f"URL:{entry.link}",
        f"STATUS:{status}",
        "CLASS:PRIVATE",
        "TRANSP:OPAQUE",
        f"ORGANIZER;CN={_quoted(people.organizer_name)}:mailto:{people.organizer}",
        *([] if method == "PUBLISH" else [_attendee(people, status)]),
        "END:VEVENT",
    ]


def _attendee(people: People, status: str) -> str:
    # They have said already that they come, so no answer is asked for (3.2.12, 3.2.17).
    answer = {"TENTATIVE": "TENTATIVE", "CANCELLED": "DECLINED"}.get(status, "ACCEPTED")
    return (
        f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={answer};RSVP=FALSE"
        f":mailto:{people.attendee}"
    )


def _clock(moment: datetime, zone: str) -> str:
    local = on_the_clock(moment, zone)
    if local.tzinfo is UTC:
        return f":{local:%Y%m%dT%H%M%SZ}"
    return f";TZID={zone}:{local:%Y%m%dT%H%M%S}"


def on_the_clock(moment: datetime, zone: str) -> datetime:
    """Return the moment on the clock of the zone, by whose rules it is read (3.3.5).

    An hour that comes twice is read as the first one, so what lies in the second is told in UTC.
    """
    there = zone_of(zone)
    local = moment.astimezone(there)
    return moment.astimezone(UTC) if local.fold or there.key == "UTC" else local


def _text(words: str) -> str:
    """Return the words as a value of type TEXT (3.3.11)."""
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _quoted(words: str) -> str:
    return f'"{words.translate(_NOT_IN_QUOTES)}"'


def _fold(line: str) -> str:
    """Return the line with its break, folded between letters where it is too long (3.1)."""
    data = line.encode()
    if len(data) <= _LONGEST_LINE:
        return line + "\r\n"
    parts, start, room = [], 0, _LONGEST_LINE
    while start < len(data):
        end = start + room
        while end < len(data) and data[end] & _TOP_TWO_BITS == _WITHIN_A_LETTER:
            end -= 1
        parts.append(data[start:end].decode())
        # A line that goes on begins with a space, which counts.
        start, room = end, _LONGEST_LINE - 1
    return "\r\n ".join(parts) + "\r\n"
