"""Reads who was in the room of a live session, for the review desk, without an object for each.

A live session may have thousands of identities and one page shows 25: the others are counted by
what they were called, which is all that the page needs of them.
"""

import json
from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Text, and_, bindparam, case, cast, exists, func, select
from sqlalchemy.orm import aliased

from academy.attendance.matching.candidates import Identity as Someone
from academy.attendance.matching.candidates import Known, LinkUse
from academy.attendance.matching.clicks import Clicks, of_registrants
from academy.attendance.matching.ladder import Room, keys_of, pairs_of
from academy.attendance.models import Attendance, Evidence, Identity, Match
from academy.attendance.review.proposals import Seen
from academy.attendance.standing import AT_POINT, FIRST_HAND, evidence_counts, is_seen
from academy.db import session
from academy.lib.names import comparable, mentions_device
from academy.people.models import Person
from academy.programme.models import LiveSession

#: What two names are compared by: the key of a whole name, or a pair of its words.
_Name = tuple[str, ...]


@dataclass(slots=True)
class ReviewRoom:
    """Everybody whose evidence counts in one live session."""

    #: By the id of the identity.
    rows: dict[int, Row[Any]] = field(default_factory=dict)
    #: The names under which people are there already.
    present: dict[int, str] = field(default_factory=dict)
    #: People whom a roll, a code or their own word shows to have come.
    noted: set[int] = field(default_factory=set)
    #: The words of each host's name, with the name.
    hosts: list[tuple[frozenset[str], str]] = field(default_factory=list)
    #: Who opened the door by a personal link.
    links: list[LinkUse] = field(default_factory=list)
    #: People whom a human took back, by the id of the identity.
    taken_back: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    #: Made when first asked for: who is open, in their order, and who showed which name.
    _open: list[int] | None = None
    _by_name: dict[_Name, list[int]] | None = None
    #: The identity by the decision that stands, and by who decided last.
    _by_match: dict[int, int] | None = None
    _last_by: dict[int, int] = field(default_factory=dict)

    def set_clicks_beside(self, known: Known) -> Clicks:
        """Return the personal links of registrants beside those who joined just after."""
        arrivals = [
            Someone(
                str(row.id),
                (),
                joined=(row.joined_at,),
                stands_for=row.person_id if row.stands else None,
            )
            for row in self.rows.values()
            if row.joined_at is not None
        ]
        return Clicks(arrivals, of_registrants(self.links, known))

    def list_open(self) -> list[int]:
        """Return the ids of those who came and are nobody yet, the longest present first."""
        if self._open is None:
            waiting = [row for row in self.rows.values() if row.came and not row.stands]
            waiting.sort(key=lambda row: (-(row.minutes or 0), row.id))
            self._open = [row.id for row in waiting]
        return self._open

    def count_names(self, of: Iterable[Seen]) -> Room:
        """Return how often the names of these were shown by all; what others showed is left out."""
        asked: set[_Name] = set()
        for one in of:
            asked |= keys_of(one.someone) | pairs_of(one.someone)
        by_name = self._index_names()
        names = Room()
        for number in {each for name in asked for each in by_name.get(name, ())}:
            row = self.rows[number]
            names.add(*_shown(row.names, row.originals), is_entered=bool(row.is_entered))
        return names

    def _index_names(self) -> dict[_Name, list[int]]:
        """Return who showed a name, by the name's keys and pairs."""
        if self._by_name is None:
            self._by_name = {}
            for row in self.rows.values():
                for name in frozenset[_Name]().union(*_shown(row.names, row.originals)):
                    self._by_name.setdefault(name, []).append(row.id)
        return self._by_name

    def see(self, identity_id: int) -> Seen:
        """Return one of them with all that is known."""
        row = self.rows[identity_id]
        seen = Seen(
            row.id, row.shown_name, _someone(row), came=row.came is not None, minutes=row.minutes,
            taken_back=self.taken_back[row.id],
        )  # fmt: skip
        if row.stands:
            seen.match_id, seen.person_id = row.match_id, row.person_id
            seen.person_name, seen.reason, seen.note = row.person or "", row.reason, row.note
        return seen

    def find_host(self, seen: Seen) -> str:
        """Return the host whose second device this may be: the same name, or a device of hers."""
        for name in seen.someone.names:
            words = frozenset(comparable(name).strong)
            for host_words, host in self.hosts:
                shared = host_words & (words | {word.removesuffix("s") for word in words})
                if words == host_words or (shared and mentions_device(name)):
                    return host
        return ""

    def find_decided(self, match_id: int | None) -> Seen | None:
        """Return the one about whom this decision stands, if it does."""
        found = self._standing().get(match_id) if match_id is not None else None
        return self.see(found) if found is not None else None

    def find_last_of(self, person_id: int) -> Seen | None:
        """Return the one about whom this person decided last, of what stands."""
        self._standing()
        last = self._last_by.get(person_id)
        return self.see(last) if last is not None else None

    def _standing(self) -> dict[int, int]:
        """Return the identity by the decision that stands about it; note who decided what last."""
        if self._by_match is None:
            self._by_match = {row.match_id: row.id for row in self.rows.values() if row.stands}
            for match_id in sorted(self._by_match):
                by = self.rows[self._by_match[match_id]].decided_by
                if by is not None:
                    self._last_by[by] = self._by_match[match_id]
        return self._by_match


