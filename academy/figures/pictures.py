"""The figures of a series as a reader sees them: findings in words, pictures, tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask_babel import format_decimal, get_locale
from flask_babel import gettext as _

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
    map_title: str
    map_picture: str
    came_title: str
    came_picture: str
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
        sittings=[Sitting(facts, line, _when(facts)) for facts, line in lines],
        as_of=_moment(ledger),
        quoted=_quote(ledger.series, registrations, attendance),
        sources=list(dict.fromkeys(one["source"] for one in ledger.series.citations)),
        attended_parts=_attended_parts(ledger, attendance),
        came_once=attendance["people"] - attendance["returning"],
        map_title=_map_title(registrations),
        map_picture=_draw_map(registrations, countries),
        came_title=_came_title(attendance),
        came_picture=_draw_came(ledger, attendance),
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


def _when(facts: LiveSessionFacts) -> str:
    at = reader_time(facts.starts_at, facts.zone)
    return f"{at.weekday}, {at.date}, {at.hour}"


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
        parts=(Part(line["matched"]), Part(line["unmatched"], dye=1)),
        words=_(
            "%(came)s of %(registered)s",
            came=format_decimal(line["attended"]),
            registered=format_decimal(line["registered"]),
        ),
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
