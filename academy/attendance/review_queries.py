"""Reads for the review desk: who is open, who they may be, why, and what was decided."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import aliased, contains_eager

from academy.attendance.candidates import VOUCHED, Candidate, Known, LinkUse
from academy.attendance.candidates import Identity as Someone
from academy.attendance.matching import match_all
from academy.attendance.memory import OF_A_DEVICE, memory_of
from academy.attendance.models import Attendance, Evidence, Identity, Match, Tally
from academy.attendance.policy import can_import
from academy.attendance.proposals import Decision, Proposal, Seen, Stranger, propose
from academy.attendance.standing import AT_POINT, evidence_counts, is_seen
from academy.db import session
from academy.people.models import EmailAddress, Person
from academy.programme.models import LiveSession, Registration
from academy.programme.policy import visible_live_sessions

PAGE = 25
_FOUND = 20


#: The opened doors of whom the way in names; no identity of a file has one.
_OPENED = aliased(Evidence)
#: When an identity of a file first came, for the rule of the personal link.
_FIRST_JOINED = (
    select(func.min(Evidence.joined_at))
    .where(Evidence.identity_id == Identity.id, Evidence.source == "file", evidence_counts())
    .correlate(Identity)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class OpenIdentity:
    """Somebody who came and whom nobody knows yet, with those they may be."""

    seen: Seen
    proposals: Sequence[Proposal]
    #: What was decided about the same name in other live sessions: not to be counted.
    dismissed: Sequence[Decision]


@dataclass(frozen=True, slots=True)
class Review:
    """One page of those who are open, the longest present first."""

    rows: Sequence[OpenIdentity]
    number: int
    total: int
    #: The decision that the address names, where it still stands.
    just_decided: Seen | None = None

    @property
    def first(self) -> int:
        """The position of the first row, counted from 1."""
        return (self.number - 1) * PAGE + 1

    @property
    def last(self) -> int:
        """The position of the last row."""
        return self.first + len(self.rows) - 1


@dataclass(slots=True)
class _Room:
    """Everybody whose evidence counts in one live session, and who opened its door."""

    everybody: dict[int, Seen] = field(default_factory=dict)
    links: list[LinkUse] = field(default_factory=list)

    def list_open(self) -> list[Seen]:
        """Return those who came and are nobody yet, the longest present first."""
        waiting = [one for one in self.everybody.values() if one.is_open]
        return sorted(waiting, key=lambda one: (-(one.minutes or 0), one.id))


def find_reviewed(slug: str, person: Person) -> tuple[LiveSession, Tally | None] | None:
    """Return the live session with series and tally, for whoever may decide; one statement."""
    if not can_import(person):
        return None
    statement = (
        visible_live_sessions(person)
        .add_columns(Tally)
        .outerjoin(Tally, Tally.live_session_id == LiveSession.id)
        .where(LiveSession.slug == slug)
        .options(contains_eager(LiveSession.series))
        .execution_options(populate_existing=True)
    )
    row = session.execute(statement).one_or_none()
    return (row[0], row[1]) if row else None


def read_review(live_session: LiveSession, page: int, decided: int | None = None) -> Review:
    """Return one page of the review desk; three statements, however many are open."""
    room = _read_room(live_session.id)
    waiting = room.list_open()
    part = waiting[(page - 1) * PAGE : page * PAGE]
    known, people = _read_people(live_session.series_id)
    decisions = _read_decisions(live_session)
    rows = list(_open(part, room, known, people, decisions))
    just = (one for one in room.everybody.values() if decided and one.match_id == decided)
    return Review(rows, page, len(waiting), next(just, None))


def _open(
    part: Sequence[Seen],
    room: _Room,
    known: Known,
    people: dict[int, Any],
    decisions: Sequence[Decision],
) -> Iterable[OpenIdentity]:
    outcomes = match_all(
        [one.someone for one in part],
        known,
        remembered=memory_of(
            (each.someone, each.person_id) for each in decisions if each.reason not in OF_A_DEVICE
        ),
        links=room.links,
        everybody=[one.someone for one in room.everybody.values()],
    )
    present: dict[int, str] = {
        one.person_id: one.name for one in room.everybody.values() if one.person_id
    }
    for one, outcome in zip(part, outcomes, strict=True):
        about = [each for each in decisions if each.is_about(one)]
        stranger = Stranger(one, outcome, known, about, present)
        proposals = [propose(stranger, each, people[each.person_id]) for each in stranger.likely()]
        yield OpenIdentity(one, proposals, [each for each in about if each.person_id is None])


def _read_room(live_session_id: int) -> _Room:
    """Return everybody with evidence that counts; what humans took back stands with them."""
    statement = (
        select(
            Identity,
            Match.id,
            Match.person_id,
            Match.undone_at,
            Attendance.id,
            Attendance.minutes,
            Person.name,
            Match.reason,
            _FIRST_JOINED,
            _OPENED.joined_at,
        )
        .outerjoin(Match, and_(Match.identity_id == Identity.id, _standing_or_taken_back()))
        .outerjoin(_OPENED, and_(_OPENED.identity_id == Identity.id, _is_opened_door()))
        .outerjoin(Person, Person.id == Match.person_id)
        .outerjoin(
            Attendance,
            and_(
                Attendance.live_session_id == live_session_id,
                Attendance.identity_id == Identity.id,
            ),
        )
        .where(Identity.live_session_id == live_session_id, is_seen() | _OPENED.id.is_not(None))
        .order_by(Identity.id, Match.id)
    )
    room = _Room()
    for (
        identity,
        match_id,
        person_id,
        undone_at,
        came,
        minutes,
        name,
        reason,
        *at,
    ) in session.execute(statement.execution_options(populate_existing=True)):
        joined_at, opened_at = at
        if opened_at is not None:
            if person_id is not None and undone_at is None:
                room.links.append(LinkUse(person_id, opened_at))
            continue
        seen = room.everybody.setdefault(identity.id, _seen(identity, came is not None, minutes))
        if joined_at is not None:
            seen.someone = replace(seen.someone, joined=(joined_at,))
        if undone_at is not None and person_id is not None:
            seen.taken_back.add(person_id)
        elif match_id is not None and undone_at is None:
            seen.match_id, seen.person_id = match_id, person_id
            seen.person_name, seen.reason = name or "", reason
            seen.someone = replace(seen.someone, stands_for=person_id)
    return room


def _is_opened_door() -> Any:
    return and_(_OPENED.source == "link", _OPENED.withdrawn_at.is_(None))


def _standing_or_taken_back() -> Any:
    return Match.undone_at.is_(None) | Match.undone_by.is_not(None)


def _seen(identity: Identity, came: bool, minutes: int | None) -> Seen:  # noqa: FBT001
    someone = Someone(
        key=str(identity.id),
        names=tuple(identity.names),
        original_names=tuple(identity.original_names),
        email=identity.email or None,
        external_ids=frozenset({identity.external_id} - {""}),
        is_entered=identity.key.startswith(AT_POINT),
    )
    return Seen(identity.id, identity.shown_name, someone, came=came, minutes=minutes)


def _read_decisions(live_session: LiveSession) -> list[Decision]:
    """Return what humans decided in the series: names with the person or the reason."""
    statement = (
        select(
            Identity.names,
            Identity.original_names,
            Identity.email,
            Match.person_id,
            Match.reason,
            LiveSession.id,
            LiveSession.title,
        )
        .join(Match, Match.identity_id == Identity.id)
        .join(LiveSession, LiveSession.id == Identity.live_session_id)
        .where(
            LiveSession.series_id == live_session.series_id,
            Match.rule == "by_hand",
            Match.undone_at.is_(None),
        )
        .order_by(LiveSession.starts_at, Match.id)
    )
    return [
        Decision(
            Someone("", tuple(names), tuple(originals), email or None),
            person,
            reason,
            where,
            title,
        )
        for names, originals, email, person, reason, where, title in session.execute(statement)
    ]


def _read_people(series_id: int) -> tuple[Known, dict[int, Any]]:
    """Return everybody as candidates, and their rows by id; one statement."""
    addresses: dict[int, set[str]] = defaultdict(set)
    proved: dict[int, set[str]] = defaultdict(set)
    people: dict[int, Any] = {}
    statement = (
        select(
            Person.id,
            Person.name,
            Person.country,
            Person.organisation,
            _is_registered(series_id),
            EmailAddress.normal,
            EmailAddress.verified_at.is_not(None) | EmailAddress.source.in_(VOUCHED),
        )
        .outerjoin(EmailAddress, EmailAddress.person_id == Person.id)
        .order_by(Person.id)
    )
    for row in session.execute(statement):
        people[row[0]] = row
        if row[5]:
            addresses[row[0]].add(row[5])
        if row[5] and row[6]:
            proved[row[0]].add(row[5])
    candidates = [
        Candidate(number, row[1], frozenset(proved[number]), frozenset(addresses[number]),
                  is_registrant=bool(row[4]))
        for number, row in people.items()
    ]  # fmt: skip
    return Known(candidates), people


def _is_registered(series_id: int) -> Any:
    return exists().where(
        Registration.person_id == Person.id,
        Registration.series_id == series_id,
        Registration.cancelled_at.is_(None),
    )


def search_people(words: str, series_id: int) -> Sequence[Any]:
    """Return people whose names hold all the words, registrants first; one statement."""
    registered = _is_registered(series_id)
    statement = select(
        Person.id, Person.name, Person.country, Person.organisation, registered
    ).order_by(registered.desc(), func.lower(Person.name), Person.id)
    for word in words.lower().split():
        statement = statement.where(func.lower(Person.name).contains(word, autoescape=True))
    return session.execute(statement.limit(_FOUND)).all() if words.strip() else []


def list_decided(live_session: LiveSession, page: int) -> Sequence[Any]:
    """Return what humans decided and what stands, the latest first, one more than a page."""
    decider = aliased(Person)
    statement = (
        select(Match, Identity, Person.name, decider.name)
        .join(Identity, Identity.id == Match.identity_id)
        .outerjoin(Person, Person.id == Match.person_id)
        .outerjoin(decider, decider.id == Match.decided_by)
        .where(
            Identity.live_session_id == live_session.id,
            Match.undone_at.is_(None),
            Match.rule == "by_hand",
        )
        .order_by(Match.id.desc())
    )
    return session.execute(statement.offset((page - 1) * PAGE).limit(PAGE + 1)).all()


def find_match(match_id: int) -> Match | None:
    """Return a decision, standing or not."""
    return session.get(Match, match_id)