#: Whether more than an opened door shows that somebody came who told who they are.
_IS_NOTED = Identity.key.startswith(FIRST_HAND) & exists().where(
    Evidence.identity_id == Identity.id, Evidence.source != "link", evidence_counts()
).correlate(Identity)
_OPENED, _ANY_OPENED = aliased(Evidence), aliased(Evidence)
#: When somebody first joined by a file; asked only where somebody opened a personal link.
_FIRST_JOINED = case(
    (
        exists().where(
            _ANY_OPENED.live_session_id == bindparam("live_session"), _ANY_OPENED.source == "link"
        ),
        select(func.min(Evidence.joined_at))
        .where(Evidence.identity_id == Identity.id, Evidence.source == "file", evidence_counts())
        .correlate(Identity)
        .scalar_subquery(),
    )
)
#: Built once: building it takes longer than running it for a small live session.
_EVERYBODY = (
    select(
        Identity.id,
        Identity.shown_name,
        cast(Identity.names, Text).label("names"),
        cast(Identity.original_names, Text).label("originals"),
        Identity.email,
        Identity.external_id,
        Identity.key.startswith(AT_POINT).label("is_entered"),
        Identity.role,
        _IS_NOTED.label("is_noted"),
        Match.id.label("match_id"),
        Match.person_id,
        and_(Match.id.is_not(None), Match.undone_at.is_(None)).label("stands"),
        Match.reason,
        Match.note,
        case((Match.rule == "by_hand", Match.decided_by)).label("decided_by"),
        Attendance.id.label("came"),
        Attendance.minutes,
        Person.name.label("person"),
        _FIRST_JOINED.label("joined_at"),
        _OPENED.joined_at.label("opened_at"),
    )
    .outerjoin(
        Match,
        and_(
            Match.identity_id == Identity.id,
            Match.undone_at.is_(None) | Match.undone_by.is_not(None),
        ),
    )
    .outerjoin(Person, Person.id == Match.person_id)
    .outerjoin(
        Attendance,
        and_(
            Attendance.live_session_id == bindparam("live_session"),
            Attendance.identity_id == Identity.id,
        ),
    )
    .outerjoin(
        _OPENED,
        and_(
            _OPENED.identity_id == Identity.id,
            _OPENED.source == "link",
            _OPENED.withdrawn_at.is_(None),
        ),
    )
    .where(
        Identity.live_session_id == bindparam("live_session"),
        is_seen() | _IS_NOTED | _OPENED.id.is_not(None),
    )
    .order_by(Identity.id, Match.id)
)


#: A room of so many is kept between two pages; smaller ones are read faster than they are kept.
WORTH_KEEPING = 1_000
MOST_KEPT = 2
_kept: OrderedDict[tuple[int, int, datetime], ReviewRoom] = OrderedDict()


def read_room(live_session: LiveSession) -> ReviewRoom:
    """Return everybody with evidence that counts; what humans took back stands with them.

    Whatever changes a room raises the version of its series, under which a large one is kept: a
    page costs the same then, however many there were. One statement, none for a kept room.
    """
    series = live_session.series
    key = (live_session.id, series.version, series.created_at)
    room = _kept.get(key)
    if room is None:
        room = _read_room(live_session.id)
        if len(room.rows) >= WORTH_KEEPING:
            _kept[key] = room
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    return room


def forget() -> None:
    """Keep no room any more (for measuring)."""
    _kept.clear()


def _read_room(live_session_id: int) -> ReviewRoom:
    room = ReviewRoom()
    rows: Iterable[Row[Any]] = session.execute(_EVERYBODY, {"live_session": live_session_id})
    for row in rows:
        if row.opened_at is not None and row.stands:
            room.links.append(LinkUse(row.person_id, row.opened_at))
        if row.is_noted:
            room.noted.add(row.person_id)
        if row.is_noted or row.opened_at is not None:
            continue
        if row.stands or row.id not in room.rows:
            room.rows[row.id] = row
        if row.match_id is not None and not row.stands and row.person_id is not None:
            room.taken_back[row.id].add(row.person_id)
    for row in room.rows.values():
        if row.stands and row.person_id is not None:
            room.present[row.person_id] = row.shown_name
        if row.role == "host":
            words = frozenset(comparable(row.shown_name).strong)
            room.hosts.append((words, row.shown_name))
    return room


@lru_cache(maxsize=20_000)
def _shown(
    names: str, originals: str
) -> tuple[frozenset[tuple[str, ...]], frozenset[tuple[str, str]]]:
    """Return what names count as, kept: the same page is asked for after every decision."""
    someone = Someone("", tuple(json.loads(names)), tuple(json.loads(originals)))
    return frozenset(keys_of(someone)), frozenset(pairs_of(someone))


def _someone(row: Row[Any]) -> Someone:
    return Someone(
        key=str(row.id),
        names=tuple(json.loads(row.names)),
        original_names=tuple(json.loads(row.originals)),
        email=row.email or None,
        external_ids=frozenset({row.external_id} - {""}),
        is_entered=bool(row.is_entered),
    )
