"""Computing the attendance of many live sessions in one pass, and writing only what changed."""

from collections.abc import Sequence

import numpy as np
from sqlalchemy import delete, insert, select, update

from academy.attendance.models import Attendance, Tally
from academy.attendance.recomputing.by_copy import PostgreSQL
from academy.attendance.recomputing.by_rows import SQLite
from academy.attendance.recomputing.evidence import Found, read_evidence
from academy.attendance.recomputing.interval_text import write_intervals
from academy.attendance.recomputing.ledger import Ledger, Rows, Standing
from academy.attendance.recomputing.stays import Numbers, Stays, Truths, count_stays
from academy.attendance.rules.rules import Rules
from academy.attendance.service.recomputes import Changes
from academy.db import in_parts, now, session, table_of
from academy.programme.models import LiveSession

_TALLIES = table_of(Tally)


def compute_attendances(live_sessions: Sequence[LiveSession], rules: Rules) -> Changes:
    """Make the attendance of these live sessions what evidence and matches say now.

    Call it while the series is locked. Rows that are right already are left alone.
    """
    session.flush()
    ledger = _ledger()
    found = read_evidence(ledger, live_sessions, rules)
    stays = count_stays(found.facts, rules)
    came = stays.came & found.has_evidence
    changes = _store(ledger, found, stays, came)
    _store_tallies(found, came)
    return changes


def _ledger() -> Ledger:
    return PostgreSQL() if session.get_bind().dialect.name == "postgresql" else SQLite()


def _store(ledger: Ledger, found: Found, stays: Stays, came: Truths) -> Changes:
    standing = ledger.read_standing(found.live_sessions)
    groups = found.groups_of(standing.live_session_id, standing.who)
    is_gone = groups < 0
    is_gone[~is_gone] = ~came[groups[~is_gone]]
    texts = write_intervals(stays.spans, len(came))
    changed = _changed(standing, groups, is_gone, stays.minutes, texts)
    is_new = came.copy()
    is_new[groups[~is_gone]] = False
    new = np.flatnonzero(is_new)
    _remove(standing.id[is_gone])
    at = now()
    if changed:
        rows = _rows(standing.id[changed], groups[changed], found, stays.minutes, texts)
        ledger.change(rows, at)
    if len(new):
        ledger.add(_rows(found.live_session_of(new), new, found, stays.minutes, texts), at)
    removed = int(is_gone.sum())
    kept = len(groups) - removed - len(changed)
    return Changes(found.rows, kept, len(new), len(changed), removed)


def _changed(
    standing: Standing, groups: Numbers, is_gone: Truths, minutes: Numbers, texts: list[bytes]
) -> list[int]:
    """Return the places of standing rows whose minutes or intervals are others now."""
    if not len(groups):
        return []
    is_other = ~is_gone & (minutes[groups] != standing.minutes)
    return [
        place
        for place, (group, gone, other, text) in enumerate(
            zip(
                groups.tolist(),
                is_gone.tolist(),
                is_other.tolist(),
                standing.intervals,
                strict=True,
            )
        )
        if not gone and (other or texts[group] != text)
    ]


def _rows(
    keys: Numbers, groups: Numbers, found: Found, minutes: Numbers, texts: list[bytes]
) -> Rows:
    intervals = [texts[group] for group in groups.tolist()]
    return Rows(keys.tolist(), found.who[groups].tolist(), intervals, minutes[groups].tolist())


def _remove(ids: Numbers) -> None:
    for part in in_parts(ids.tolist()):
        session.execute(delete(Attendance).where(Attendance.id.in_(part)))


def _store_tallies(found: Found, came: Truths) -> None:
    """Say for each live session how many came; no row where nobody knows."""
    wanted = found.tallies(came)
    statement = select(
        _TALLIES.c.live_session_id, _TALLIES.c.matched, _TALLIES.c.unmatched, _TALLIES.c.excluded
    ).where(_TALLIES.c.live_session_id.in_(found.live_sessions))
    standing = {row[0]: tuple(row[1:]) for row in session.execute(statement)}
    for number in standing.keys() - wanted.keys():
        session.execute(delete(_TALLIES).where(_TALLIES.c.live_session_id == number))
    for number, tally in wanted.items():
        names = dict(zip(("matched", "unmatched", "excluded"), tally, strict=True))
        values = {**names, "computed_at": now()}
        if number not in standing:
            session.execute(insert(_TALLIES).values(live_session_id=number, **values))
        elif standing[number] != tally:
            this = _TALLIES.c.live_session_id == number
            session.execute(update(_TALLIES).where(this).values(values))
