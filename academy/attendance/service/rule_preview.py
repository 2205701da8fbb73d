"""What other rules would do to every figure and to every person of a series, before they do."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from academy.attendance.counting import Stay
from academy.attendance.models import Attendance, Identity, Match
from academy.attendance.ports import Came, measure_as_if
from academy.attendance.rules.rules import Rules, check_rules
from academy.attendance.service.presence import Counted, Who, count_presence, read_rules
from academy.attendance.service.recomputes import refuse_frozen
from academy.db import session
from academy.lib.collecting import collection_paused
from academy.people.models import Person
from academy.programme.models import LiveSession, Series

#: Whom a row of attendance is of, at which live session.
_Place = tuple[int, Who]
#: Kinds of moves, in the order in which they are shown.
KINDS = ("gone", "come", "other")
#: A series without live sessions has no length yet.
_A_DAY = 24 * 60


class Move(NamedTuple):
    """Somebody who comes or goes at one live session, or stays there for another time."""

    #: One of KINDS.
    kind: str
    name: str
    live_session: str
    before: int | None
    after: int | None
    is_matched: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """The effect of rules that are not in force yet."""

    in_force: Rules
    wanted: Rules
    #: The attendance report (DESIGN 5) as it stands and as it would be.
    before: dict[str, Any]
    after: dict[str, Any]
    moves: tuple[Move, ...]

    @property
    def token(self) -> str:
        """The same as long as applying the rules would do just what is shown."""
        shown = [
            self.in_force.as_json(), self.wanted.as_json(), _timeless(self.before),
            _timeless(self.after), self.moves,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()

    def count(self, kind: str) -> int:
        """Return how many come, go or stay for another time."""
        return sum(move.kind == kind for move in self.moves)


def _timeless(report: dict[str, Any]) -> dict[str, Any]:
    """Leave out what moves by itself: the moment, and those who register meanwhile."""
    lines = [{**line, "registered": None} for line in report["live_sessions"]]
    return {**report, "as_of": None, "live_sessions": lines}


def preview_rules(series: Series, wanted: Rules) -> Preview:
    """Return what `wanted` would do; stores nothing.

    Raises ImpossibleRules and FiguresAreFrozen. The number of statements does not grow with the
    series.
    """
    with collection_paused():
        return _preview(series, wanted)


def _preview(series: Series, wanted: Rules) -> Preview:
    refuse_frozen(series)
    statement = select(LiveSession).where(LiveSession.series_id == series.id)
    live_sessions = session.scalars(statement.order_by(LiveSession.starts_at)).all()
    check_rules(wanted, max((one.minutes for one in live_sessions), default=_A_DAY))
    counted = count_presence(live_sessions, wanted)
    people = _People(series.id)
    before, after = measure_as_if(
        series.slug, list(people.came(counted)), {n: _excluded(one) for n, one in counted.items()}
    )
    moves = tuple(_moves(live_sessions, _read_standing(series.id), counted, people))
    return Preview(read_rules(series.id), wanted, before, after, moves)


def _excluded(counted: Counted) -> int | None:
    is_known = counted.is_known or counted.stays or counted.excluded
    return counted.excluded if is_known else None


class _People:
    """Names and countries of everybody with evidence in a series; two statements."""

    def __init__(self, series_id: int) -> None:
        of_series = LiveSession.series_id == series_id
        identities = (
            select(Identity.id, Identity.shown_name)
            .join(LiveSession, LiveSession.id == Identity.live_session_id)
            .where(of_series)
        )
        self.shown = {row[0]: row[1] for row in session.execute(identities)}
        # Joined by way of the series' identities, not by a list of ids that has no end.
        persons = select(Person.id, Person.name, Person.country).where(
            Person.id.in_(_matched_people(series_id))
        )
        self.known = {row[0]: (row[1], row[2]) for row in session.execute(persons)}

    def name_of(self, who: Who) -> str:
        """Return the name of a person, or the one that an identity showed."""
        person_id, identity_id = who
        if person_id is not None:
            return self.known.get(person_id, ("", None))[0]
        return self.shown.get(identity_id or 0, "")

    def came(self, counted: dict[int, Counted]) -> Iterator[Came]:
        """Yield everybody who would have come."""
        for number, one in counted.items():
            for (person_id, _identity_id), stay in one.stays.items():
                country = self.known.get(person_id or 0, ("", None))[1] or None
                yield Came(number, person_id, country, stay.minutes, stay.intervals)


def _matched_people(series_id: int) -> Select[int | None]:
    matched = (
        select(Match.person_id)
        .join(Identity, Identity.id == Match.identity_id)
        .join(LiveSession, LiveSession.id == Identity.live_session_id)
        .where(LiveSession.series_id == series_id, Match.person_id.is_not(None))
    )
    return matched.distinct()


def _read_standing(series_id: int) -> dict[_Place, Stay]:
    statement = (
        select(
            Attendance.live_session_id, Attendance.person_id, Attendance.identity_id,
            Attendance.intervals, Attendance.minutes,
        )
        .join(LiveSession, LiveSession.id == Attendance.live_session_id)
        .where(LiveSession.series_id == series_id)
    )  # fmt: skip
    return {(row[0], (row[1], row[2])): Stay(row[3], row[4]) for row in session.execute(statement)}


def _moves(
    live_sessions: Sequence[LiveSession],
    standing: dict[_Place, Stay],
    counted: dict[int, Counted],
    people: _People,
) -> list[Move]:
    """Return who goes, who comes and who stays for another time, by live session and name."""
    wanted = {(n, who): stay for n, one in counted.items() for who, stay in one.stays.items()}
    order = {one.id: (place, one.title) for place, one in enumerate(live_sessions)}
    found = []
    for place in standing.keys() | wanted.keys():
        before, after = standing.get(place), wanted.get(place)
        if (kind := _kind(before, after)) is not None:
            number, who = place
            position, title = order[number]
            was, will = (stay.minutes if stay else None for stay in (before, after))
            move = Move(kind, people.name_of(who), title, was, will, who[0] is not None)
            found.append((KINDS.index(kind), position, move.name.casefold(), who[0] or 0, move))
    return [move for *_order, move in sorted(found)]


def _kind(before: Stay | None, after: Stay | None) -> str | None:
    if before is None:
        return "come"
    if after is None:
        return "gone"
    return None if before == after else "other"
