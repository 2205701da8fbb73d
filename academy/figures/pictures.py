"""The figures of a series as a reader sees them: findings in words, pictures, tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask_babel import format_decimal, get_locale
from flask_babel import gettext as _

from academy.attendance.rules.rules import rules_of
from academy.attendance.rules.wording import define_attendance
from academy.figures.definitions import LiveSessionFacts, Presence, draw_curve
from academy.figures.queries import (
    Ledger,
    group_presences,
    list_attendance,
    list_registrants,
    report_attendance,
    report_registrations,
)
from academy.i18n.times import reader_time
from academy.lib.charts import Bar, Panel, Part, draw_bars, draw_presence, draw_presences
from academy.lib.worldmap import world_map
from academy.programme.models import Series


@dataclass(frozen=True, slots=True)
class Sitting:
    """One live session as the page's table shows it."""

    facts: LiveSessionFacts
    line: dict[str, Any]
    when: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A number that others published, and ours for the same thing (empty where there is none)."""

    label: str
    published: str
    computed: str
    note: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the page of figures shows."""

    registrations: dict[str, Any]
    attendance: dict[str, Any]
    countries: Sequence[Any]
    came_from: Sequence[Any]
    sittings: Sequence[Sitting]
    as_of: str
    quoted: Sequence[Quoted]
    #: The documents that the quoted numbers stand in.
    sources: Sequence[str]
    #: How many came to each live session, in words and numbers that add up to the attendances.
    attended_parts: Sequence[tuple[str, str]]
    came_once: int
    #: What the rules of the series add to the definition of having come; mostly nothing.
    rules: str
    #: Whom the series reached: matched, not matched, and at listening points; they add up.
    reached_parts: Sequence[tuple[str, str]]
    #: How many connections each live session shows, where a file tells.
    connection_parts: Sequence[tuple[str, str]]
    map_title: str
    map_picture: str
    came_title: str
    came_picture: str
    reach_title: str
    reach_picture: str
    curves_title: str
    curves_picture: str


def draw_page(ledger: Ledger) -> Page:
    """Turn facts into what the reader sees, in her language and on her clock."""
    locale = str(get_locale() or "en")
    registrations, attendance = report_registrations(ledger), report_attendance(ledger)
    countries = list_registrants(ledger, locale)
    lines = zip(ledger.live_sessions, attendance["live_sessions"], strict=True)
    return Page(
        registrations=registrations,
        attendance=attendance,
        countries=countries,
        came_from=list_attendance(ledger, locale),
        sittings=[Sitting(facts, line, _when(facts, ledger)) for facts, line in lines],
        as_of=_moment(ledger),
        quoted=_quote(ledger.series, registrations, attendance),
        sources=list(dict.fromkeys(one["source"] for one in ledger.series.citations)),
        attended_parts=_attended_parts(ledger, attendance),
        came_once=attendance["people"] - attendance["returning"],
        rules=define_attendance(rules_of(ledger.series)),
        reached_parts=_reached_parts(attendance),
        connection_parts=_connection_parts(ledger, attendance),
        map_title=_map_title(registrations),
        map_picture=_draw_map(registrations, countries),
        came_title=_came_title(attendance),
        came_picture=_draw_came(ledger, attendance),
        reach_title=_reach_title(attendance),
        reach_picture=_draw_reach(ledger, attendance),
        curves_title=_curves_title(attendance),
        curves_picture=_draw_curves(ledger, attendance),
    )


def _attended_parts(ledger: Ledger, attendance: dict[str, Any]) -> list[tuple[str, str]]:
    lines = zip(ledger.live_sessions, attendance["live_sessions"], strict=True)
    return [
        (facts.title, format_decimal(line["attended"]))
        for facts, line in lines
        if line["attended"] is not None
    ]


def _reached_parts(attendance: dict[str, Any]) -> list[tuple[str, str]]:
    """Say of whom the attendances reached are made; the numbers add up to them."""
    held = attendance["live_sessions"]
    listening = attendance["listening_points"]
    parts = (
        (_("Came, matched to a person"), sum(line["matched"] or 0 for line in held)),
        (_("Came, not matched yet"), sum(line["unmatched"] or 0 for line in held)),
        (_("Women at listening points"), listening["women"]),
        (_("Men at listening points"), listening["men"]),
        (_("Others at listening points, or not known"), listening["others"]),
    )
    return [(words, format_decimal(value)) for words, value in parts]


