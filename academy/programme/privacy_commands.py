"""The commands `academy privacy run` and `academy privacy keep`: how long people are kept."""

from datetime import UTC, datetime
from typing import Any

import click
from sqlalchemy import select

from academy.commandline import fail, open_database, tell
from academy.db import empty_the_journal, session
from academy.programme.errors import ProgrammeError
from academy.programme.models import Series
from academy.programme.registration_import import drop_old_files
from academy.programme.retention_dates import due_at
from academy.programme.sentences import explain
from academy.programme.service.retention import (
    Outcome,
    drop_files,
    run_retention,
    set_retention,
)


@click.group()
def privacy() -> None:
    """Forget people whose time is over; the figures stay."""


@privacy.command()
@click.option(
    "--at",
    "at_text",
    help="As if it were then (ISO 8601; later than now with --dry-run only).",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def run(at_text: str | None, *, dry_run: bool, as_json: bool) -> None:
    """Freeze figures and forget people of series whose time is over; warn 30 days before."""
    at = _moment(at_text)
    if at > datetime.now(UTC) and not dry_run:
        raise fail("What is to come can only be looked at: add --dry-run.")
    open_database()
    outcomes = run_retention(at, dry_run=dry_run)
    files = 0 if dry_run else drop_old_files(at) + drop_files(at)
    empty_the_journal()
    document = {
        "at": at.isoformat(),
        "dry_run": dry_run,
        "series": [_as_json(each) for each in outcomes],
        "files_dropped": files,
    }
    tell(document, _in_words(outcomes, files, dry_run=dry_run), as_json=as_json)


def _moment(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise fail(f"“{text}” is no moment; write one such as 2027-05-02T08:00:00Z.") from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _as_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "series": outcome.series,
        "action": outcome.action,
        "due_at": outcome.due_at.isoformat(),
        "people": outcome.people,
        "erased": outcome.erased,
        "deleted": outcome.deleted,
    }


_WORDS = {
    "warned": "organisers are warned: its people are forgotten on {due}",
    "anonymised": "figures frozen, {people} people anonymised, {erased} of them erased",
    "due": "would be anonymised now: {people} people, {erased} of them erased",
    "waits": "will be anonymised on {due}: {people} people today, {erased} of them erased",
}


def _in_words(outcomes: list[Outcome], files: int, *, dry_run: bool) -> str:
    lines = [
        f"{each.series}: "
        + _WORDS[each.action].format(
            due=f"{each.due_at:%Y-%m-%d}", people=each.people, erased=each.erased
        )
        for each in outcomes
    ]
    if dry_run:
        return "\n".join([*lines, "Nothing was changed: this was a dry run."])
    return "\n".join([*(lines or ["No series is due."]), f"{files} files were emptied."])


@privacy.command()
@click.argument("slug")
@click.option("--months", type=int, help="After the last live session; left out: without an end.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def keep(slug: str, months: int | None, *, as_json: bool) -> None:
    """Say for how many months the people of a series are kept."""
    open_database()
    series = session.scalars(select(Series).where(Series.slug == slug)).one_or_none()
    if series is None:
        raise fail(f"There is no series “{slug}”.")
    try:
        set_retention(series, months)
    except ProgrammeError as error:
        raise fail(explain(error)) from error
    due = due_at(series)
    document = {"series": slug, "months": months, "due_at": due and due.isoformat()}
    words = f"The people of {slug} are kept" + (
        f" until {due:%Y-%m-%d}; the figures stay." if due else " without an end."
    )
    tell(document, words, as_json=as_json)
