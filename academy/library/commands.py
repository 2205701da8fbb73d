"""The commands `academy content check`, `load`, `list` and `schema`."""

import json
from pathlib import Path

import click

from academy.commandline import fail, open_database, tell
from academy.config import ROOT
from academy.library.content import CaseFile, Fault, Reading, case_schema, read_cases, say_faults
from academy.library.picture_files import ADVICE
from academy.library.queries import find_published
from academy.library.record import CaseRecord
from academy.library.service import LoadReport, PictureFault, SlugTaken, draw_pictures, load_cases
from academy.library.table import in_markdown, in_words, lines_of

_FOLDER = click.argument(
    "folder", default=ROOT / "courses",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)  # fmt: skip
_AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group()
def content() -> None:
    """Check and load the academy's own cases."""


@content.command()
@_FOLDER
@_AS_JSON
def check(folder: Path, *, as_json: bool) -> None:
    """Read every file in FOLDER (courses/) and name each fault with its line and advice."""
    reading = read_cases(folder)
    if reading.faults:
        _refuse(reading, as_json=as_json)
    reading = _with_every_picture_drawn(reading)
    if reading.faults:
        _refuse(reading, as_json=as_json)
    tell(_as_json(reading), f"{len(reading.cases)} cases, no fault.", as_json=as_json)


def _with_every_picture_drawn(reading: Reading) -> Reading:
    """Find what only drawing finds: a file that is cut off, one that needs too much memory."""
    faults = []
    for case in reading.cases:
        try:
            draw_pictures([case], known=())
        except PictureFault as fault:
            what = f"{fault.name} cannot be drawn ({fault.reason})"
            faults.append(Fault(f"cases/{case.slug}.yaml", 1, what, ADVICE[fault.reason]))
    return Reading(reading.cases, tuple(faults))


@content.command()
@_FOLDER
@_AS_JSON
def load(folder: Path, *, as_json: bool) -> None:
    """Load FOLDER (courses/) into the database; nothing is loaded while any file has a fault."""
    reading = read_cases(folder)
    if reading.faults:
        _refuse(reading, as_json=as_json)
    open_database()
    try:
        report = load_cases(reading.cases)
    except SlugTaken as error:
        raise fail(f"Nothing was loaded: {error}. Rename the file or the member's case.") from error
    except PictureFault as error:
        raise fail(f"Nothing was loaded: {error}. {ADVICE[error.reason]}") from error
    tell({"cases": report.as_json()}, _load_in_words(report), as_json=as_json)


@content.command("list")
@_FOLDER
@click.option("--library", is_flag=True, help="What is published on the site, members' cases too.")
@click.option("--markdown", is_flag=True, help="Print the table of docs/cases.md.")
@_AS_JSON
def list_cases(folder: Path, *, library: bool, markdown: bool, as_json: bool) -> None:
    """Print the table of cases in FOLDER (courses/): country, category, fields told, sources."""
    lines = lines_of(_published() if library else _without_fault(folder, as_json=as_json))
    words = in_markdown(lines) if markdown else in_words(lines)
    tell({"cases": [line.as_json() for line in lines]}, words, as_json=as_json)


def _published() -> list[CaseFile]:
    open_database()
    return [
        CaseFile(case.slug, CaseRecord.model_validate(case.record)) for case in find_published()
    ]


def _without_fault(folder: Path, *, as_json: bool) -> tuple[CaseFile, ...]:
    reading = read_cases(folder)
    if reading.faults:
        _refuse(reading, as_json=as_json)
    return reading.cases


@content.command()
def schema() -> None:
    """Print the JSON Schema of a case's file."""
    click.echo(json.dumps(case_schema(), ensure_ascii=False, indent=2))


def _refuse(reading: Reading, *, as_json: bool) -> None:
    words = f"{say_faults(reading.faults)}\n{len(reading.faults)} faults; nothing was loaded."
    tell(_as_json(reading), words, as_json=as_json)
    raise SystemExit(1)


def _as_json(reading: Reading) -> dict[str, object]:
    faults = [
        {"file": one.file, "line": one.line, "what": one.what, "advice": one.advice}
        for one in reading.faults
    ]
    return {"cases": len(reading.cases), "faults": faults}


def _load_in_words(report: LoadReport) -> str:
    return (
        f"{report.created} cases new, {report.updated} changed, "
        f"{report.unchanged} as they were, {report.withdrawn} withdrawn."
    )
