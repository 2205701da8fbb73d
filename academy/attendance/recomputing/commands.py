"""The command `academy attendance recompute`."""

from dataclasses import asdict
from typing import Any

import click
from sqlalchemy import select

from academy.attendance.recomputing.series import recompute_series
from academy.attendance.service.digest import digest_of
from academy.attendance.service.recomputes import FiguresAreFrozen, refuse_frozen
from academy.commandline import fail, open_database, tell
from academy.db import session, transaction
from academy.programme.models import Series
from academy.security import audit


@click.command()
@click.option("--series", "slug", required=True, help="The series' slug.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document only.")
def recompute(slug: str, *, as_json: bool) -> None:
    """Compute matches and attendance of a series anew from its evidence.

    Twice gives the same: rows that are right already stay as they are, and the digest of two runs
    is the same as long as evidence, decisions and rules are. Needs no running server.
    """
    open_database()
    series = session.scalars(select(Series).where(Series.slug == slug)).one_or_none()
    if series is None:
        raise fail(f"There is no series “{slug}”.")
    try:
        refuse_frozen(series)
    except FiguresAreFrozen as error:
        raise fail("Its people were made anonymous: the figures are frozen.") from error
    report = _recompute(series, as_json=as_json)
    tell(report, _in_words(report), as_json=as_json)


def _recompute(series: Series, *, as_json: bool) -> dict[str, Any]:
    total = 0

    def show(done: int, of: int) -> None:
        nonlocal total
        total = of
        if not as_json:
            click.echo(f"  {done} of {of} live sessions", err=True)

    changes = recompute_series(series.id, show)
    with transaction():
        audit.note("attendance.recomputed", f"series:{series.slug}")
    return {
        "series": series.slug,
        "live_sessions": total,
        **asdict(changes),
        "digest": digest_of(series.id),
    }


def _in_words(report: dict[str, Any]) -> str:
    return (
        f"{report['evidence']} rows of evidence of {report['live_sessions']} live sessions: "
        f"{report['kept']} attendances were right, {report['changed']} changed, "
        f"{report['added']} added, {report['removed']} removed.\nDigest {report['digest']}"
    )
