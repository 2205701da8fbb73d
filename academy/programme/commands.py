"""The commands `academy series create`, `list` and `publish`."""

from datetime import datetime
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from academy.commandline import fail, open_database, tell
from academy.db import session
from academy.programme.errors import ProgrammeError
from academy.programme.models import Series
from academy.programme.sentences import explain
from academy.programme.service import SeriesFacts, create_series, publish_series
from academy.programme.weekly import to_local


@click.group()
def series() -> None:
    """Create series and their live sessions."""


@series.command()
@click.argument("slug")
@click.option("--title", required=True, help="What people read.")
@click.option("--zone", required=True, help="IANA zone, such as Asia/Kuala_Lumpur.")
@click.option(
    "--starts", required=True, help="First start on the clocks of the zone: YYYY-MM-DDTHH:MM."
)
@click.option("--minutes", type=int, required=True, help="Length of each live session.")
@click.option("--weekly", "weeks", type=int, required=True, help="How many, one a week.")
@click.option(
    "--capacity", type=int, help="Places in each live session; without limit if left out."
)
@click.option("--summary", default="", help="One sentence under the title.")
@click.option("--language", default="en", help="BCP 47 language of the live sessions.")
@click.option("--published/--draft", default=True, help="Whether everybody sees it at once.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def create(
    slug: str, *, title: str, zone: str, starts: str, minutes: int, weeks: int,
    capacity: int | None, summary: str, language: str, published: bool, as_json: bool,
) -> None:  # fmt: skip
    """Create a series with live sessions SLUG-1 … SLUG-n, at the same hour of every week."""
    first_start = _read_start(starts)
    open_database()
    try:
        made = create_series(
            slug, title, zone=zone, first_start=first_start, minutes=minutes, weeks=weeks,
            capacity=capacity, published=published,
            facts=SeriesFacts(summary=summary, language=language),
        )  # fmt: skip
    except ProgrammeError as error:
        raise fail(explain(error)) from error
    tell(_document(made), _in_words(made), as_json=as_json)


def _read_start(text: str) -> datetime:
    try:
        start = datetime.fromisoformat(text)
    except ValueError as error:
        raise fail(f"“{text}” is no date and hour; write it as 2020-05-02T14:00.") from error
    if text.strip() == f"{start:%Y-%m-%d}":
        raise fail(f"“{text}” has no hour; write it as {text.strip()}T14:00.")
    if start.tzinfo is not None:
        raise fail("Give the hour on the clocks of --zone, without an offset: 2020-05-02T14:00.")
    return start


def _document(made: Series) -> dict[str, Any]:
    return {
        "series": made.slug,
        "title": made.title,
        "zone": made.zone,
        "status": made.status,
        "live_sessions": [
            {
                "live_session": each.slug,
                "starts_at": f"{each.starts_at:%Y-%m-%dT%H:%M:%SZ}",
                "minutes": each.minutes,
            }
            for each in made.live_sessions
        ],
    }


def _in_words(made: Series) -> str:
    lines = [
        f"  {each.slug}: {to_local(each.starts_at, each.zone):%A %Y-%m-%d %H:%M} in {each.zone}, "
        f"{each.starts_at:%Y-%m-%d %H:%M} UTC, {each.minutes} minutes"
        for each in made.live_sessions
    ]
    return "\n".join([f"Created {made.slug} ({made.status}):", *lines])


@series.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def list_all(*, as_json: bool) -> None:
    """List all series, drafts too."""
    open_database()
    statement = select(Series).options(selectinload(Series.live_sessions)).order_by(Series.id)
    found = session.scalars(statement).all()
    words = "\n".join(f"{each.slug}: {each.title} ({each.status})" for each in found)
    tell(
        {"series": [_document(each) for each in found]}, words or "No series yet.", as_json=as_json
    )


@series.command()
@click.argument("slug")
def publish(slug: str) -> None:
    """Show a draft to everybody."""
    open_database()
    found = session.scalars(select(Series).where(Series.slug == slug)).one_or_none()
    if found is None:
        raise fail(f"There is no series “{slug}”.")
    publish_series(found)
    click.echo(f"{slug} is {found.status}.")
