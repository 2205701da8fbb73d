"""Freezing the figures of a series before its people are forgotten."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from academy.db import session
from academy.figures.definitions import draw_curve
from academy.figures.queries import (
    Ledger,
    find_head,
    group_presences,
    read_facts,
    report_attendance,
    report_registrations,
)
from academy.programme.models import Series


def freeze(series_id: int, at: datetime) -> dict[str, Any]:
    """Return everything that pages, reports, files and the API tell of the series, as JSON.

    Both reports are those of DESIGN 5, whole; the curves are how many were present in each minute
    of a live session, by its slug. Nobody is in it who is not counted together with others.
    """
    head = find_head(session.get_one(Series, series_id).slug)
    if head is None:  # the series stands, so there is a head
        raise LookupError(series_id)
    ledger = replace(read_facts(head), as_of=at)
    return {
        "registrations": report_registrations(ledger),
        "attendance": report_attendance(ledger),
        "curves": _curves(ledger),
    }


def _curves(ledger: Ledger) -> dict[str, list[int]]:
    grouped = group_presences(ledger)
    return {
        facts.slug: draw_curve([p.intervals for p in grouped[facts.id]], facts.minutes)
        for facts in ledger.live_sessions
    }
