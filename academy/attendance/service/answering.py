"""Answering an objection: confirming, declining, and undoing an answer, also days later."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from academy.attendance.models import Evidence, Identity, Match, Objection
from academy.attendance.objections.letters import write_answer
from academy.attendance.service.first_hand import (
    AlreadyWithdrawn,
    record_presence,
    withdraw_evidence,
)
from academy.attendance.service.matching import match_identities
from academy.attendance.service.objecting import tell_desk
from academy.attendance.service.point_evidence import restore_fact
from academy.attendance.service.presence import compute_attendance
from academy.attendance.standing import evidence_counts
from academy.db import now, session, transaction
from academy.programme.models import LiveSession
from academy.programme.service import lock_series
from academy.security import audit


class ObjectionMoved(Exception):
    """It has been changed, answered, taken back or opened since the reviewer looked."""

    def __init__(self, objection: Objection) -> None:
        """Keep what holds now, for the page to tell."""
        super().__init__("the objection has changed meanwhile")
        self.objection = objection


class NothingChosen(ValueError):
    """No evidence was named that is not this person's."""


class AnotherIsOpen(Exception):
    """The person has said something else since; that has to be answered, not this again."""


def confirm_presence(
    objection: Objection,
    *,
    seen: int,
    actor_id: int,
    joined_at: datetime | None = None,
    left_at: datetime | None = None,
    reply: str = "",
) -> None:
    """Take their word as evidence, with the times that the reviewer confirms or without any.

    `seen` is the version that the reviewer read. Raises ObjectionMoved.
    """
    with transaction():
        live_session = _take_up(objection, seen)
        facts = {"objection": objection.id, "how": objection.how}
        evidence_id = record_presence(
            live_session, objection.person_id, "self_report", joined_at=joined_at,
            left_at=left_at, recorded_by=actor_id, cells=facts,
        )  # fmt: skip
        _settle(objection, "confirmed", reply, actor_id, {"recorded": [evidence_id]})


def confirm_not_theirs(
    objection: Objection,
    identity_ids: Collection[int],
    *,
    seen: int,
    actor_id: int,
    reply: str = "",
) -> None:
    """Part the person from these identities; the ladder does not match them again.

    What came first-hand (an opened link, a tick) is withdrawn instead, for it names the person.
    Raises ObjectionMoved, and NothingChosen where none of them is matched to the person.
    """
    with transaction():
        live_session = _take_up(objection, seen)
        matches = _standing_matches(objection, identity_ids)
        if not matches:
            raise NothingChosen
        first_hand = [match for match in matches if match.rule == "first_hand"]
        withdrawn = _withdraw([match.identity_id for match in first_hand], actor_id)
        undone = [match.id for match in matches if match not in first_hand]
        _mark_undone(undone, actor_id)
        match_identities(live_session)
        compute_attendance(live_session)
        effects = {"undone": undone, "withdrawn": withdrawn}
        _settle(objection, "confirmed", reply, actor_id, effects)


def confirm_in_words(objection: Objection, *, seen: int, actor_id: int, reply: str) -> None:
    """Answer that it is right, where nothing of the attendance has to change."""
    with transaction():
        _take_up(objection, seen)
        _settle(objection, "confirmed", reply, actor_id, {})


def decline_objection(objection: Objection, *, seen: int, actor_id: int, reply: str) -> None:
    """Answer that the attendance stays as it is, and why. Raises ObjectionMoved."""
    with transaction():
        _take_up(objection, seen)
        _settle(objection, "declined", reply, actor_id, {})


def undo_answer(objection: Objection, *, seen: int, actor_id: int) -> list[int]:
    """Open it again and undo what the answer did, however old it is.

    Returns the ids of identities that a human has decided otherwise since: they stay as they are.
    Raises ObjectionMoved, and AnotherIsOpen where the person has said something else since.
    """
    with transaction():
        live_session = _take_up(objection, seen, states=("confirmed", "declined"))
        if _says_something_else(objection):
            raise AnotherIsOpen
        left = _undo_effects(objection, actor_id)
        match_identities(live_session)
        compute_attendance(live_session)
        objection.state, objection.effects = "open", {}
        objection.version += 1
        session.flush()
        audit.note("objection.answer_undone", f"objection:{objection.id}", actor_id=actor_id)
        tell_desk(live_session.id)
    return left


