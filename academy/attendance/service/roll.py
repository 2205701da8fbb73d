"""Ticking a roll: each tick is evidence at once, and of two acts about a person the later holds."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from academy.attendance.codes.room_codes import door_opens_at
from academy.attendance.models import Evidence, Identity, Match
from academy.attendance.service.first_hand import first_hand_identity
from academy.attendance.service.presence import compute_attendance
from academy.attendance.standing import FIRST_HAND
from academy.db import now, session, transaction
from academy.lib.jobs import DESK, announce
from academy.lib.names import comparable
from academy.people.models import Person
from academy.people.service import record_person
from academy.programme.models import LiveSession
from academy.programme.service import lock_series


@dataclass(frozen=True, slots=True)
class Mark:
    """That somebody was ticked, or a tick taken back, at a moment that may be a while ago."""

    person_id: int
    is_here: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Overruled:
    """A mark that came too late: another act about the same person was done after it."""

    mark: Mark
    #: Who did the later act; None where the account is gone.
    by: int | None
    at: datetime


class RollClosed(Exception):
    """The door is not open yet, or the live session is called off."""


class JustAdded(Exception):
    """A colleague has added somebody of that name while this form was being filled in."""

    def __init__(self, person_ids: list[int]) -> None:
        """Keep whom, for the page to ask whether it is the same."""
        super().__init__("somebody of that name has just been added")
        self.person_ids = person_ids


def takes_marks(live_session: LiveSession, at: datetime) -> bool:
    """Whether the roll may be ticked: from the opening of the door on, also long afterwards."""
    return live_session.status != "cancelled" and door_opens_at(live_session) <= at


def mark_roll(
    live_session: LiveSession, marks: Iterable[Mark], *, actor_id: int
) -> list[Overruled]:
    """Do what the marks say, in the order of their moments; return those that came too late.

    The same mark sent twice is done once. A tick taken back stays on record as withdrawn. A mark
    from a clock that is ahead counts as done now. Raises RollClosed.
    """
    moment = now()
    if not takes_marks(live_session, moment):
        raise RollClosed
    in_order = sorted(marks, key=lambda mark: mark.at)
    with transaction():
        lock_series(live_session.series_id)
        roll = _Roll(live_session, actor_id, moment)
        roll.read({mark.person_id for mark in in_order})
        overruled = [one for mark in in_order if (one := roll.apply(mark))]
        if roll.has_changed:
            _follow(live_session)
    return overruled


def add_walk_in(
    live_session: LiveSession,
    name: str,
    country: str | None,
    *,
    actor_id: int,
    newest: int = 0,
    may_see: ColumnElement[bool] | None = None,
) -> int:
    """Create a person without an address, tick them, and return their id: both or neither.

    `newest` is the newest person when the form was shown: whom the same ticker has added by that
    name since is the same form sent twice, and nobody is added again. Raises JustAdded where
    somebody else has: who says so with a newer form adds a namesake all the same. `may_see` is the
    condition on Person for those of whom the ticker may hear; without it, of everybody.
    """
    with transaction():
        lock_series(live_session.series_id)
        since = _find_added_since(live_session, name, newest)
        same = [
            one.id for one in since if (one.by, one.name, one.country) == (actor_id, name, country)
        ]
        if same:
            return same[0]
        others = sorted({one.id for one in since if one.by != actor_id})
        if others and (seen := _visible(others, may_see)):
            raise JustAdded(seen)
        person = record_person(name, country=country, actor_id=actor_id)
        mark_roll(live_session, [Mark(person.id, is_here=True, at=now())], actor_id=actor_id)
    return person.id


class _WalkIn(NamedTuple):
    """Somebody who was added at the door, and who ticked them."""

    id: int
    name: str
    country: str | None
    by: int | None


def _find_added_since(live_session: LiveSession, name: str, newest: int) -> list[_WalkIn]:
    """Return who of that name, however it is written, walked in since."""
    statement = (
        select(Person.id, Person.name, Person.country, Evidence.recorded_by)
        .join(Match, Match.person_id == Person.id)
        .join(Evidence, Evidence.identity_id == Match.identity_id)
        .where(
            Person.id > newest,
            Evidence.live_session_id == live_session.id,
            Evidence.source == "roll",
            Evidence.withdrawn_at.is_(None),
        )
        .order_by(Person.id)
    )
    rows = (_WalkIn(*row) for row in session.execute(statement))
    return [one for one in rows if comparable(one.name).key == comparable(name).key]


def _visible(person_ids: list[int], may_see: ColumnElement[bool] | None) -> list[int]:
    """Keep those of whom the ticker may hear: not of people of other countries, a focal point."""
    if may_see is None:
        return person_ids
    statement = select(Person.id).where(Person.id.in_(person_ids), may_see).order_by(Person.id)
    return list(session.scalars(statement))


class _Roll:
    """The ticks of one live session while marks are applied to them."""

    def __init__(self, live_session: LiveSession, actor_id: int, moment: datetime) -> None:
        self.live_session, self.actor_id, self.moment = live_session, actor_id, moment
        self.facts: dict[str, list[Evidence]] = defaultdict(list)
        self.has_changed = False

    def read(self, person_ids: set[int]) -> None:
        """Read every tick of these people, also those taken back."""
        keys = [f"{FIRST_HAND}{number}" for number in person_ids]
        statement = (
            select(Identity.key, Evidence)
            .join(Evidence, Evidence.identity_id == Identity.id)
            .where(
                Identity.live_session_id == self.live_session.id,
                Identity.key.in_(keys),
                Evidence.source == "roll",
            )
            .execution_options(populate_existing=True)
        )
        for key, fact in session.execute(statement):
            self.facts[key].append(fact)

    def apply(self, mark: Mark) -> Overruled | None:
        """Do what the mark says, unless a later act of somebody else's says otherwise."""
        facts = self.facts[f"{FIRST_HAND}{mark.person_id}"]
        at = min(mark.at, self.moment)
        return self._tick(facts, mark, at) if mark.is_here else self._take_back(facts, mark, at)

    def _tick(self, facts: list[Evidence], mark: Mark, at: datetime) -> Overruled | None:
        later = [
            Overruled(mark, fact.withdrawn_by, fact.withdrawn_at)
            for fact in facts
            if fact.withdrawn_at is not None and fact.withdrawn_at > at
        ]
        if later:
            return max(later, key=lambda one: one.at)
        # Ticked by two: the later one stands beside the first, so that an act between them fails.
        if not any(fact.recorded_at >= at and fact.withdrawn_at is None for fact in facts):
            facts.append(self._add(mark.person_id, at))
        return None

    def _add(self, person_id: int, at: datetime) -> Evidence:
        fact = Evidence(
            live_session_id=self.live_session.id, source="roll", recorded_by=self.actor_id,
            identity_id=first_hand_identity(self.live_session, person_id), recorded_at=at,
        )  # fmt: skip
        session.add(fact)
        self.has_changed = True
        return fact

    def _take_back(self, facts: list[Evidence], mark: Mark, at: datetime) -> Overruled | None:
        standing = [fact for fact in facts if fact.withdrawn_at is None]
        if facts and not standing and _last_withdrawn(facts) < at:
            # Taken back again, later: a fact that counted at no time keeps that moment, so that
            # a tick from before it, still on its way, comes too late.
            facts.append(fact := self._add(mark.person_id, at))
            fact.withdrawn_at, fact.withdrawn_by = at, self.actor_id
        for fact in standing:
            if fact.recorded_at <= at:
                fact.withdrawn_at, fact.withdrawn_by = at, self.actor_id
                self.has_changed = True
        later = [fact for fact in standing if fact.withdrawn_at is None]
        if not later:
            return None
        last = max(later, key=lambda fact: fact.recorded_at)
        return Overruled(mark, last.recorded_by, last.recorded_at)


def _last_withdrawn(facts: list[Evidence]) -> datetime:
    return max(fact.withdrawn_at for fact in facts if fact.withdrawn_at is not None)


def _follow(live_session: LiveSession) -> None:
    session.flush()
    compute_attendance(live_session)
    for subject in ("review", "roll"):
        announce("job.changed", DESK, id=f"{subject}:{live_session.id}")
