"""Reading the evidence of many live sessions as columns, each row under the one who it is of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import ColumnElement, or_, select, true

from academy.attendance.counting import happened_by
from academy.attendance.formats.report import ENVELOPES
from academy.attendance.models import AttendanceImport, Evidence
from academy.attendance.recomputing.ledger import Identities, Ledger, Timed, microseconds
from academy.attendance.recomputing.statements import of_files
from academy.attendance.recomputing.stays import UNKNOWN, Facts, Numbers, Spans, Truths
from academy.attendance.rules.rules import Rules
from academy.attendance.standing import TOLD, has_begun
from academy.db import now, session
from academy.programme.models import LiveSession

#: More than any id: a live session's place and a person make one number.
_MANY = np.int64(2**33)


@dataclass(frozen=True, slots=True)
class _Said:
    """One row that is read by itself: whose, from when to when, minutes stated, of what kind."""

    identity: int
    joined: datetime | None
    left: datetime | None
    stated: int | None
    #: "envelope", or the source of the evidence.
    kind: str
    #: 0 where it stood in no file.
    import_id: int

    @property
    def is_span(self) -> bool:
        """Whether both times are known; of an opened door they mean nothing."""
        return self.kind != "link" and self.joined is not None and self.left is not None


@dataclass(frozen=True, slots=True)
class Found:
    """The evidence of some live sessions, grouped by who it is of."""

    live_sessions: list[int]
    facts: Facts
    #: Place of the live session and who, of each group, in order.
    keys: Numbers
    #: How many rows there are.
    rows: int
    #: Of each live session: identities that were seen and are excluded; whether anybody was seen.
    excluded: Numbers
    is_known: Truths
    has_evidence: Truths

    @property
    def who(self) -> Numbers:
        """The person of each group, or the identity made negative."""
        return self.keys % _MANY - _MANY // 2

    def live_session_of(self, groups: Numbers) -> Numbers:
        """Return the ids of the live sessions of these groups."""
        ids: Numbers = np.array(self.live_sessions, np.int64)[self.keys[groups] // _MANY]
        return ids

    def groups_of(self, live_session_ids: Numbers, who: Numbers) -> Numbers:
        """Return the group of each; -1 where there is none."""
        wanted = _keys(_places(self.live_sessions, live_session_ids), who)
        return _find(self.keys, wanted)

    def tallies(self, came: Truths) -> dict[int, tuple[int, int, int]]:
        """Return (matched, unmatched, excluded) of each live session of which anything is known."""
        places, count = self.keys // _MANY, len(self.live_sessions)
        is_person = self.who > 0
        matched = np.bincount(places[came & is_person], minlength=count)
        unmatched = np.bincount(places[came & ~is_person], minlength=count)
        stayed_away = np.bincount(places[self.has_evidence & ~came], minlength=count)
        columns = zip(
            self.live_sessions, matched.tolist(), unmatched.tolist(),
            (self.excluded + stayed_away).tolist(), self.is_known.tolist(), strict=True,
        )  # fmt: skip
        return {number: (a, b, c) for number, a, b, c, known in columns if known or a or b or c}


def read_evidence(ledger: Ledger, live_sessions: Sequence[LiveSession], rules: Rules) -> Found:
    """Read everything that counts at these live sessions by `rules`."""
    ids = sorted(live_session.id for live_session in live_sessions)
    timed, said = _read_rows(ledger, ids, rules)
    identities = ledger.read_identities(ids)
    return _group(live_sessions, ids, _Seen(ids, identities, timed, said))


def _read_rows(ledger: Ledger, ids: list[int], rules: Rules) -> tuple[Timed, list[_Said]]:
    """Return what only has times as columns, and what says more or less row by row."""
    plain, envelopes = _read_imports(ids)
    timed, missing = ledger.read_timed(plain)
    said = list(_read_first_hand(ids, rules))
    if missing:
        is_open = or_(Evidence.joined_at.is_(None), Evidence.left_at.is_(None))
        said += _read_said(plain, is_open, "file")
    if envelopes:
        said += _read_said(envelopes, true(), "envelope")
    return timed, said


def _read_imports(ids: list[int]) -> tuple[list[int], list[int]]:
    """Return the files that count: those that give each connection, and those that do not."""
    statement = select(AttendanceImport.id, AttendanceImport.format).where(
        AttendanceImport.live_session_id.in_(ids), AttendanceImport.state == "done"
    )
    files = {number: maker in ENVELOPES for number, maker in session.execute(statement)}
    return (
        [number for number, is_envelope in files.items() if not is_envelope],
        [number for number, is_envelope in files.items() if is_envelope],
    )


_SAID = (
    Evidence.identity_id,
    Evidence.joined_at,
    Evidence.left_at,
    Evidence.stated_minutes,
    Evidence.import_id,
)


def _read_said(imports: list[int], condition: ColumnElement[bool], kind: str) -> Iterator[_Said]:
    for row in session.execute(of_files(imports, *_SAID).where(condition)):
        yield _Said(row[0], row[1], row[2], row[3], kind, row[4])


def _read_first_hand(ids: list[int], rules: Rules) -> Iterator[_Said]:
    """Yield what came without a file and has begun; an opened door where the rules take it."""
    statement = select(*_SAID, Evidence.source).where(
        Evidence.live_session_id.in_(ids),
        Evidence.import_id.is_(None),
        Evidence.withdrawn_at.is_(None),
        has_begun(),
    )
    if not rules.door_counts:
        statement = statement.where(Evidence.source != "link")
    at = now()
    for identity, joined, left, stated, _file, source in session.execute(statement):
        span = happened_by(at, joined, left) if source == TOLD else (joined, left)
        yield _Said(identity, *span, stated, source, 0)


class _Seen:
    """All rows as columns, each with the place of its identity among the identities."""

    def __init__(
        self, ids: list[int], identities: Identities, timed: Timed, said: list[_Said]
    ) -> None:
        self.spans = [row for row in said if row.is_span]
        self.loose = [row for row in said if not row.is_span]
        self.is_door = np.array([row.kind == "link" for row in self.loose], np.bool_)
        self.timed = timed
        self.place = _places(ids, identities.live_session_id)
        self.who = identities.who
        spans = np.concatenate((timed.identity, _column(row.identity for row in self.spans)))
        self.of_span = _find(identities.id, spans)
        self.of_loose = _find(identities.id, _column(row.identity for row in self.loose))
        self.joined = self._moments(timed.joined, (row.joined for row in self.spans))
        self.left = self._moments(timed.left, (row.left for row in self.spans))

    def _moments(self, timed: Numbers, others: Iterable[datetime | None]) -> Numbers:
        more = _column(microseconds(moment) for moment in others if moment is not None)
        return np.concatenate((timed, more))

    def envelopes(self) -> tuple[Truths, Numbers, Numbers]:
        """Return of each span whether it is an envelope, the minutes stated within it, its file."""
        count = len(self.timed.identity)
        stated = [row.stated if row.kind == "envelope" else None for row in self.spans]
        is_envelope = np.zeros(count + len(stated), np.bool_)
        is_envelope[count:] = [minutes is not None for minutes in stated]
        within = np.zeros(count + len(stated), np.int64)
        within[count:] = [minutes or 0 for minutes in stated]
        files = np.zeros(count + len(stated), np.int64)
        files[count:] = [row.import_id for row in self.spans]
        return is_envelope, within, files


def _group(live_sessions: Sequence[LiveSession], ids: list[int], seen: _Seen) -> Found:
    is_counted = seen.who != 0
    keys, numbers = np.unique(_keys(seen.place, seen.who)[is_counted], return_inverse=True)
    groups = np.full(len(seen.who), -1, np.int64)
    groups[is_counted] = numbers
    by_id = {live_session.id: live_session for live_session in live_sessions}
    starts = _column(microseconds(by_id[number].starts_at) for number in ids)
    lengths = _column(by_id[number].minutes for number in ids)[keys // _MANY]
    facts = _facts(seen, groups, lengths, starts)
    everybody = np.concatenate((seen.of_span, seen.of_loose))
    known = np.concatenate((seen.of_span, seen.of_loose[~seen.is_door]))
    has_evidence = np.zeros(len(keys), np.bool_)
    has_evidence[_real(groups[everybody])] = True
    excluded = np.unique(everybody[groups[everybody] < 0])
    is_known = np.zeros(len(ids), np.bool_)
    is_known[seen.place[known]] = True
    return Found(
        live_sessions=ids, facts=facts, keys=keys, rows=len(everybody),
        excluded=np.bincount(seen.place[excluded], minlength=len(ids)),
        is_known=is_known, has_evidence=has_evidence,
    )  # fmt: skip


def _facts(seen: _Seen, groups: Numbers, lengths: Numbers, starts: Numbers) -> Facts:
    group = groups[seen.of_span]
    start = starts[seen.place[seen.of_span]]
    spans = Spans(group, seen.joined - start, seen.left - start)
    is_envelope, within, files = seen.envelopes()
    loose, minutes, sources = _loose(seen, groups)
    if (group < 0).any():
        is_counted = group >= 0
        spans = spans.where(is_counted)
        is_envelope, within = is_envelope[is_counted], within[is_counted]
        files = files[is_counted]
    return Facts(lengths, spans, is_envelope, within, files, loose, minutes, sources)


def _loose(seen: _Seen, groups: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return evidence without both times; an opened door counts where nothing else is known."""
    sources = seen.of_loose * _MANY + _column(row.import_id for row in seen.loose)
    stated = _column(UNKNOWN if row.stated is None else row.stated for row in seen.loose)
    group = groups[seen.of_loose]
    is_door_alone = seen.is_door & ~np.isin(
        group, np.concatenate((groups[seen.of_span], group[~seen.is_door]))
    )
    is_taken = (group >= 0) & (~seen.is_door | is_door_alone)
    minutes = np.where(seen.is_door, UNKNOWN, stated)
    return group[is_taken], minutes[is_taken], sources[is_taken]


def _real(groups: Numbers) -> Numbers:
    return groups[groups >= 0]


def _keys(places: Numbers, who: Numbers) -> Numbers:
    return places * _MANY + who + _MANY // 2


def _places(ids: list[int], wanted: Numbers) -> Numbers:
    return np.searchsorted(np.array(ids, np.int64), wanted)


def _find(ordered: Numbers, wanted: Numbers) -> Numbers:
    """Return the place of each in `ordered`; -1 where it is not there."""
    if not len(ordered):
        return np.full(len(wanted), -1, np.int64)
    places = np.minimum(np.searchsorted(ordered, wanted), len(ordered) - 1)
    return np.where(ordered[places] == wanted, places, -1)


def _column(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, np.int64)