def _connection_parts(ledger: Ledger, attendance: dict[str, Any]) -> list[tuple[str, str]]:
    lines = zip(ledger.live_sessions, attendance["live_sessions"], strict=True)
    return [
        (facts.title, format_decimal(line["connections"]))
        for facts, line in lines
        if line["connections"] is not None
    ]


def _quote(
    series: Series, registrations: dict[str, Any], attendance: dict[str, Any]
) -> list[Quoted]:
    """Put each number that others published beside the one that the ledger gives for the same."""
    computed = _computed(registrations, attendance)
    return [
        Quoted(
            label=one["label"],
            published=one["value"],
            computed=computed.get(one.get("figure", ""), ""),
            note=one.get("note", ""),
        )
        for one in series.citations
    ]


def _computed(registrations: dict[str, Any], attendance: dict[str, Any]) -> dict[str, str]:
    regions = registrations["regions"]
    numbers = {
        "registrants": format_decimal(registrations["registrants"]),
        "countries": format_decimal(registrations["countries"]),
        "asia": _from_countries(regions["asia"]),
        "elsewhere": _from_countries(regions["elsewhere"]),
    }
    if attendance["mean"] is not None:
        numbers["mean"] = mean_number(attendance["mean"])
        numbers["largest"] = format_decimal(attendance["largest"])
        numbers["smallest"] = format_decimal(attendance["smallest"])
    return numbers


def _from_countries(part: dict[str, int]) -> str:
    words: str = _(
        "%(people)s from %(countries)s",
        people=format_decimal(part["registrants"]),
        countries=format_decimal(part["countries"]),
    )
    return words


def mean_number(value: float) -> str:
    """Write a mean with its one decimal, also where that is a zero."""
    return str(format_decimal(value, format="#,##0.0"))


def _when(facts: LiveSessionFacts, ledger: Ledger) -> str:
    """Return when it began; of one that goes on, that its numbers are of so far."""
    at = reader_time(facts.starts_at, facts.zone)
    when = f"{at.weekday}, {at.date}, {at.hour}"
    ends_at = facts.starts_at + timedelta(minutes=facts.minutes)
    goes_on = facts.starts_at <= ledger.as_of < ends_at
    return _("%(when)s, still running: numbers so far", when=when) if goes_on else when


def _moment(ledger: Ledger) -> str:
    at = reader_time(ledger.as_of, ledger.series.zone)
    return f"{at.weekday}, {at.date}, {at.hour} ({at.zone_city})"


def _map_title(registrations: dict[str, Any]) -> str:
    asia = registrations["regions"]["asia"]
    words: str = _(
        "%(asia)s of %(all)s registrants live in %(countries)s Asian countries",
        asia=format_decimal(asia["registrants"]),
        all=format_decimal(registrations["registrants"]),
        countries=format_decimal(asia["countries"]),
    )
    return words


def _draw_map(registrations: dict[str, Any], countries: Sequence[Any]) -> str:
    known = [line for line in countries if line["country"]]
    values = {line["country"]: line["registrants"] for line in known}
    names = {line["country"]: line["name"] for line in known}
    words = _map_title(registrations)
    asia = world_map(values, names, title=_("Registrants in Asia"), description=words, view="asia")
    return asia + world_map(values, names, title=_("Registrants by country"), description=words)


def _came_title(attendance: dict[str, Any]) -> str:
    held = [line for line in attendance["live_sessions"] if line["attended"] is not None]
    words: str = _(
        "%(matched)s of %(all)s attendances belong to somebody we know",
        matched=format_decimal(sum(line["matched"] for line in held)),
        all=format_decimal(attendance["attendances"]),
    )
    return words


def _draw_came(ledger: Ledger, attendance: dict[str, Any]) -> str:
    """Draw a bar for each live session: those who are matched, then those who are not."""
    lines = zip(ledger.live_sessions, attendance["live_sessions"], strict=True)
    bars = [_bar(facts, line) for facts, line in lines if line["attended"] is not None]
    title = _("Who came to each live session")
    return draw_bars(bars, title=title, description=_came_title(attendance)) if bars else ""


