"""The commands `academy report registrations` and `academy report attendance`."""

from typing import Any

import click

from academy.commandline import fail, open_database, tell
from academy.figures.queries import (
    Ledger,
    find_head,
    read_ledger,
    report_attendance,
    report_registrations,
)


@click.group()
def report() -> None:
    """Say who registered and who came, from where."""


@report.command()
@click.option("--series", "slug", required=True, help="The series' slug.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def registrations(slug: str, *, as_json: bool) -> None:
    """Count the standing registrations by country, in Asia, elsewhere and unknown."""
    document = report_registrations(_read(slug))
    tell(document, _registrations_in_words(document), as_json=as_json)


@report.command()
@click.option("--series", "slug", required=True, help="The series' slug.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def attendance(slug: str, *, as_json: bool) -> None:
    """Count who came to each live session, who returned and from where."""
    document = report_attendance(_read(slug))
    tell(document, _attendance_in_words(document), as_json=as_json)


def _read(slug: str) -> Ledger:
    open_database()
    head = find_head(slug)
    if head is None:
        raise fail(f"There is no series “{slug}”.")
    return read_ledger(head)


def _registrations_in_words(document: dict[str, Any]) -> str:
    regions = document["regions"]
    lines = [f"{line['registrants']:6}  {line['name']}" for line in document["by_country"]]
    return "\n".join([
        f"{document['registrants']} registrants from {document['countries']} countries",
        (f"  Asia {regions['asia']['registrants']} from {regions['asia']['countries']}, "
        f"elsewhere {regions['elsewhere']['registrants']} from "
        f"{regions['elsewhere']['countries']}, unknown {regions['unknown']['registrants']}"),
        *lines,
    ])  # fmt: skip


def _attendance_in_words(document: dict[str, Any]) -> str:
    lines = [
        f"  {line['live_session']}: {_or_dash(line['attended'])} of {line['registered']} came "
        f"({_or_dash(line['matched'])} matched, {_or_dash(line['unmatched'])} not yet, "
        f"{_or_dash(line['excluded'])} excluded){_beside(line)}"
        for line in document["live_sessions"]
    ]
    return "\n".join([
        *lines,
        (f"mean {_or_dash(document['mean'])}, largest {_or_dash(document['largest'])}, "
        f"smallest {_or_dash(document['smallest'])}"),
        (f"{document['people']} people, {document['returning']} came back, "
        f"{document['attended_all']} came every time"),
        f"{document['attendances_reached']} attendances reached{_beside(document)}",
    ])  # fmt: skip


def _beside(line: dict[str, Any]) -> str:
    """Say what stands beside those who came: connections, people of listening points."""
    listening = line["listening_points"]
    return (
        f"; {_or_dash(line['connections'])} connections; without a name at "
        f"{listening['points']} listening points: {listening['people']} "
        f"({listening['women']} women, {listening['men']} men, {listening['others']} others)"
    )


def _or_dash(value: float | None) -> str:
    return "–" if value is None else str(value)
