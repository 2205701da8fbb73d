"""Computing who came to a live session, from evidence and matches alone, always from scratch."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update

from academy.attendance.counting import Stay, Trace, count_stay
from academy.attendance.formats.report import ENVELOPES
from academy.attendance.models import Attendance, AttendanceImport, Evidence, Identity, Match, Tally
from academy.attendance.rules import Rules, rules_of
from academy.attendance.standing import evidence_counts
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
        counted = count_live_session(live_session, read_rules(live_session.series_id))
        _store_stays(live_session.id, counted.stays)
        _store_tally(live_session.id, counted)


def read_rules(series_id: int) -> Rules:
    """Return the rules in force now, also where the series was loaded before they changed."""
    statement = select(Series.door_minutes, Series.smallest_stay, Series.breaks, Series.door_counts)
    return rules_of(session.execute(statement.where(Series.id == series_id)).one())


def count_live_session(live_session: LiveSession, rules: Rules) -> Counted:
    """Return who came by `rules`, which need not be those in force; store nothing."""
    traces, excluded, is_known = _read_traces(live_session.id, rules)
    stays: dict[Who, Stay] = {}
    for who, trace in traces.items():
        stay = count_stay(trace, live_session.starts_at, live_session.minutes, rules)
        if stay is not None:
            stays[who] = stay
    return Counted(stays, excluded + len(traces) - len(stays), is_known)


def _read_traces(live_session_id: int, rules: Rules) -> tuple[dict[Who, Trace], int, bool]:
    """Return the traces of those who count, how many identities do not, and whether any were."""
    identities = _read_identities(live_session_id)
    traces: dict[Who, Trace] = defaultdict(Trace)
    doors: set[Who] = set()
    present: set[int] = set()
    is_known = False
    for identity_id, joined, left, stated, maker, source in _read_evidence(live_session_id, rules):
        present.add(identity_id)
        is_known = is_known or source != "link"
        who = identities[identity_id]
        if who is None:
            continue
        if source == "link":
            doors.add(who)
        else:
            traces[who].add(joined, left, stated, is_envelope=maker in ENVELOPES)
    for who in doors - traces.keys():  # an opened door counts where nothing else is known
        traces[who] = Trace(is_marked=True)
    return traces, sum(identities[one] is None for one in present), is_known


def _read_identities(live_session_id: int) -> dict[int, Who | None]:
    """Return who each identity is: a person, itself while unmatched, None where excluded."""
    statement = (
        select(Identity.id, Identity.excluded_because, Match.person_id, Match.decision)
        .outerjoin(Match, (Match.identity_id == Identity.id) & Match.undone_at.is_(None))
        .where(Identity.live_session_id == live_session_id)
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


def _read_evidence(
    live_session_id: int, rules: Rules
) -> Iterable[tuple[int, datetime | None, datetime | None, int | None, str | None, str]]:
    """Return what counts; an opened door is too weak, unless the rules say otherwise."""
    statement = (
        select(
            Evidence.identity_id,
            Evidence.joined_at,
            Evidence.left_at,
            Evidence.stated_minutes,
            AttendanceImport.format,
            Evidence.source,
        )
        .outerjoin(AttendanceImport, AttendanceImport.id == Evidence.import_id)
        .where(Evidence.live_session_id == live_session_id, evidence_counts())
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
