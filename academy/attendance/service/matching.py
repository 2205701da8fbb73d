"""Applying the ladder to a live session: certain matches are stored, the rest is left to humans."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import exists, func, select, update

from academy.attendance.matching.arrivals import Arrivals, read_arrivals
from academy.attendance.matching.candidates import VOUCHED, Candidate, Known, Remembered
from academy.attendance.matching.candidates import Identity as Someone
from academy.attendance.matching.ladder import Outcome, match_all
from academy.attendance.matching.memory import OF_A_DEVICE, memory_of
from academy.attendance.models import Attendance, Identity, Match, Tally
from academy.attendance.service.hosts import apply_hosts
from academy.attendance.service.presence import compute_attendance
from academy.attendance.service.sayings import apply_sayings
from academy.attendance.standing import AT_POINT, ERASED, is_match_near, is_seen
from academy.bulk import insert_rows
from academy.db import in_parts, now, session, table_of, transaction
from academy.people.models import EmailAddress, Person
from academy.programme.models import LiveSession, Registration, Series
from academy.programme.service import lock_series
from academy.security import audit


def match_again(live_session: LiveSession, actor_id: int | None = None) -> int:
    """Match and compute anew, for people may have registered since; return how many are new."""
    with transaction():
        lock_series(live_session.series_id)
        before = _count_matches(live_session.id)
        match_identities(live_session)
        compute_attendance(live_session)
        subject = f"live-session:{live_session.slug}"
        audit.note("attendance.matched_again", subject, actor_id=actor_id)
        return _count_matches(live_session.id) - before


def match_series_again(series_id: int) -> None:
    """Match every live session of the series that has evidence, for its registrants changed."""
    if session.scalar(select(Series.anonymised_at).where(Series.id == series_id)):
        return  # nobody is known there any more, and what was counted stays
    statement = (
        select(LiveSession)
        .join(Tally, Tally.live_session_id == LiveSession.id)
        .where(LiveSession.series_id == series_id)
        .order_by(LiveSession.id)
    )
    with transaction():
        ground = read_ground(series_id)
        for live_session in session.scalars(statement).all():
            match_identities(live_session, ground)
            compute_attendance(live_session)


def _count_matches(live_session_id: int) -> int:
    statement = (
        select(func.count(Match.id))
        .join(Identity, Identity.id == Match.identity_id)
        .where(Identity.live_session_id == live_session_id, Match.undone_at.is_(None))
    )
    return session.scalar(statement) or 0


@dataclass(frozen=True)
class Ground:
    """What the ladder stands on in every live session of a series alike."""

    known: Known
    remembered: Remembered


def read_ground(series_id: int) -> Ground:
    """Return everybody known and what humans decided in the series; three statements."""
    return Ground(Known(list(read_candidates(series_id))), _remembered(series_id))


def match_identities(live_session: LiveSession, ground: Ground | None = None) -> dict[int, Outcome]:
    """Store what the ladder is certain of; return the outcome for each open identity by its id.

    What a human decided stays, and what a human undid is not matched to the same person again.
    Automatic matches follow the evidence: they are made anew, and taken back where a namesake
    has appeared since. Whoever matches many live sessions in one transaction reads `ground` once.
    """
    with transaction():
        apply_sayings(live_session.id)
        apply_hosts(live_session)
        standing = _read_standing(live_session.id)
        ground = ground or read_ground(live_session.series_id)
        outcomes = _ask_the_ladder(live_session, _by_humans(standing), ground)
        undone = _read_undone(live_session.id)
        certain = {
            identity_id: outcome
            for identity_id, outcome in outcomes.items()
            if outcome.person_id and (identity_id, outcome.person_id) not in undone
        }
        _store(certain, standing)
    return {number: outcome for number, outcome in outcomes.items() if number not in certain}


def _ask_the_ladder(
    live_session: LiveSession, decided: set[int], ground: Ground
) -> dict[int, Outcome]:
    """Ask for everybody who is not excluded and not decided by a human."""
    arrivals = read_arrivals(live_session.id)
    everybody, asked = list[Someone](), list[Someone]()
    for seen in _read_seen(live_session.id):
        someone = _someone(seen, arrivals)
        everybody.append(someone)
        if not seen.excluded_because and seen.id not in decided:
            asked.append(someone)
    outcomes = match_all(
        asked,
        ground.known,
        remembered=ground.remembered,
        links=arrivals.links,
        everybody=everybody,
    )
    return {int(outcome.identity.key): outcome for outcome in outcomes}


class _Seen(NamedTuple):
    """An identity as a row: of a hundred thousand, objects of the database would cost seconds."""

    id: int
    key: str
    names: Sequence[str]
    original_names: Sequence[str]
    email: str
    external_id: str
    excluded_because: str


def _read_seen(live_session_id: int) -> Iterable[_Seen]:
    """Yield all identities with evidence that counts: a name is unique only among them all."""
    statement = (
        select(*(getattr(Identity, name) for name in _Seen._fields))
        .where(Identity.live_session_id == live_session_id, is_seen())
        .order_by(Identity.id)
    )
    return (_Seen(*row) for row in session.execute(statement))


def _someone(identity: _Seen, arrivals: Arrivals) -> Someone:
    return Someone(
        key=str(identity.id),
        names=tuple(identity.names),
        original_names=tuple(identity.original_names),
        email=identity.email or None,
        external_ids=frozenset({identity.external_id} - {""}),
        is_entered=identity.key.startswith(AT_POINT),
        joined=tuple(arrivals.joined.get(identity.id, ())),
        stands_for=arrivals.decided.get(identity.id),
    )


def read_candidates(series_id: int) -> Iterable[Candidate]:
    """Return everybody known as a candidate, in two statements."""
    proved, given = _read_addresses()
    registered = exists().where(
        Registration.person_id == Person.id,
        Registration.series_id == series_id,
        Registration.cancelled_at.is_(None),
    )
    for person_id, name, is_registrant in session.execute(
        select(Person.id, Person.name, registered).order_by(Person.id)
    ):
        yield Candidate(
            person_id=person_id,
            name=name,
            verified_emails=frozenset(proved[person_id]),
            emails=frozenset(given[person_id]),
            is_registrant=bool(is_registrant),
        )


def _read_addresses() -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    proved: dict[int, set[str]] = defaultdict(set)
    given: dict[int, set[str]] = defaultdict(set)
    statement = select(
        EmailAddress.person_id,
        EmailAddress.normal,
        EmailAddress.verified_at.is_not(None) | EmailAddress.source.in_(VOUCHED),
    )
    for person_id, address, is_proved in session.execute(statement):
        given[person_id].add(address)
        if is_proved:
            proved[person_id].add(address)
    return proved, given


def _remembered(series_id: int) -> Remembered:
    """Return what humans decided in this series: names with their originals, to the person."""
    statement = (
        select(Identity.names, Identity.original_names, Identity.email, Match.person_id)
        .join(Match, Match.identity_id == Identity.id)
        .join(LiveSession, LiveSession.id == Identity.live_session_id)
        .where(
            LiveSession.series_id == series_id,
            Match.rule == "by_hand",
            Match.reason.not_in(OF_A_DEVICE),  # of somebody: the name says nothing of nobody
            Match.undone_at.is_(None),
        )
        .order_by(Match.id)
    )
    return memory_of(
        (Someone("", tuple(names), tuple(originals), email or None), person_id)
        for names, originals, email, person_id in session.execute(statement)
    )


def _read_undone(live_session_id: int) -> set[tuple[int, int]]:
    """Return what humans took back: (identity, person)."""
    statement = (
        select(Match.identity_id, Match.person_id)
        .join(Identity, Identity.id == Match.identity_id)
        .where(Identity.live_session_id == live_session_id, Match.undone_by.is_not(None))
    )
    return {(row[0], row[1]) for row in session.execute(statement) if row[1] is not None}


class _Standing(NamedTuple):
    """A match that nobody undid."""

    id: int
    identity_id: int
    person_id: int | None
    rule: str


def _read_standing(live_session_id: int) -> list[_Standing]:
    is_here = Identity.live_session_id == live_session_id
    statement = (
        select(*(getattr(Match, name) for name in _Standing._fields))
        .join(Identity, Identity.id == Match.identity_id)
        .where(is_here, Match.undone_at.is_(None), is_match_near(is_here))
    )
    return [_Standing(*row) for row in session.execute(statement)]


def _by_humans(standing: list[_Standing]) -> set[int]:
    return {match.identity_id for match in standing if match.rule == "by_hand"}


_COLUMNS = ("identity_id", "person_id", "rule", "decision", "reason", "note", "decided_at")


def _store(certain: dict[int, Outcome], standing: list[_Standing]) -> None:
    """Make the automatic matches what the ladder says now, leaving those that stay untouched."""
    automatic = {
        (match.identity_id, match.person_id, match.rule): match.id
        for match in standing
        if match.rule not in ("by_hand", "first_hand", ERASED)
    }
    wanted = {
        (identity_id, outcome.person_id, outcome.rule) for identity_id, outcome in certain.items()
    }
    gone = [match_id for key, match_id in automatic.items() if key not in wanted]
    moment = now()
    for part in in_parts(gone):
        session.execute(update(Match).where(Match.id.in_(part)).values(undone_at=moment))
    new = sorted(wanted - automatic.keys(), key=str)
    if new:
        insert_rows(table_of(Match), _COLUMNS, ((*one, "person", "", "", moment) for one in new))


def count_decisions(live_session_id: int, identity_ids: set[int]) -> tuple[int, int, int]:
    """Return how many of these identities are matched, open and not counted; they add up.

    Who was there only outside the time of the live session is not counted, matched or not.
    """
    statement = (
        select(Identity.id, Match.decision, Attendance.id)
        .outerjoin(Match, (Match.identity_id == Identity.id) & Match.undone_at.is_(None))
        .outerjoin(
            Attendance,
            (Attendance.live_session_id == live_session_id)
            & ((Attendance.identity_id == Identity.id) | (Attendance.person_id == Match.person_id)),
        )
        .where(Identity.live_session_id == live_session_id)
    )
    found = {row[0]: row for row in session.execute(statement) if row[0] in identity_ids}
    came = [row for row in found.values() if row[2] is not None]
    whose = sum(row[1] == "person" for row in came)
    return whose, len(came) - whose, len(found) - len(came)
