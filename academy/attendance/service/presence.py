"""Computing who came to a live session, from evidence and matches alone, always from scratch."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Result, Row, bindparam, delete, insert, select, update

from academy.attendance.counting import Stay, Trace, count_stay, happened_by
from academy.attendance.formats.report import ENVELOPES
from academy.attendance.models import Attendance, AttendanceImport, Evidence, Identity, Match, Tally
from academy.attendance.rules.rules import Rules, rules_of
from academy.attendance.standing import TOLD, evidence_counts
from academy.db import now, session, table_of, transaction
from academy.programme.models import LiveSession, Series
from academy.programme.service import lock_series

#: A person, or an identity that nobody has matched yet: the columns (person_id, identity_id).
Who = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Counted:
    """Who came to one live session by the evidence, and how many were seen and not counted."""

    stays: dict[Who, Stay]
    excluded: int
    #: Whether there is evidence at all: where there is none, nobody knows who came.
    is_known: bool

    @property
    def matched(self) -> int:
        """How many of those who came are people that the academy knows."""
        return sum(person_id is not None for person_id, _identity_id in self.stays)


def compute_attendance(live_session: LiveSession) -> None:
    """Make the attendance of a live session what its evidence and matches say now.

    What stays the same is not written again, so its rows keep their ids and moments.
    """
    with transaction():
        lock_series(live_session.series_id)
        held = session.get_one(LiveSession, live_session.id)
        # It was loaded before the series was held: its time may have been mended meanwhile.
        session.refresh(held, ["starts_at", "minutes"])
        counted = count_presence([held], read_rules(held.series_id))[held.id]
        _store_stays(held.id, counted.stays)
        _store_tally(held.id, counted)


def read_rules(series_id: int) -> Rules:
    """Return the rules in force now, also where the series was loaded before they changed."""
    statement = select(Series.door_minutes, Series.smallest_stay, Series.breaks, Series.door_counts)
    return rules_of(session.execute(statement.where(Series.id == series_id)).one())


def count_presence(live_sessions: Sequence[LiveSession], rules: Rules) -> dict[int, Counted]:
    """Return who came to each live session by `rules`, which need not be those in force.

    Stores nothing; two statements, however many live sessions there are.
    """
    ids = [live_session.id for live_session in live_sessions]
    identities = _read_identities(ids)
    at = now()
    seen = {number: _Seen(at) for number in ids}
    for row in _read_evidence(ids, rules):
        seen[row.live_session_id].add(identities[row.identity_id], row)
    return {one.id: seen[one.id].count(one, rules) for one in live_sessions}


class _Seen:
    """Whom the evidence of one live session speaks of, row by row."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.traces: dict[Who, Trace] = defaultdict(Trace)
        self.doors: set[Who] = set()
        self.excluded: set[int] = set()
        self.is_known = False

    def add(self, who: Who | None, row: Row[*tuple[Any, ...]]) -> None:
        """Take up one row of evidence."""
        self.is_known = self.is_known or row.source != "link"
        if who is None:
            self.excluded.add(row.identity_id)
        elif row.source == "link":
            self.doors.add(who)
        else:
            joined, left = row.joined_at, row.left_at
            if row.source == TOLD:
                joined, left = happened_by(self.at, joined, left)
            self.traces[who].add(
                joined,
                left,
                row.stated_minutes,
                is_envelope=row.format in ENVELOPES,
                source=(row.import_id, row.identity_id),
            )

    def count(self, live_session: LiveSession, rules: Rules) -> Counted:
        """Return who came; an opened door counts where nothing else is known of somebody."""
        for who in self.doors - self.traces.keys():
            self.traces[who] = Trace(is_marked=True)
        stays: dict[Who, Stay] = {}
        for who, trace in self.traces.items():
            stay = count_stay(trace, live_session.starts_at, live_session.minutes, rules)
            if stay is not None:
                stays[who] = stay
        excluded = len(self.excluded) + len(self.traces) - len(stays)
        return Counted(stays, excluded, self.is_known)


