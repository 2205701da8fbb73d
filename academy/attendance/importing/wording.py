"""What was recognised in a dropped file, in the reader's words, for its card on the page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.dates import format_datetime
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _later

from academy.attendance.importing.forms import AnswersForm
from academy.attendance.models import AttendanceImport, OfferedFile
from academy.attendance.wording import STATES as IMPORT_STATES
from academy.i18n.lengths import language_in_words
from academy.i18n.reader import page_language
from academy.i18n.setup import number, percent
from academy.i18n.zones import city_of, zone_of
from academy.programme.models import LiveSession

FORMATS = {
    "zoom-meeting": _later("Zoom, participants of a meeting"),
    "zoom-webinar": _later("Zoom, attendees of a webinar"),
    "teams-report": _later("Microsoft Teams, attendance report"),
    "teams-list": _later("Microsoft Teams, list of joining and leaving"),
    "teams-live-event": _later("Microsoft Teams, live event"),
    "teams-graph": _later("Microsoft Teams, attendance records of Graph"),
    "google-meet": _later("Google Meet, attendance report"),
    "bigbluebutton-dashboard": _later("BigBlueButton, learning dashboard (CSV)"),
    "bigbluebutton-activities": _later("BigBlueButton, learning dashboard (JSON)"),
    "bigbluebutton-events": _later("BigBlueButton, events of a recording"),
    "bigbluebutton-analytics": _later("BigBlueButton, analytics of a meeting"),
    "eventbrite-checkins": _later("Eventbrite, attendees checked in"),
    "luma-checkins": _later("Luma, guests checked in"),
}
ORDERS = {
    "month-first": _later("month first"),
    "day-first": _later("day first"),
    "year-first": _later("year first"),
}
_DELIMITERS = {",": _later("commas"), ";": _later("semicolons"), "\t": _later("tabs")}
_ENCODINGS = {"xlsx": "Excel", "json": "JSON", "xml": "XML", "utf-8": "UTF-8"}
#: Between two hours that stay on one line.
_TO = "\u2060–\u2060"


def import_state(record: AttendanceImport) -> str:
    """Say what has become of an import; of one that is under way, how far it is."""
    if record.state != "working" or not record.rows_total:
        return str(IMPORT_STATES[record.state])
    if record.rows_done >= record.rows_total:
        return str(gettext("Read, being counted"))
    share = percent(record.rows_done, record.rows_total)
    return str(gettext("Being read, %(share)s", share=share))


#: The state of a file that waits, in a badge: its words and its kind.
STATES = {
    "reading": (_later("Being read"), "info"),
    "ready": (_later("Ready"), "done"),
    "asked": (_later("One thing is open"), "waiting"),
    "known": (_later("Imported before"), "plain"),
    "refused": (_later("Refused"), "live"),
}


def _(text: str, **values: object) -> str:
    return str(gettext(text, **values))


@dataclass(frozen=True, slots=True)
class Card:
    """One waiting file as its card shows it."""

    file: OfferedFile
    badge: tuple[str, str]
    #: The answer of the page to "what is this?", in a few words each.
    what: Sequence[str] = ()
    #: Where it goes and how surely.
    when: str = ""
    share: str = ""
    facts: Sequence[tuple[str, str]] = ()
    form: AnswersForm | None = None
    #: Questions that only a human can answer.
    asks: int = 0
    earlier: AttendanceImport | None = None


def card_of(
    offered: OfferedFile,
    rooms: Sequence[LiveSession],
    earlier: AttendanceImport | None,
    form: AnswersForm | None = None,
) -> Card:
    """Return the card of a file; `form` is what somebody just sent, with its errors."""
    words, kind = STATES[offered.state]
    if offered.state in {"reading", "refused"}:
        return Card(offered, (str(words), kind))
    asks = len(offered.questions) or 1
    if offered.state == "asked" and asks > 1:
        words = _("%(count)s things are open", count=asks)
    return Card(
        offered,
        (str(words), kind),
        what=list(_what(offered.facts)),
        when=when_of(offered.live_session) if offered.live_session else "",
        share=_share(offered),
        facts=list(_facts(offered)),
        form=form or AnswersForm.about(offered, _labels(offered, rooms), _why_asked(offered)),
        asks=len(offered.questions),
        earlier=earlier,
    )


def when_of(live_session: LiveSession) -> str:
    """Return the day and the time of a live session on its own clock."""
    clock = zone_of(live_session.zone)
    start, end = (moment.astimezone(clock).replace(tzinfo=None)
                  for moment in (live_session.starts_at, live_session.ends_at))  # fmt: skip
    hours = f"{start:%H:%M}{_TO}{end:%H:%M}"
    city = city_of(live_session.zone)
    return _("%(day)s, %(hours)s in %(city)s", day=_day(start), hours=hours, city=city)


def _day_of(live_session: LiveSession) -> str:
    return _day(live_session.starts_at.astimezone(zone_of(live_session.zone)).replace(tzinfo=None))


def _day(moment: datetime) -> str:
    return str(format_datetime(moment, "EEE d MMM y", locale=page_language() or "en"))


def _what(facts: Mapping[str, Any]) -> Iterable[str]:
    yield str(FORMATS.get(facts["format"], facts["format"]))
    if facts["language"]:
        yield language_in_words(facts["language"])
    rows = _many("%(count)s row", "%(count)s rows", facts["rows"])
    if "people" in facts:
        people = _many("%(count)s person", "%(count)s people", facts["people"])
        yield _("%(people)s in %(rows)s", people=people, rows=rows)
    else:
        yield rows


def _many(one: str, several: str, count: int) -> str:
    return str(ngettext(one, several, count, count=number(count)))


def _share(offered: OfferedFile) -> str:
    share = offered.facts.get("share")
    if "date_order" in offered.questions:
        return ""
    if share is None:
        return _("The file has no times, so nothing in it can confirm the day.")
    if offered.state not in {"ready", "known"}:
        return ""
    return _("%(share)s %% of the time in the file lies within it.", share=share)


def _facts(offered: OfferedFile) -> Iterable[tuple[str, str]]:
    facts = offered.facts
    yield _("Written in"), _written(facts)
    yield _("Clock"), _clock(offered)
    yield _("Dates"), str(ORDERS.get(facts.get("date_order", ""), ""))
    yield _("From and to"), _span(facts)
    if "connections" in facts:
        yield _("Connections"), number(facts["connections"])
        yield _("Not counted"), number(facts["not_counted"] or None)
        yield _("Did not come"), number(facts["absent"]) if facts["absent"] else ""


def _written(facts: Mapping[str, Any]) -> str:
    encoding = _ENCODINGS.get(facts["encoding"], facts["encoding"].upper())
    delimiter = _DELIMITERS.get(facts["delimiter"])
    return f"{encoding}, {delimiter}" if delimiter else encoding


def _clock(offered: OfferedFile) -> str:
    if offered.facts["own_zone"]:
        return _("%(zone)s, as the file says", zone=offered.facts["own_zone"])
    zone = offered.reading.get("zone", "")
    if "zone" in offered.questions or not zone or not offered.facts.get("first"):
        return ""
    if offered.answers.get("zone"):
        return _("%(city)s, as you said", city=city_of(zone))
    return _("%(city)s, as the live session", city=city_of(zone))


def _span(facts: Mapping[str, Any]) -> str:
    if not facts.get("first"):
        return ""
    first, last = (datetime.fromisoformat(facts[end]) for end in ("first", "last"))
    same = first.date() == last.date()
    until = f"{last:%H:%M}" if same else f"{_day(last)}, {last:%H:%M}"
    return f"{_day(first)}, {first:%H:%M}{_TO}{until}"


def _labels(offered: OfferedFile, rooms: Sequence[LiveSession]) -> dict[str, list[tuple[str, str]]]:
    """Return the choices of each open question: (value, words)."""
    titles = {room.id: room.title for room in rooms}
    home = offered.live_session.zone if offered.live_session else ""
    asked = offered.questions
    return {
        "live_session": [(str(room.id), f"{room.title}, {_day_of(room)}") for room in rooms],
        "zone": [(one["zone"], _zone_choice(one, home)) for one in asked.get("zone", ())],
        "date_order": [
            (one["order"], _order_choice(one, titles)) for one in asked.get("date_order", ())
        ],
        "meeting": [(one["key"], _meeting_choice(one)) for one in asked.get("meeting", ())],
    }


def _why_asked(offered: OfferedFile) -> str:
    """Say what speaks against the clock of the live session, where another one is asked about."""
    if "zone" not in offered.questions:
        return ""
    return _("A report shows the clock of whoever exported it and does not say which. On the clock "
             "of the live session this one would go from %(first)s to %(last)s.",
             first=offered.facts["first"][-5:], last=offered.facts["last"][-5:])  # fmt: skip


def _zone_choice(choice: Mapping[str, str], home: str) -> str:
    begins, ends = (datetime.fromisoformat(choice[end]) for end in ("begins", "ends"))
    return _("%(city)s: then it goes from %(begins)s to %(ends)s in %(home)s",
             city=city_of(choice["zone"]), begins=f"{begins:%H:%M}", ends=f"{ends:%H:%M}",
             home=city_of(home))  # fmt: skip


def _order_choice(choice: Mapping[str, Any], titles: Mapping[int, str]) -> str:
    begins = datetime.fromisoformat(choice["begins"]) if choice["begins"] else None
    day = format_datetime(begins, "EEEE d MMMM y", locale=page_language() or "en") if begins else ""
    title = titles.get(choice["live_session"], _("no live session of this series"))
    return f"{ORDERS[choice['order']]}: {day}, {title}"


def _meeting_choice(choice: Mapping[str, Any]) -> str:
    span = _span({"first": choice["begins"], "last": choice["ends"]})
    people = ngettext("%(num)s person", "%(num)s people", choice["people"])
    return " · ".join(filter(None, [choice["title"] or choice["key"], span, people]))
