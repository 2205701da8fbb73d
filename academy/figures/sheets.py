"""The figures of a series as a file for a spreadsheet, each with its definition."""

from collections.abc import Iterator
from typing import Any

from academy.figures.queries import Ledger, report_attendance, report_registrations
from academy.lib.sheets import write_csv

Line = tuple[Any, ...]


def write_figures(ledger: Ledger) -> bytes:
    """Return a CSV file (UTF-8 with its mark) of all figures: name, of what, value, definition."""
    header = ("figure", "of", "value", "definition")
    return write_csv(header, [*_registrations(ledger), *_attendance(ledger)])


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
    for country in report["by_country"]:
        yield "attendances", country["name"], country["attendances"], "those who came, by country"


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
    "returning": "matched people who came at least twice",
    "attended_all": "matched people who came to every live session whose attendance is known",
}
