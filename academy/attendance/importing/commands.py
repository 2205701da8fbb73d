"""The command `academy import attendance`."""

from dataclasses import asdict
from pathlib import Path

import click
from sqlalchemy import select

from academy.attendance.reading.choosing import SeveralMeetings, keys_in_words
from academy.attendance.reading.moments import ORDERS, DateOrder
from academy.attendance.service import ImportReport, import_attendance
from academy.commandline import fail, open_database, tell
from academy.db import session
from academy.i18n.zones import is_zone
from academy.lib.tables import FileRefused, read_file_bytes
from academy.programme.models import LiveSession


@click.command("attendance")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--live-session", "slug", required=True, help="The live session's slug.")
@click.option("--zone", help="IANA zone of the file's clock; default: the live session's own.")
@click.option("--meeting", help="The key of the meeting, if the file holds several at that time.")
@click.option(
    "--date-order", type=click.Choice(ORDERS), help="The order of its dates, if they leave it open."
)
@click.option("--dry-run", is_flag=True, help="Say what would happen and store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def attendance(
    file: Path,
    slug: str,
    zone: str | None,
    meeting: str | None,
    date_order: DateOrder | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import who came to a live session from a file of Zoom or another provider."""
    if zone and not is_zone(zone):
        raise fail(f"“{zone}” is no time zone of the IANA database, such as Asia/Kuala_Lumpur.")
    open_database()
    live_session = _find(slug)
    try:
        data = read_file_bytes(file)
        report = import_attendance(
            live_session, data, file.name, zone=zone, meeting=meeting, date_order=date_order,
            dry_run=dry_run,
        )  # fmt: skip
    except SeveralMeetings as error:
        raise fail(f"{error}\n{keys_in_words(error)}") from error
    except FileRefused as error:
        raise fail(str(error)) from error
    tell(asdict(report), _in_words(report, dry_run=dry_run), as_json=as_json)


def _find(slug: str) -> LiveSession:
    statement = select(LiveSession).where(LiveSession.slug == slug)
    live_session = session.execute(statement).scalar_one_or_none()
    if live_session is None:
        raise fail(f"There is no live session “{slug}”.")
    return live_session


def _in_words(report: ImportReport, *, dry_run: bool) -> str:
    if report.unchanged:
        return f"This file was imported into {report.live_session} before; nothing changed."
    lines = [
        (
            f"{report.format}: {report.rows} rows, {report.connections} connections, "
            f"{report.identities} identities: {report.matched} matched, {report.unmatched} not "
            f"({report.suggested} with suggestions), {report.excluded} excluded."
        ),
        *(f"  row {refused['row']}: {refused['why']}" for refused in report.refused),
    ]
    return "\n".join([*lines, *(["Nothing was stored: this was a dry run."] if dry_run else [])])
