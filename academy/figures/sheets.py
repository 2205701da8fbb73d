"""The figures of a series as a file for a spreadsheet, each with its definition."""

from collections.abc import Iterator
from typing import Any

from academy.attendance.rules.rules import rules_of
from academy.figures.queries import Ledger, report_attendance, report_registrations
from academy.lib.sheets import write_csv, write_xlsx

Line = tuple[Any, ...]


HEADER = ("figure", "of", "value", "definition")


def write_figures(ledger: Ledger, kind: str = "csv") -> bytes:
    """Return all figures as a file of `kind`, "csv" (UTF-8 with its mark) or "xlsx".

    Each line: the name of the figure, of what, its value, and its definition.
    """
    lines = [*_registrations(ledger), *_rules(ledger), *_attendance(ledger)]
    if kind == "xlsx":
        return write_xlsx("Figures", HEADER, lines)
    return write_csv(HEADER, lines)


def _registrations(ledger: Ledger) -> Iterator[Line]:
    report = report_registrations(ledger)
    yield "as_of", ledger.series.slug, report["as_of"], "moment at which the ledger was read (UTC)"
    yield "registrants", "all", report["registrants"], "standing registrations, one a person"
    yield "countries", "all", report["countries"], "different countries of registrants"
    for region, part in report["regions"].items():
        yield "registrants", region, part["registrants"], "Asia is UN M49 region 142"
        yield "countries", region, part["countries"], "Asia is UN M49 region 142"
    for line in report["by_country"]:
        yield "registrants", line["name"], line["registrants"], "by the country that they gave"


def _rules(ledger: Ledger) -> Iterator[Line]:
    """Say by which rules somebody came."""
    rules = rules_of(ledger.series)
    yield "rule", "smallest stay", rules.smallest_stay, "known stays of fewer minutes do not count"
    # Not "60-75", which a spreadsheet might take for a date.
    breaks = ", ".join(f"{first} to {last}" for first, last in rules.breaks)
    yield "rule", "breaks", breaks, "minutes after the start in which presence does not count"
    counts = "counts" if rules.door_counts else "does not count"
    yield "rule", "opened door alone", counts, "who opened the door and of whom no more is known"


def _attendance(ledger: Ledger) -> Iterator[Line]:
    report = report_attendance(ledger)
    for line in report["live_sessions"]:
        for name in ("registered", "attended", "matched", "unmatched", "excluded", "peak"):
            yield name, line["live_session"], line[name], _MEANING[name]
        yield "minutes, mean", line["live_session"], line["minutes"]["mean"], "of those who came"
        yield (
            "minutes, median",
            line["live_session"],
            line["minutes"]["median"],
            "of those who came",
        )
        yield from _beside(line["live_session"], line, "people_reached")
    for name in (
        "attendances",
        "mean",
        "largest",
        "smallest",
        "people",
        "returning",
        "attended_all",
    ):
        yield name, "all", report[name], _MEANING[name]
    yield from _beside("all", report, "attendances_reached")
    for country in report["by_country"]:
        yield "attendances", country["name"], country["attendances"], "those who came, by country"


def _beside(of: str, line: dict[str, Any], reached: str) -> Iterator[Line]:
    """Return connections, listening points and whom they reached: beside those who came."""
    yield "connections", of, line["connections"], _MEANING["connections"]
    listening = line["listening_points"]
    for name in ("points", "people", "women", "men", "others"):
        meaning = _MEANING["listening_people" if name == "people" else name]
        yield f"listening points, {name}", of, listening[name], meaning
    yield reached, of, line[reached], _MEANING[reached]


_MEANING = {
    "registered": "standing registrations less those that said no to this live session",
    "attended": "matched people and identities not matched yet; empty where no file was imported",
    "matched": "people with evidence inside the time of the live session",
    "unmatched": "identities inside that time whom nobody has matched to a person",
    "excluded": "seen and not counted: hosts, bots, waiting room only, outside the time",
    "peak": "most present at one moment",
    "attendances": "the sum of those who came over all live sessions",
    "mean": "attendances divided by the live sessions whose attendance is known",
    "largest": "most who came to one live session",
    "smallest": "fewest who came to one live session",
    "people": "different matched people who came at least once",
    "connections": "joinings of devices in the files, reconnects and hosts included: no people",
    "points": "devices at which several people listened together",
    "listening_people": "counted at listening points without a name: women, men and others; "
    "who has a name there is in attended",
    "women": "part of the people of listening points without a name",
    "men": "part of the people of listening points without a name",
    "others": "part of the people of listening points without a name",
    "people_reached": "attended and the people of listening points without a name",
    "attendances_reached": "attendances and the people of listening points without a name",
    "returning": "matched people who came at least twice",
    "attended_all": "matched people who came to every live session whose attendance is known",
}
