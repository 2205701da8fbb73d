"""Reads for the review desk: who is open, who they may be, why, and what was decided."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import aliased, contains_eager

from academy.attendance.matching.candidates import Identity as Someone
from academy.attendance.matching.ladder import match_all
from academy.attendance.matching.memory import OF_A_DEVICE, memory_of, pairs_of
from academy.attendance.models import Identity, Match, Tally
from academy.attendance.policy import can_import
from academy.attendance.review.people import IS_REGISTERED, People, read_people
from academy.attendance.review.proposals import Decision, Proposal, Seen, Stranger, propose
from academy.attendance.review.room import ReviewRoom, read_room
from academy.attendance.standing import open_objections
from academy.db import session
from academy.lib.paging import Page
from academy.people.models import Person
from academy.programme.models import LiveSession
from academy.programme.policy import visible_live_sessions

PAGE = 25
_FOUND = 20


@dataclass(frozen=True, slots=True)
class OpenIdentity:
    """Somebody who came and whom nobody knows yet, with those they may be."""

    seen: Seen
    proposals: Sequence[Proposal]
    #: What was decided about the same name in other live sessions: not to be counted.
    dismissed: Sequence[Decision]
    #: The host whose second device it may be; empty where nothing says so.
    host: str = ""

    @property
    def as_before(self) -> Decision | None:
        """The earlier decision not to count, if all say the same and none says a person."""
        told = {(each.reason, each.note) for each in self.dismissed}
        is_clear = len(told) == 1 and not any(each.earlier for each in self.proposals)
        return self.dismissed[-1] if is_clear else None

    @property
    def person_as_before(self) -> int | None:
        """The one person whom all earlier decisions named."""
        named = [each.person_id for each in self.proposals if each.earlier]
        return named[0] if len(named) == 1 and not self.dismissed else None


@dataclass(frozen=True, slots=True)
class Review(Page[OpenIdentity]):
    """One page of those who are open, the longest present first."""

    #: The first one of the next page, to whom the last decision of this page leads.
    following: int | None = None
    #: The decision that the address names, where it still stands.
    just_decided: Seen | None = None
    #: What whoever looks decided last of what stands: the one that can be undone by a key.
    last_own: Seen | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A live session with its series, its numbers, and how many objections wait for an answer."""

    live_session: LiveSession
    tally: Tally | None
    objections: int
    #: How many decisions by hand stand.
    decided: int


@dataclass(frozen=True, slots=True)
class Word:
    """What stands by now about somebody on the page: a person or a reason, and whose word it is."""

    identity_id: int
    match_id: int
    person: str | None
    reason: str
    note: str
    by: str | None


def find_reviewed(slug: str, person: Person) -> Reviewed | None:
    """Return the live session with its numbers, for whoever may decide; one statement."""
    if not can_import(person):
        return None
    statement = (
        visible_live_sessions(person)
        .add_columns(Tally, open_objections(), _decided_by_hand())
        .outerjoin(Tally, Tally.live_session_id == LiveSession.id)
        .where(LiveSession.slug == slug)
        .options(contains_eager(LiveSession.series))
        .execution_options(populate_existing=True)
    )
    row = session.execute(statement).one_or_none()
    return Reviewed(*row) if row else None


def _decided_by_hand() -> ScalarSelect[int]:
    return (
        select(func.count(Match.id))
        .join(Identity, Identity.id == Match.identity_id)
        .where(
            Identity.live_session_id == LiveSession.id,
            Match.rule == "by_hand",
            Match.undone_at.is_(None),
        )
        .correlate(LiveSession)
        .scalar_subquery()
    )


def read_review(
    live_session: LiveSession, page: int, reader: Person, decided: int | None = None
) -> Review:
    """Return one page of the review desk; three statements, however many are open."""
    room = read_room(live_session)
    waiting = room.list_open()
    part = [room.see(each) for each in waiting[(page - 1) * PAGE : page * PAGE]]
    decisions = _read_decisions(live_session.series_id)
    rows = list(_open(part, room, read_people(live_session.series_id), decisions))
    following = next(iter(waiting[page * PAGE : page * PAGE + 1]), None)
    just, last = room.find_decided(decided), room.find_last_of(reader.id)
    return Review(rows, page, len(waiting), PAGE, following, just, last)