def _take_up(objection: Objection, seen: int, states: Sequence[str] = ("open",)) -> LiveSession:
    """Hold the series and look again: nobody answers what they have not read."""
    live_session = session.get_one(LiveSession, objection.live_session_id)
    lock_series(live_session.series_id)
    session.refresh(objection)
    if objection.version != seen or objection.state not in states:
        raise ObjectionMoved(objection)
    return live_session


def _standing_matches(objection: Objection, identity_ids: Collection[int]) -> Sequence[Match]:
    statement = (
        select(Match)
        .join(Identity, Identity.id == Match.identity_id)
        .where(
            Identity.live_session_id == objection.live_session_id,
            Identity.id.in_(identity_ids),
            Match.person_id == objection.person_id,
            Match.undone_at.is_(None),
        )
        .order_by(Match.id)
    )
    return session.scalars(statement).all()


def _withdraw(identity_ids: Sequence[int], actor_id: int) -> list[int]:
    statement = select(Evidence.id).where(Evidence.identity_id.in_(identity_ids), evidence_counts())
    found = list(session.scalars(statement.order_by(Evidence.id)))
    for evidence_id in found:
        withdraw_evidence(evidence_id, actor_id)
    return found


def _mark_undone(match_ids: Sequence[int], actor_id: int) -> None:
    """Undone by a human: so the ladder keeps the two apart from now on."""
    values = {"undone_at": now(), "undone_by": actor_id}
    session.execute(update(Match).where(Match.id.in_(match_ids)).values(**values))


def _settle(
    objection: Objection, state: str, reply: str, actor_id: int, effects: dict[str, Any]
) -> None:
    objection.state, objection.reply, objection.effects = state, reply, effects
    objection.answered_at, objection.answered_by = now(), actor_id
    objection.version += 1
    session.flush()
    audit.note("objection.answered", f"objection:{objection.id}", actor_id=actor_id,
               state=state, **{what: len(ids) for what, ids in effects.items()})  # fmt: skip
    write_answer(objection)
    tell_desk(objection.live_session_id)


def _says_something_else(objection: Objection) -> bool:
    statement = select(Objection.id).where(
        Objection.live_session_id == objection.live_session_id,
        Objection.person_id == objection.person_id,
        Objection.state == "open",
    )
    return session.scalar(statement.limit(1)) is not None


def _undo_effects(objection: Objection, actor_id: int) -> list[int]:
    for evidence_id in objection.effects.get("recorded", ()):
        try:
            withdraw_evidence(evidence_id, actor_id)
        except AlreadyWithdrawn:  # somebody withdrew it by itself: it counts no longer either way
            continue
    for evidence_id in objection.effects.get("withdrawn", ()):
        _restore(session.get_one(Evidence, evidence_id, populate_existing=True), actor_id)
    matches = (session.get_one(Match, each) for each in objection.effects.get("undone", ()))
    return [match.identity_id for match in matches if not _stands_again(match)]


def _restore(fact: Evidence, actor_id: int) -> None:
    if fact.source == "listening_point":
        restore_fact(fact, session.get_one(LiveSession, fact.live_session_id), actor_id)
    else:
        fact.withdrawn_at = fact.withdrawn_by = None
    session.flush()


def _stands_again(match: Match) -> bool:
    """Let the match stand as it stood, unless a human has decided otherwise since."""
    session.refresh(match)
    statement = select(Match).where(
        Match.identity_id == match.identity_id, Match.undone_at.is_(None)
    )
    standing = session.scalar(statement.execution_options(populate_existing=True))
    if standing is not None and standing.decided_by is not None:
        return False
    if standing is not None:
        standing.undone_at = now()
        session.flush()
    match.undone_at = match.undone_by = None
    session.flush()
    return True
