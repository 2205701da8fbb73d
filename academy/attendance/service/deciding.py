"""Deciding by hand who an identity is, and taking a decision back; nobody overwrites another."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import aliased

from academy.attendance.models import NOT_FOR_HANDS, Identity, Match
from academy.attendance.service.matching import match_identities
from academy.attendance.service.presence import compute_attendance
from academy.db import now, session, transaction
from academy.lib.jobs import DESK, announce
from academy.people.models import Person
from academy.people.service import record_person
from academy.programme.models import LiveSession
from academy.programme.service import lock_series
from academy.security import audit

#: Why somebody who was seen is not counted.
DISMISSALS = ("bot", "second_device", "host_device", "listening_point", "staff", "other")
#: The longest word that a reviewer can write beside a reason.
LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands about an identity: the person's name or the reason, and who said so."""

    match_id: int
    person: str | None
    reason: str
    note: str
    by: str | None
    rule: str

    @property
    def is_for_hands(self) -> bool:
        """Whether a human may say otherwise."""
        return self.rule not in NOT_FOR_HANDS


class ChangedMeanwhile(Exception):
    """Somebody else decided, or took a decision back; `standing` is what holds now, if anything."""

    def __init__(self, standing: Standing | None) -> None:
        """Keep what holds now, for the page to tell."""
        super().__init__("the identity has been decided or opened meanwhile")
        self.standing = standing


class NotForHands(ChangedMeanwhile):
    """What stands is no human's to say otherwise: it came first-hand, or of somebody erased."""


class UnknownPerson(ValueError):
    """There is no such person."""


class UnknownReason(ValueError):
    """This is none of the reasons for which somebody is not counted."""


def decide(identity: Identity, person_id: int, *, seen: int | None, actor_id: int) -> Match:
    """Say that the identity is the person; it is remembered for the whole series.

    `seen` is the match that stood when the human looked, None where it was open. Raises
    ChangedMeanwhile where another one stands now, NotForHands, and UnknownPerson.
    """
    if session.get(Person, person_id) is None:
        raise UnknownPerson
    return _decide(identity, seen, Match(decision="person", person_id=person_id), actor_id)


def exclude(
    identity: Identity, reason: str, *, seen: int | None, actor_id: int, note: str = ""
) -> Match:
    """Say that the identity is not to be counted, and why; the evidence stays.

    `note` is a word beside the reason, cut at LONGEST_NOTE signs. Raises UnknownReason.
    """
    if reason not in DISMISSALS:
        raise UnknownReason
    words = " ".join(note.split())[:LONGEST_NOTE]
    dismissal = Match(decision="excluded", reason=reason, note=words)
    return _decide(identity, seen, dismissal, actor_id)


def create_and_decide(
    identity: Identity, name: str, country: str | None, *, seen: int | None, actor_id: int
) -> Match:
    """Create a person without an address and say that the identity is they: both or neither."""
    with transaction():
        person = record_person(name, country=country, actor_id=actor_id)
        return decide(identity, person.id, seen=seen, actor_id=actor_id)


def undo_decision(match: Match, actor_id: int) -> None:
    """Take a decision back, however old; the ladder does not make the same match again.

    Raises ChangedMeanwhile where it no longer stands, and NotForHands.
    """
    with transaction():
        live_session = _lock(match.identity)
        session.refresh(match, ["rule"])
        if not match.is_for_hands:
            raise NotForHands(find_standing(match.identity_id))
        if not _take_back(match.id, actor_id):
            raise ChangedMeanwhile(find_standing(match.identity_id))
        match_identities(live_session)
        audit.note("attendance.decision_undone", f"identity:{match.identity_id}",
                   actor_id=actor_id, match_id=match.id)  # fmt: skip
        _follow(match.identity, live_session)


def find_standing(identity_id: int) -> Standing | None:
    """Return what stands about the identity; one statement."""
    decider = aliased(Person)
    statement = (
        select(Match.id, Person.name, Match.reason, Match.note, decider.name, Match.rule)
        .outerjoin(Person, Person.id == Match.person_id)
        .outerjoin(decider, decider.id == Match.decided_by)
        .where(Match.identity_id == identity_id, Match.undone_at.is_(None))
    )
    row = session.execute(statement).first()
    return Standing(*row) if row else None


def _decide(identity: Identity, seen: int | None, match: Match, actor_id: int) -> Match:
    with transaction():
        live_session = _lock(identity)
        standing = find_standing(identity.id)
        if (standing.match_id if standing else None) != seen:
            raise ChangedMeanwhile(standing)
        if standing is not None:
            if not standing.is_for_hands:
                raise NotForHands(standing)
            # What the ladder said gives way; if this decision is undone, the ladder is heard again.
            _take_back(standing.match_id, actor_id if standing.by else None)
        match.identity_id, match.rule, match.decided_by = identity.id, "by_hand", actor_id
        session.add(match)
        session.flush()
        audit.note("attendance.decided", f"identity:{identity.id}", actor_id=actor_id,
                   match_id=match.id, decision=match.decision)  # fmt: skip
        _follow(identity, live_session)
    return match


def _lock(identity: Identity) -> LiveSession:
    """Hold the series, so that nobody decides at the same time; return the live session."""
    live_session = session.get_one(LiveSession, identity.live_session_id)
    lock_series(live_session.series_id)
    return live_session


def _take_back(match_id: int, actor_id: int | None) -> bool:
    statement = (
        update(Match)
        .where(Match.id == match_id, Match.undone_at.is_(None))
        .values(undone_at=now(), undone_by=actor_id)
    )
    return bool(session.execute(statement).rowcount)  # type: ignore[attr-defined]


def _follow(identity: Identity, live_session: LiveSession) -> None:
    """Count anew, also where the same name was shown in other weeks, and tell the desk."""
    compute_attendance(live_session)
    for other in _others_with_this_name(identity, live_session):
        match_identities(other)
        compute_attendance(other)
    announce("job.changed", DESK, id=f"review:{live_session.id}")


def _others_with_this_name(identity: Identity, live_session: LiveSession) -> Sequence[LiveSession]:
    same_name = select(Identity.live_session_id).where(Identity.shown_name.in_(identity.names))
    statement = (
        select(LiveSession)
        .where(
            LiveSession.series_id == live_session.series_id,
            LiveSession.id != live_session.id,
            LiveSession.id.in_(same_name),
        )
        .order_by(LiveSession.id)
    )
    return session.scalars(statement).all()