def _bar(facts: LiveSessionFacts, line: dict[str, Any]) -> Bar:
    return Bar(
        label=_("%(number)s. %(title)s", number=facts.number, title=facts.title),
        parts=_people(line),
        words=_came_words(line),
    )


def _came_words(line: dict[str, Any]) -> str:
    people = line["listening_points"]["people"]
    came, registered = format_decimal(line["attended"]), format_decimal(line["registered"])
    if people:
        words: str = _(
            "%(came)s of %(registered)s, and %(people)s",
            came=came,
            registered=registered,
            people=format_decimal(people),
        )
    else:
        words = _("%(came)s of %(registered)s", came=came, registered=registered)
    return words


def _people(line: dict[str, Any]) -> tuple[Part, ...]:
    """Return the parts of a bar of people: matched, not matched, at listening points unnamed."""
    return (
        Part(line["matched"]),
        Part(line["unmatched"], dye=1),
        Part(line["listening_points"]["people"], dye=2),
    )


def _reach_title(attendance: dict[str, Any]) -> str:
    if attendance["connections"] is None:
        return ""
    words: str = _(
        "%(people)s attendances of people, %(connections)s connections of devices",
        people=format_decimal(attendance["attendances_reached"]),
        connections=format_decimal(attendance["connections"]),
    )
    return words


def _draw_reach(ledger: Ledger, attendance: dict[str, Any]) -> str:
    """Draw for each live session its people, and below them, thin, the connections."""
    lines = zip(ledger.live_sessions, attendance["live_sessions"], strict=True)
    bars = [_reach_bar(facts, line) for facts, line in lines if line["people_reached"] is not None]
    title = _("People and connections in each live session")
    known = attendance["connections"] is not None
    return draw_bars(bars, title=title, description=_reach_title(attendance)) if known else ""


def _reach_bar(facts: LiveSessionFacts, line: dict[str, Any]) -> Bar:
    words = {"people": format_decimal(line["people_reached"])}
    if line["connections"] is None:
        said = _("%(people)s people", **words)
    else:
        said = _(
            "%(people)s people, %(connections)s connections",
            connections=format_decimal(line["connections"]),
            **words,
        )
    return Bar(
        label=_("%(number)s. %(title)s", number=facts.number, title=facts.title),
        parts=_people(line),
        words=said,
        under=(Part(line["connections"] or 0, dye=3),),
    )


def _curves_title(attendance: dict[str, Any]) -> str:
    if attendance["mean"] is None:
        return str(_("Nobody knows yet who came"))
    words: str = _(
        "%(mean)s came on average, from %(smallest)s to %(largest)s",
        mean=mean_number(attendance["mean"]),
        smallest=format_decimal(attendance["smallest"]),
        largest=format_decimal(attendance["largest"]),
    )
    return words


def _draw_curves(ledger: Ledger, attendance: dict[str, Any]) -> str:
    """Draw one small curve for each live session whose evidence has times."""
    grouped = group_presences(ledger)
    lines = zip(ledger.live_sessions, attendance["live_sessions"], strict=True)
    panels = [
        _panel(facts, line, _curve(ledger, facts, grouped[facts.id]))
        for facts, line in lines
        if line["peak"] is not None
    ]
    title = _("How many were present, minute by minute")
    if len(panels) == 1:
        only = panels[0]
        return draw_presence(
            only.present, title=title, description=only.words, peak=only.words, hours=only.hours
        )
    return draw_presences(panels, title=title) if panels else ""


def _curve(ledger: Ledger, facts: LiveSessionFacts, presences: list[Presence]) -> list[int]:
    if ledger.frozen:
        return list(ledger.frozen["curves"][facts.slug])
    return draw_curve([p.intervals for p in presences], facts.minutes)


def _panel(facts: LiveSessionFacts, line: dict[str, Any], present: list[int]) -> Panel:
    return Panel(
        label=_("%(number)s. %(title)s", number=facts.number, title=facts.title),
        present=present,
        words=_("%(peak)s at once", peak=format_decimal(line["peak"])),
        hours=_hours(facts),
    )


def _hours(facts: LiveSessionFacts) -> tuple[str, str]:
    """Say when it began and ended, on the reader's clock."""
    ends_at = facts.starts_at + timedelta(minutes=facts.minutes)
    first, last = (reader_time(at, facts.zone) for at in (facts.starts_at, ends_at))
    return first.hour, last.hour