def _open(
    part: Sequence[Seen], room: ReviewRoom, people: People, decisions: Sequence[Decision]
) -> Iterable[OpenIdentity]:
    memory = memory_of(
        (each.someone, each.person_id) for each in decisions if each.reason not in OF_A_DEVICE
    )
    outcomes = match_all(
        [one.someone for one in part],
        people.known,
        remembered=memory,
        everybody=room.count_names(part),
        clicks=room.set_clicks_beside(people.known),
        present={*room.present, *room.noted},
    )
    by_pair = _by_pair(decisions)
    for one, outcome in zip(part, outcomes, strict=True):
        about = [decisions[at] for at in _about(one, by_pair)]
        stranger = Stranger(one, outcome, people.known, about, room.present, room.noted)
        proposals = [
            propose(stranger, each, people.by_id[each.person_id]) for each in stranger.likely()
        ]
        dismissed = [each for each in about if each.person_id is None]
        yield OpenIdentity(one, proposals, dismissed, room.find_host(one))


def _by_pair(decisions: Sequence[Decision]) -> dict[tuple[str, str], list[int]]:
    """Return the positions of the decisions by the names that they are remembered by."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, each in enumerate(decisions):
        for pair in pairs_of(each.someone):
            found[pair].append(at)
    return found


def _about(one: Seen, by_pair: dict[tuple[str, str], list[int]]) -> list[int]:
    """Return the positions of the decisions in which the same names were shown."""
    return sorted({at for pair in pairs_of(one.someone) for at in by_pair.get(pair, ())})


def _read_decisions(series_id: int) -> list[Decision]:
    """Return what humans decided in the series: names with the person or the reason."""
    statement = (
        select(
            Identity.names,
            Identity.original_names,
            Identity.email,
            Match.person_id,
            Match.reason,
            Match.note,
            LiveSession.title,
        )
        .join(Match, Match.identity_id == Identity.id)
        .join(LiveSession, LiveSession.id == Identity.live_session_id)
        .where(
            LiveSession.series_id == series_id,
            Match.rule == "by_hand",
            Match.undone_at.is_(None),
        )
        .order_by(LiveSession.starts_at, Match.id)
    )
    return [
        Decision(Someone("", tuple(names), tuple(originals), email or None), *rest)
        for names, originals, email, *rest in session.execute(statement)
    ]


def search_people(words: str, series_id: int) -> Sequence[Any]:
    """Return people whose names hold all the words, registrants first; one statement."""
    statement = select(
        Person.id, Person.name, Person.country, Person.organisation, IS_REGISTERED
    ).order_by(IS_REGISTERED.desc(), func.lower(Person.name), Person.id)
    for word in words.lower().split():
        statement = statement.where(func.lower(Person.name).contains(word, autoescape=True))
    if not words.strip():
        return []
    return session.execute(statement.limit(_FOUND), {"series": series_id}).all()


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


def list_words_of(
    live_session: LiveSession, identity_ids: Sequence[int], match_id: int | None = None
) -> list[Word]:
    """Return what stands by now about those of the identities that are decided; one statement.

    With them comes the decision of that id, if it still stands.
    """
    if not identity_ids and match_id is None:
        return []
    decider = aliased(Person)
    statement = (
        select(Identity.id, Match.id, Person.name, Match.reason, Match.note, decider.name)
        .join(Match, Match.identity_id == Identity.id)
        .outerjoin(Person, Person.id == Match.person_id)
        .outerjoin(decider, decider.id == Match.decided_by)
        .where(
            Identity.live_session_id == live_session.id,
            Identity.id.in_(identity_ids) | (Match.id == match_id),
            Match.undone_at.is_(None),
        )
        .order_by(Identity.id)
    )
    return [Word(*row) for row in session.execute(statement)]


def find_match(match_id: int) -> Match | None:
    """Return a decision, standing or not."""
    return session.get(Match, match_id)
