"""Computing who came to a live session, from evidence and matches alone, always from scratch."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from academy.attendance.formats.report import ENVELOPES
from academy.attendance.intervals import Interval, clip, minutes, union
from academy.attendance.models import Attendance, AttendanceImport, Evidence, Identity, Match, Tally
from academy.attendance.standing import evidence_counts
from academy.db import now, session, transaction
from academy.programme.models import LiveSession
from academy.programme.service import lock_series

Who = tuple[str, int]


@dataclass(slots=True)
class _Trace:
    """What all evidence of one person, or of one unmatched identity, says together."""

    intervals: list[Interval] = field(default_factory=list)
    #: From the first joining to the last leaving, with gaps that the file did not write down.
    envelopes: list[Interval] = field(default_factory=list)
    stated: int | None = None


def compute_attendance(live_session: LiveSession) -> None:
    """Replace the attendance of a live session by what its evidence and matches say now.

    Presence is the union of a person's intervals over all devices and sources, clipped to the
    window of the live session; whoever was there only outside it did not come.
    """
    with transaction():
        lock_series(live_session.series_id)
        counted, excluded = _read_traces(live_session)
        window = (live_session.starts_at, live_session.ends_at)
        rows = [row for who, trace in counted.items() if (row := _attendance(who, trace, window))]
        _replace(live_session, rows, excluded + len(counted) - len(rows))


def _read_traces(live_session: LiveSession) -> tuple[dict[Who, _Trace], int]:
    """Return the traces of those who count, and the number of identities that do not."""
    identities = _read_identities(live_session.id)
    traces: dict[Who, _Trace] = defaultdict(_Trace)
    present: set[int] = set()
    for identity_id, joined, left, stated, maker in _read_evidence(live_session):
        present.add(identity_id)
        who = identities[identity_id]
        if who is not None:
            _add(traces[who], joined, left, stated, is_envelope=maker in ENVELOPES)
    return dict(traces), sum(identities[identity_id] is None for identity_id in present)


def _add(
    trace: _Trace,
    joined: datetime | None,
    left: datetime | None,
    stated: int | None,
    *,
    is_envelope: bool,
) -> None:
    if joined and left and is_envelope and stated is not None:
        trace.envelopes.append((joined, left))
        trace.stated = (trace.stated or 0) + stated
    elif joined and left:
        trace.intervals.append((joined, left))
    elif stated is not None:
        trace.stated = (trace.stated or 0) + stated


def _read_identities(live_session_id: int) -> dict[int, Who | None]:
    """Return who each identity is: a person, itself while unmatched, None where excluded."""
    statement = (
        select(Identity.id, Identity.excluded_because, Match.person_id, Match.decision)
        .outerjoin(Match, (Match.identity_id == Identity.id) & Match.undone_at.is_(None))
        .where(Identity.live_session_id == live_session_id)
    )
    return {row[0]: _who(*row) for row in session.execute(statement)}


def _who(identity_id: int, because: str, person_id: int | None, decision: str | None) -> Who | None:
    if decision == "person" and person_id is not None:
        return ("person", person_id)
    if decision == "excluded" or because:
        return None
    return ("identity", identity_id)


def _read_evidence(
    live_session: LiveSession,
) -> Iterable[tuple[int, datetime | None, datetime | None, int | None, str | None]]:
    """Return what counts; an opened door is too weak, unless the series says otherwise."""
    statement = (
        select(
            Evidence.identity_id,
            Evidence.joined_at,
            Evidence.left_at,
            Evidence.stated_minutes,
            AttendanceImport.format,
        )
        .outerjoin(AttendanceImport, AttendanceImport.id == Evidence.import_id)
        .where(Evidence.live_session_id == live_session.id, evidence_counts())
        .order_by(Evidence.id)
    )
    if not live_session.series.door_counts:
        statement = statement.where(Evidence.source != "link")
    return session.execute(statement)


def _attendance(who: Who, trace: _Trace, window: Interval) -> dict[str, Any] | None:
    """Return the row of one who came; None for one who was there only outside the window."""
    inside = clip(union([*trace.intervals, *trace.envelopes]), window)
    if (trace.intervals or trace.envelopes) and not inside:
        return None
    kind, number = who
    length = (window[1] - window[0]).total_seconds() // 60
    return {
        "person_id": number if kind == "person" else None,
        "identity_id": number if kind == "identity" else None,
        "intervals": [[_seconds(a, window), _seconds(b, window)] for a, b in inside],
        "minutes": _minutes(trace, inside, window)
        if inside
        else _capped(trace.stated, int(length)),
    }


def _minutes(trace: _Trace, inside: list[Interval], window: Interval) -> int:
    """The union; of an envelope at most the minutes stated are added to what is certain."""
    found = minutes(inside)
    if not trace.envelopes:
        return found
    return min(found, minutes(clip(trace.intervals, window)) + (trace.stated or 0))


def _seconds(moment: datetime, window: Interval) -> int:
    return int((moment - window[0]).total_seconds())


def _capped(stated: int | None, length: int) -> int | None:
    return None if stated is None else min(stated, length)


def _replace(live_session: LiveSession, rows: list[dict[str, Any]], excluded: int) -> None:
    session.execute(delete(Attendance).where(Attendance.live_session_id == live_session.id))
    session.execute(delete(Tally).where(Tally.live_session_id == live_session.id))
    moment = now()
    common = {"live_session_id": live_session.id, "computed_at": moment}
    if rows:
        session.execute(insert(Attendance), [{**common, **row} for row in rows])
    if rows or excluded or _has_evidence(live_session.id):
        matched = sum(row["person_id"] is not None for row in rows)
        tally = {"matched": matched, "unmatched": len(rows) - matched, "excluded": excluded}
        session.execute(insert(Tally), [{**common, **tally}])


def _has_evidence(live_session_id: int) -> bool:
    statement = select(Evidence.id).where(
        Evidence.live_session_id == live_session_id, Evidence.source != "link", evidence_counts()
    )
    return session.execute(statement.limit(1)).first() is not None