def _read_identities(live_session_ids: Sequence[int]) -> dict[int, Who | None]:
    """Return who each identity is: a person, itself while unmatched, None where excluded."""
    statement = (
        select(Identity.id, Identity.excluded_because, Match.person_id, Match.decision)
        .outerjoin(Match, (Match.identity_id == Identity.id) & Match.undone_at.is_(None))
        .where(Identity.live_session_id.in_(live_session_ids))
    )
    return {row[0]: who_is(*row) for row in session.execute(statement)}


def who_is(
    identity_id: int, because: str, person_id: int | None, decision: str | None
) -> Who | None:
    """Return who an identity counts as; None for one that does not count."""
    if decision == "person" and person_id is not None:
        return (person_id, None)
    if decision == "excluded" or because:
        return None
    return (None, identity_id)


def _read_evidence(live_session_ids: Sequence[int], rules: Rules) -> Result[*tuple[Any, ...]]:
    """Return what counts; an opened door is too weak, unless the rules say otherwise."""
    statement = (
        select(
            Evidence.live_session_id,
            Evidence.identity_id,
            Evidence.source,
            Evidence.import_id,
            AttendanceImport.format,
            Evidence.joined_at,
            Evidence.left_at,
            Evidence.stated_minutes,
        )
        .outerjoin(AttendanceImport, AttendanceImport.id == Evidence.import_id)
        .where(Evidence.live_session_id.in_(live_session_ids), evidence_counts())
        .order_by(Evidence.id)
    )
    if not rules.door_counts:
        statement = statement.where(Evidence.source != "link")
    return session.execute(statement)


_ATTENDANCES = table_of(Attendance)
_IS_THIS = _ATTENDANCES.c.id == bindparam("which")
_DELETE = delete(_ATTENDANCES).where(_IS_THIS)
_UPDATE = (
    update(_ATTENDANCES)
    .where(_IS_THIS)
    .values({name: bindparam(name) for name in ("intervals", "minutes", "computed_at")})
)


def _store_stays(live_session_id: int, stays: dict[Who, Stay]) -> None:
    """Make the rows those of `stays`: the gone deleted, the changed updated, the new inserted."""
    standing = _read_standing(live_session_id)
    moment = now()
    gone = [{"which": number} for who, (number, _stay) in standing.items() if who not in stays]
    changed = [
        {"which": number, "computed_at": moment, **_values(stays[who])}
        for who, (number, stay) in standing.items()
        if who in stays and stays[who] != stay
    ]
    new = [
        {"live_session_id": live_session_id, "person_id": who[0], "identity_id": who[1],
         "computed_at": moment, **_values(stay)}
        for who, stay in stays.items() if who not in standing
    ]  # fmt: skip
    for statement, rows in ((_DELETE, gone), (_UPDATE, changed), (insert(_ATTENDANCES), new)):
        if rows:
            session.execute(statement, rows)


def _values(stay: Stay) -> dict[str, list[list[int]] | int | None]:
    return {"intervals": stay.intervals, "minutes": stay.minutes}


def _read_standing(live_session_id: int) -> dict[Who, tuple[int, Stay]]:
    statement = select(
        Attendance.person_id,
        Attendance.identity_id,
        Attendance.id,
        Attendance.intervals,
        Attendance.minutes,
    ).where(Attendance.live_session_id == live_session_id)
    rows = session.execute(statement)
    return {(row[0], row[1]): (row[2], Stay(row[3], row[4])) for row in rows}


def _store_tally(live_session_id: int, counted: Counted) -> None:
    """Say how many came; no row where nobody knows."""
    tally = session.get(Tally, live_session_id, populate_existing=True)
    if not (counted.stays or counted.excluded or counted.is_known):
        if tally is not None:
            session.delete(tally)
            session.flush()
        return
    values = (counted.matched, len(counted.stays) - counted.matched, counted.excluded)
    if tally is None:
        tally = Tally(live_session_id=live_session_id)
        session.add(tally)
    elif (tally.matched, tally.unmatched, tally.excluded) == values:
        return
    tally.matched, tally.unmatched, tally.excluded = values
    tally.computed_at = now()
    session.flush()
