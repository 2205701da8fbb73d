"""`academy import registrations`: everybody of a file into a series, or what would happen."""

from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn, get_args

import click
from sqlalchemy import select

from academy.commandline import fail, open_database, tell
from academy.db import session
from academy.lib.tables import FileRefused, Limits, read_file_bytes
from academy.lib.tables.limits import MEGABYTE
from academy.programme.formats.answered_at import DateOrder
from academy.programme.formats.entries import RegistrationFile
from academy.programme.formats.headings import ROLES, Role, level
from academy.programme.models import Series
from academy.programme.registration_import import Report, import_registrations, read_file

_SHOWN = 50
_WORDS = {
    "email": "e-mail address",
    "name": "name",
    "country": "country of the person",
}


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--series", "slug", required=True, help="The series' slug.")
@click.option(
    "--column",
    "named",
    multiple=True,
    metavar="WHAT=COLUMN",
    help="Which column holds what, by number or heading: --column name=3, "
    '--column email="Correo", --column country= for none. May be given several times.',
)
@click.option(
    "--dates",
    type=click.Choice(get_args(DateOrder)),
    help="In which order the file writes day and month.",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def registrations(
    file: Path,
    slug: str,
    named: tuple[str, ...],
    dates: DateOrder | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Register everybody in FILE for a series; the same file twice changes nothing."""
    settings = open_database()
    series = session.scalars(select(Series).where(Series.slug == slug)).one_or_none()
    if series is None:
        raise fail(f"There is no series “{slug}”.")
    read = _read(file, named, dates, Limits(bytes=settings.upload_megabytes * MEGABYTE))
    report = import_registrations(series, read, dry_run=dry_run)
    _warn(read, report)
    tell(report.as_json(), _in_words(report, dry_run=dry_run), as_json=as_json)
    if not report.accepted:
        raise fail("No row of the file could be used; nothing was stored.")


def _read(
    file: Path, named: tuple[str, ...], dates: DateOrder | None, limits: Limits
) -> RegistrationFile:
    try:
        data = read_file_bytes(file, limits)
        read = read_file(data, file.name, date_order=dates, limits=limits)
        if named:
            chosen = _chosen(named, read)
            read = read_file(data, file.name, columns=chosen, date_order=dates, limits=limits)
    except FileRefused as error:
        raise fail(str(error)) from error
    if read.columns.questions:
        _ask(read)
    return read


def _chosen(named: tuple[str, ...], read: RegistrationFile) -> dict[Role, int | None]:
    """Understand `--column`: what, and the column by its number from 1 or its heading."""
    return dict(_chosen_column(each, read) for each in named)


def _chosen_column(words: str, read: RegistrationFile) -> tuple[Role, int | None]:
    what, equals, column = words.partition("=")
    role = next((role for role in ROLES if role == what.strip()), None)
    if role is None or not equals:
        raise fail(f"--column {words}: write WHAT=COLUMN, where WHAT is {', '.join(ROLES)}.")
    text = column.strip()
    if not text:
        return role, None
    if text.isdecimal() and 1 <= int(text) <= read.width:
        return role, int(text) - 1
    places = [at for at, key in enumerate(read.heading.keys) if key == level(text)]
    if len(places) != 1:
        raise fail(f"--column {words}: the file has no such column. {_columns_in_words(read)}")
    return role, places[0]


def _ask(read: RegistrationFile) -> NoReturn:
    """End with a sentence for each column that nobody can tell, and the option that names it."""
    sentences = [
        f"Which column holds the {_WORDS.get(question.role, question.role)}? "
        f"Say it with --column {question.role}=NUMBER."
        for question in read.columns.questions
    ]
    raise fail(" ".join([*sentences, _columns_in_words(read)]))


def _columns_in_words(read: RegistrationFile) -> str:
    titles = (f"{at + 1} “{read.title_of(at)}”" for at in range(read.width))
    return f"The columns are: {', '.join(titles)}."


def _warn(read: RegistrationFile, report: Report) -> None:
    for row, why in report.refused[:_SHOWN]:
        click.echo(f"Row {row} is refused: {why}", err=True)
    if len(report.refused) > _SHOWN:
        click.echo(f"… and {len(report.refused) - _SHOWN} more rows.", err=True)
    if read.has_open_dates:
        click.echo(
            "Note: the dates of this file fit two orders, so it is not known when people answered;"
            " say it with --dates.",
            err=True,
        )


def _in_words(report: Report, *, dry_run: bool) -> str:
    counts: Mapping[str, int] = {
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "refused": len(report.refused),
    }
    parts = ", ".join(f"{count} {word}" for word, count in counts.items())
    ending = " Nothing was written." if dry_run else ""
    return f"{report.format}: {report.rows} rows: {parts}.{ending}"
