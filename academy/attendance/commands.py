"""`academy attendance read`: what an attendance file says, without a database."""

import datetime as dt
from pathlib import Path
from zoneinfo import available_timezones

import click

from academy.attendance.reading.choosing import SeveralMeetings, keys_in_words
from academy.attendance.reading.files import AttendanceFile, FilePerson, json_lines, read_attendance
from academy.attendance.reading.moments import ORDERS, DateOrder
from academy.lib.tables import FileRefused, read_file_bytes


class Zone(click.ParamType[str]):
    """An IANA time zone, such as Asia/Kuala_Lumpur."""

    name = "zone"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the zone's name; fail in words for one that nobody knows."""
        if value not in available_timezones():
            self.fail(f"{value} is no time zone; write one such as Asia/Kuala_Lumpur.", param, ctx)
        return value


class Day(click.ParamType[dt.date]):
    """A day in ISO 8601, such as 2020-05-02."""

    name = "date"

    def convert(
        self, value: str | dt.date, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Return the day; fail in words for what is none."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value} is no day; write one such as 2020-05-02.", param, ctx)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--zone", type=Zone(), help="The time zone in which the file was exported.")
@click.option("--on", type=Day(), help="The day of the live session, if the file leaves it open.")
@click.option("--meeting", help="Which meeting, if the file holds several on that day.")
@click.option(
    "--date-order", type=click.Choice(ORDERS), help="The order of its dates, if they leave it open."
)
@click.option("--json", "wants_json", is_flag=True, help="Print one JSON document only.")
def read(
    file: Path,
    zone: str | None,
    on: dt.date | None,
    meeting: str | None,
    date_order: DateOrder | None,
    *,
    wants_json: bool,
) -> None:
    """Say who was there, when and how long, as FILE has it."""
    try:
        found = read_attendance(
            read_file_bytes(file), file.name, zone=zone, on=on, meeting=meeting,
            date_order=date_order,
        )  # fmt: skip
    except SeveralMeetings as error:
        raise click.ClickException(f"{error}\n{keys_in_words(error)}") from error
    except FileRefused as error:
        raise click.ClickException(str(error)) from error
    if wants_json:
        for text in json_lines(found):
            click.echo(text, nl=False)
    else:
        _print(found)


def _print(file: AttendanceFile) -> None:
    """Print a table for people: one line each, then what was refused and what to look at."""
    width = max((len(_label(person)) for person in file.people), default=0)
    for person in file.people:
        line = f"{_label(person):{width}}  {_presence(person):>10}  {person.email or ''}"
        click.echo(line.rstrip())
    came = sum(1 for person in file.people if person.attended and person.role == "attendee")
    identities = len(file.people)
    click.echo(f"\n{file.format}: {file.rows} rows, {identities} identities, {came} attendees.")
    for row in file.refused:
        click.echo(f"Row {row.number} is refused: {row.why}")
    for warning in file.warnings:
        click.echo(f"Note: {warning}")


def _label(person: FilePerson) -> str:
    name = person.name or "(no name)"
    return name if person.role == "attendee" else f"{name} [{person.role}]"


def _presence(person: FilePerson) -> str:
    if not person.attended:
        return "absent"
    return "?" if person.minutes is None else f"{person.minutes} min"
