"""Who was in each live session of the demonstration, on which device, from when until when."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from academy.lib.names import comparable
from academy.site.demo.facts import (
    ASIAN_REGISTRANTS,
    HOST_ADDRESS,
    HOST_NAME,
    HOST_TABLET,
    LIVE_SESSIONS,
    MINUTES,
    SEED,
    PlannedLiveSession,
)
from academy.site.demo.people import Registrant, registrants

#: So many came to all five, whatever happened.
STEADFAST = 9
SHARE_WITH_ADDRESS = 0.55
SHARE_WITH_SECOND_DEVICE = 0.08
SHARE_WHO_LOSE_CONNECTION = 0.3
SHARE_ON_TIME, SHARE_A_LITTLE_LATE = 0.46, 0.86
SHARE_UNTIL_THE_END, SHARE_TOWARDS_THE_END = 0.55, 0.87
SHARE_HELD_IN_WAITING_ROOM = 0.2
FIRST_WITH_WAITING_ROOM = 4
#: How likely somebody comes who came last week, and somebody for whom it is night.
WEIGHT_OF_LAST_WEEK, WEIGHT_OF_NIGHT = 2.6, 0.5


@dataclass(frozen=True)
class Connection:
    """One row of a file: a device that was in the meeting, on the clock of the organiser."""

    shown: str
    original: str
    email: str
    joined: datetime
    left: datetime
    is_guest: bool = True
    is_waiting: bool = False


@dataclass(frozen=True)
class _Stranger:
    """Somebody whom no certain rule matches; perhaps a registrant whose name begins like this."""

    shown: str
    original: str
    email: str
    perhaps: str


@dataclass(frozen=True)
class _Guise:
    """How somebody appears in the meetings: the same names and the same account every week."""

    shown: str
    original: str
    email: str


def connections(planned: PlannedLiveSession) -> list[Connection]:
    """Return all rows of one live session in the order of joining; the same ones every time."""
    rng = random.Random(f"{SEED}: presence {planned.number}")
    rows = [*_host(planned), *_bot(planned)]
    for person in casts()[planned.number]:
        rows += _visits(rng, planned, _guise(person))
    for stranger in _strangers(planned.number):
        guise = _Guise(stranger.shown, stranger.original, stranger.email)
        rows += _visit(rng, planned, guise)
    return sorted(rows, key=lambda row: (row.joined, row.shown))


@cache
def casts() -> dict[int, tuple[Registrant, ...]]:
    """Return which registrants came to each live session: as many as the facts ask for."""
    rng = random.Random(f"{SEED}: casts")
    eagerness = {person.email: rng.betavariate(0.9, 1.6) + 0.05 for person in registrants()}
    early = [person for person in registrants() if _may_come(person, LIVE_SESSIONS[0])]
    steadfast = set(rng.sample([person for person in early if person.country == "MY"], 3))
    steadfast |= set(rng.sample([each for each in early if each not in steadfast], STEADFAST - 3))
    found: dict[int, tuple[Registrant, ...]] = {}
    last_week: tuple[Registrant, ...] = ()
    for planned in LIVE_SESSIONS:
        weights = {
            person: _weight(person, eagerness[person.email], person in last_week)
            for person in _available(planned, steadfast)
        }
        others = _draw(rng, weights, planned.attended - planned.unmatched - len(steadfast))
        last_week = tuple(person for person in registrants() if person in steadfast | others)
        found[planned.number] = last_week
    return found


def _may_come(person: Registrant, planned: PlannedLiveSession) -> bool:
    """Nobody comes before the day after registering, nor under a name that two people bear."""
    names = [comparable(each.name).key for each in registrants()]
    is_alone = names.count(comparable(person.name).key) == 1
    local_start = planned.starts_at.replace(tzinfo=None)
    is_in_time = person.registered_at + timedelta(days=1) < local_start
    is_behind_a_stranger = any(
        stranger.perhaps and person.name.startswith(stranger.perhaps)
        for each in LIVE_SESSIONS
        for stranger in _strangers(each.number)
    )
    return is_alone and is_in_time and not is_behind_a_stranger


def _available(planned: PlannedLiveSession, steadfast: set[Registrant]) -> Iterator[Registrant]:
    behind = tuple(each.perhaps for each in _strangers(planned.number) if each.perhaps)
    local_start = planned.starts_at.replace(tzinfo=None)
    for person in registrants():
        is_in_time = person.registered_at + timedelta(days=1) < local_start
        if is_in_time and person not in steadfast and not person.name.startswith(behind):
            yield person


def _weight(person: Registrant, eagerness: float, came_last_week: bool) -> float:  # noqa: FBT001
    weight = eagerness * (WEIGHT_OF_LAST_WEEK if came_last_week else 1)
    return weight if person.country in ASIAN_REGISTRANTS else weight * WEIGHT_OF_NIGHT


def _draw(rng: random.Random, weights: dict[Registrant, float], number: int) -> set[Registrant]:
    """Draw without putting back, the heavier the likelier (Efraimidis and Spirakis 2006)."""
    keys = {person: rng.random() ** (1 / weight) for person, weight in weights.items()}
    return set(sorted(keys, key=lambda person: keys[person], reverse=True)[:number])


@cache
def _strangers(number: int) -> tuple[_Stranger, ...]:
    text = Path(__file__).with_name("strangers.txt").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")] for line in text.splitlines()]
    return tuple(_Stranger(*row[1:]) for row in rows if row[0] == str(number))


def _guise(person: Registrant) -> _Guise:
    """Choose account and shown name; without an account the name is written in full."""
    rng = random.Random(f"{SEED}: guise of {person.email}")
    first = person.name.split(" ")[0]
    if rng.random() < SHARE_WITH_ADDRESS or not _can_be_told_by_name(person):
        shown = rng.choice((person.name, person.name, person.latin.title(), f"{first}’s phone"))
        return _Guise(shown, "", person.email)
    shown = rng.choice(
        (
            person.name,
            person.name,
            person.name,
            person.name.lower(),
            f"{person.country} - {person.name}",
        )
    )
    original = first if rng.random() < 1 / 5 else ""
    return _Guise(shown, original, "")


def _can_be_told_by_name(person: Registrant) -> bool:
    words = comparable(person.name).strong
    bearers = [each for each in registrants() if set(words) <= set(comparable(each.name).strong)]
    return len(bearers) == 1


def _visits(rng: random.Random, planned: PlannedLiveSession, guise: _Guise) -> Iterator[Connection]:
    """All rows of one registrant: rejoining, the waiting room, a second device."""
    rows = list(_visit(rng, planned, guise))
    yield from rows
    if planned.number >= FIRST_WITH_WAITING_ROOM and rng.random() < SHARE_HELD_IN_WAITING_ROOM:
        joined = rows[0].joined - timedelta(seconds=rng.randrange(15, 170))
        yield replace(rows[0], joined=joined, left=rows[0].joined, is_waiting=True)
    if guise.email and rng.random() < SHARE_WITH_SECOND_DEVICE:
        start = rows[0].joined + timedelta(minutes=rng.randrange(5, 25), seconds=rng.randrange(60))
        end = start + timedelta(minutes=rng.randrange(30, 110), seconds=rng.randrange(60))
        yield replace(rows[0], joined=start, left=end)


def _visit(rng: random.Random, planned: PlannedLiveSession, guise: _Guise) -> Iterator[Connection]:
    start = planned.starts_at.replace(tzinfo=None)
    arrival, departure = _arrival(rng), _departure(rng)
    for joined, left in _stretches(rng, arrival, max(departure, arrival + 9)):
        yield Connection(
            guise.shown,
            guise.original,
            guise.email,
            start + timedelta(seconds=round(joined * 60)),
            start + timedelta(seconds=round(left * 60)),
        )


def _arrival(rng: random.Random) -> float:
    """Return the minute of coming: most before the start, some late, few very late."""
    share = rng.random()
    if share < SHARE_ON_TIME:
        return rng.triangular(-22, 1.5, -1)
    if share < SHARE_A_LITTLE_LATE:
        return rng.triangular(0.5, 30, 3)
    return rng.uniform(25, 95)


def _departure(rng: random.Random) -> float:
    """Return the minute of leaving: most after the end, some shortly before, some early."""
    share = rng.random()
    if share < SHARE_UNTIL_THE_END:
        return rng.triangular(MINUTES - 2, MINUTES + 14, MINUTES + 3)
    if share < SHARE_TOWARDS_THE_END:
        return rng.triangular(MINUTES - 55, MINUTES - 2, MINUTES - 12)
    return rng.uniform(40, MINUTES - 55)


def _stretches(
    rng: random.Random, arrival: float, departure: float
) -> Iterable[tuple[float, float]]:
    """Cut a stay where the connection was lost; whoever has little data loses it often."""
    if rng.random() >= SHARE_WHO_LOSE_CONNECTION or departure - arrival < MINUTES / 3:
        return [(arrival, departure)]
    cuts = sorted(
        rng.uniform(arrival + 4, departure - 8) for _ in range(rng.choice((1, 1, 1, 2, 2, 4)))
    )
    edges = [arrival]
    for cut in cuts:
        if cut - edges[-1] > 1:
            edges += [cut, cut + min(rng.expovariate(1 / 1.6) + 0.4, 6.5)]
    edges.append(departure)
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [(joined, left) for joined, left in pairs if left > joined]


def _host(planned: PlannedLiveSession) -> Iterator[Connection]:
    start = planned.starts_at.replace(tzinfo=None)
    opened, closed = start - timedelta(minutes=34, seconds=12), start + timedelta(minutes=171)
    yield Connection(HOST_NAME, "", HOST_ADDRESS, opened, closed, is_guest=False)
    second = opened + timedelta(minutes=7, seconds=41)
    yield Connection(HOST_TABLET, "", "", second, closed - timedelta(seconds=33))


def _bot(planned: PlannedLiveSession) -> Iterator[Connection]:
    """A recording bot from the second week on, and one who never left the waiting room."""
    start = planned.starts_at.replace(tzinfo=None)
    if planned.number > 1:
        end = start + timedelta(minutes=MINUTES, seconds=95)
        yield Connection("Recording Bot", "", "", start - timedelta(seconds=75), end)
    if planned.number >= FIRST_WITH_WAITING_ROOM:
        knocked = start + timedelta(minutes=48, seconds=20)
        yield Connection(
            "M2007J", "", "", knocked, knocked + timedelta(minutes=6, seconds=2), is_waiting=True
        )
