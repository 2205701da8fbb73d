"""One number for all rows that follow from the evidence of a series: the same rows, the same one.

What counts as the same: for each live session in order its tally; each match that stands, by the
key of its identity, with the person, the rule and the reason; each attendance by its person or the
key of its identity, with intervals and minutes to the byte. Ids and moments say nothing of who came
and are no part of it.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Select, select

from academy.attendance.models import Attendance, Identity, Match, Tally
from academy.db import session
from academy.programme.models import LiveSession


def digest_of(series_id: int) -> str:
    """Return the hex SHA-256 of everything that a recomputation makes."""
    digest = hashlib.sha256()
    for part in (_tallies(series_id), _matches(series_id), _attendances(series_id)):
        for line in sorted(part):
            digest.update(line.encode())
            digest.update(b"\n")
    return digest.hexdigest()


def _tallies(series_id: int) -> Iterator[str]:
    columns = (LiveSession.number, Tally.matched, Tally.unmatched, Tally.excluded)
    statement = select(*columns).join(Tally, Tally.live_session_id == LiveSession.id)
    return _lines(statement.where(LiveSession.series_id == series_id))


def _matches(series_id: int) -> Iterator[str]:
    statement = (
        select(
            LiveSession.number, Identity.key, Match.person_id, Match.decision, Match.rule,
            Match.reason,
        )
        .select_from(Match)
        .join(Identity, Identity.id == Match.identity_id)
        .join(LiveSession, LiveSession.id == Identity.live_session_id)
        .where(LiveSession.series_id == series_id, Match.undone_at.is_(None))
    )  # fmt: skip
    return _lines(statement)


def _attendances(series_id: int) -> Iterator[str]:
    statement = (
        select(
            LiveSession.number, Attendance.person_id, Identity.key, Attendance.intervals,
            Attendance.minutes,
        )
        .select_from(Attendance)
        .join(LiveSession, LiveSession.id == Attendance.live_session_id)
        .outerjoin(Identity, Identity.id == Attendance.identity_id)
        .where(LiveSession.series_id == series_id)
    )  # fmt: skip
    return _lines(statement)


def _lines(statement: Select[*tuple[Any, ...]]) -> Iterator[str]:
    rows: Iterable[Any] = session.execute(statement)
    return (json.dumps(list(row), ensure_ascii=False) for row in rows)
