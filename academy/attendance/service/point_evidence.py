"""The evidence of those who were at a listening point by name: each an identity of its own.

Evidence is never edited: a name that is crossed out is withdrawn, other times are new evidence.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update

from academy.attendance.listening.points import split_line
from academy.attendance.models import HOST, Evidence, Identity, ListeningPoint, PointEntry
from academy.attendance.service.first_hand import first_hand_identity
from academy.attendance.standing import AT_POINT, TOLD
from academy.db import now, session
from academy.people.addresses import normal_address
from academy.programme.models import LiveSession


def note_people(
    point: ListeningPoint,
    live_session: LiveSession,
    names: Sequence[str],
    actor_id: int | None,
    taken_back_at: datetime | None = None,
) -> None:
    """Let the evidence of the point say just these names, and its host, at its present times.

    `taken_back_at` is when a point that is brought back now was taken back.
    """
    gone = Counter(one.typed for one in point.named) - Counter(names)
    for entry in reversed(point.named):
        if gone[entry.typed]:
            gone[entry.typed] -= 1
            _take_off(entry, actor_id)
    keep_minutes(point, live_session, actor_id, taken_back_at)
    known = Counter(one.typed for one in point.named)
    for name in names:
        if known[name]:
            known[name] -= 1
        else:
            _add(point, live_session, name, actor_id)
    _note_host(point, live_session, actor_id)
    session.flush()


def _take_off(entry: PointEntry, actor_id: int | None) -> None:
    entry.taken_off_at = now()
    _withdraw([entry.evidence_id], actor_id)


def keep_minutes(
    point: ListeningPoint,
    live_session: LiveSession,
    actor_id: int | None,
    taken_back_at: datetime | None = None,
) -> None:
    """Replace evidence that says other times, or that was withdrawn with the whole point.

    With `actor_id` None a live session was moved, and its people with it: who entered them stays.
    """
    span, old = _span(point, live_session), []
    plan_counting(point, live_session)
    for entry in point.entries:
        fact = entry.evidence
        says_so = (fact.joined_at, fact.left_at) == span and fact.withdrawn_at is None
        if entry.taken_off_at is None and not says_so and not _is_off(fact, taken_back_at):
            old.append(fact.id)
            by = fact.recorded_by if actor_id is None else actor_id
            entry.evidence = _fact(point, live_session, entry.typed, by, fact.identity)
    _withdraw(old, actor_id)


def plan_counting(point: ListeningPoint, live_session: LiveSession) -> None:
    """Note when the people of the point have to be counted again, though nobody does anything."""
    ahead = (moment for moment in _span(point, live_session) if moment > now())
    point.counts_next_at = next(ahead, None)


def _is_off(fact: Evidence, taken_back_at: datetime | None) -> bool:
    """Whether it was withdrawn by itself: a host who was not there does not come back."""
    if fact.withdrawn_at is None:
        return False
    return taken_back_at is None or fact.withdrawn_at < taken_back_at


def restore_fact(fact: Evidence, live_session: LiveSession, actor_id: int) -> None:
    """Take back that a fact was withdrawn by itself; it counts where its point says so now."""
    statement = (
        select(ListeningPoint)
        .join(ListeningPoint.entries)
        .where(PointEntry.evidence_id == fact.id, PointEntry.taken_off_at.is_(None))
        .execution_options(populate_existing=True)
    )
    point = session.scalars(statement).one_or_none()
    if point is None:
        return  # it has another host by now
    # Of a point that was taken back meanwhile, it waits with the others for the point's return.
    fact.withdrawn_at, fact.withdrawn_by = point.withdrawn_at, point.withdrawn_by
    session.flush()
    keep_minutes(point, live_session, actor_id)


def _span(point: ListeningPoint, live_session: LiveSession) -> tuple[datetime, datetime]:
    until = live_session.minutes if point.until_minute is None else point.until_minute
    start = live_session.starts_at
    return start + timedelta(minutes=point.from_minute), start + timedelta(minutes=until)


def _fact(
    point: ListeningPoint, live_session: LiveSession, typed: str, actor_id: int | None,
    identity: Identity,
) -> Evidence:  # fmt: skip
    joined, left = _span(point, live_session)
    return Evidence(
        live_session_id=live_session.id, identity=identity, source=TOLD,
        cells={"Listening point": point.place, "Entered": typed}, recorded_by=actor_id,
        joined_at=joined, left_at=left,
    )  # fmt: skip


def _add(
    point: ListeningPoint, live_session: LiveSession, typed: str, actor_id: int | None
) -> None:
    name, address = split_line(typed)
    number = max((one.number for one in point.entries), default=HOST) + 1
    identity = Identity(
        live_session_id=live_session.id, key=f"{AT_POINT}{point.id}:{number}",
        shown_name=name, names=[name] if name else [],
        email=normal_address(address) if address else "",
    )  # fmt: skip
    fact = _fact(point, live_session, typed, actor_id, identity)
    point.entries.append(PointEntry(number=number, typed=typed, evidence=fact))


def _note_host(point: ListeningPoint, live_session: LiveSession, actor_id: int | None) -> None:
    """Count the host as a person, so that leaving out the device loses nobody."""
    entry = next((one for one in point.entries if one.number == HOST), None)
    if point.hosted_by is None:
        if entry is not None and entry.taken_off_at is None:
            _take_off(entry, actor_id)
        return
    identity = session.get_one(Identity, first_hand_identity(live_session, point.hosted_by))
    if entry is None:
        fact = _fact(point, live_session, "", actor_id, identity)
        point.entries.append(PointEntry(number=HOST, typed="", evidence=fact))
    elif entry.evidence.identity_id != identity.id or entry.taken_off_at is not None:
        _withdraw([entry.evidence_id], actor_id)
        entry.evidence = _fact(point, live_session, "", actor_id, identity)
        entry.taken_off_at = None


def withdraw_people(point: ListeningPoint, actor_id: int | None) -> None:
    """Let nothing of the point's evidence count any longer."""
    _withdraw([one.evidence_id for one in point.entries if one.taken_off_at is None], actor_id)


def _withdraw(evidence_ids: Sequence[int], actor_id: int | None) -> None:
    session.execute(
        update(Evidence)
        .where(Evidence.id.in_(evidence_ids), Evidence.withdrawn_at.is_(None))
        .values(withdrawn_at=now(), withdrawn_by=actor_id)
    )
