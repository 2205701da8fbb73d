"""What each published figure means: pure functions from facts to numbers whose parts add up."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import mean, median
from typing import Any, TypedDict

#: The country of those whose country nobody knows.
Country = str | None
Intervals = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Presence:
    """One who came to one live session: a matched person, or an identity nobody matched yet."""

    live_session_id: int
    #: None while unmatched.
    person_id: int | None
    country: Country
    #: Whole minutes; None where the evidence gives none.
    minutes: int | None
    #: Seconds after the start, merged and clipped.
    intervals: Intervals


@dataclass(frozen=True, slots=True)
class LiveSessionFacts:
    """What the ledger says of one live session."""

    id: int
    slug: str
    title: str
    number: int
    starts_at: datetime
    minutes: int
    zone: str
    #: Standing registrations that said no to this live session.
    declined: int
    #: None where no attendance file has been read: nobody knows who came.
    excluded: int | None


@dataclass(frozen=True, slots=True)
class Listeners:
    """The listening points of one live session and the people counted there without a name."""

    points: int = 0
    women: int = 0
    men: int = 0
    others: int = 0

    @property
    def people(self) -> int:
        """Everybody counted without a name; who was entered by name is among the presences."""
        return self.women + self.men + self.others

    def __add__(self, other: "Listeners") -> "Listeners":
        return Listeners(
            self.points + other.points,
            self.women + other.women,
            self.men + other.men,
            self.others + other.others,
        )

    def describe(self) -> dict[str, int]:
        """Return the report's object; women, men and others add up to people."""
        return {
            "points": self.points,
            "people": self.people,
            "women": self.women,
            "men": self.men,
            "others": self.others,
        }


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside those who came to one live session and is never among them."""

    #: Joinings of devices in the files; None where no file tells of devices.
    connections: int | None = None
    listeners: Listeners = Listeners()


NOTHING_BESIDE = Beside()


class CountryCount(TypedDict):
    """One line of the registrants by country."""

    country: Country
    name: str
    registrants: int


class CountryAttendance(TypedDict):
    """One line of those who came, by country; unmatched identities have none."""

    country: Country
    name: str
    people: int
    attendances: int


def count_regions(by_country: Sequence[CountryCount], asia: frozenset[str]) -> dict[str, Any]:
    """Split registrants into Asia (UN M49 region 142), elsewhere and unknown."""
    parts = {name: {"registrants": 0, "countries": 0} for name in ("asia", "elsewhere", "unknown")}
    for line in by_country:
        part = parts[_region(line["country"], asia)]
        part["registrants"] += line["registrants"]
        part["countries"] += line["country"] is not None
    return parts


def _region(country: Country, asia: frozenset[str]) -> str:
    if country is None:
        return "unknown"
    return "asia" if country in asia else "elsewhere"


def describe_live_session(
    facts: LiveSessionFacts,
    presences: Sequence[Presence],
    registrants: int,
    beside: Beside = NOTHING_BESIDE,
) -> dict[str, Any]:
    """Return the contract's object for one live session; null where there is no evidence.

    Registered are the standing registrations less those that said no to this live session.
    People reached are those who came and the people of listening points who have no name.
    """
    line: dict[str, Any] = {
        "live_session": facts.slug,
        "starts_at": facts.starts_at.isoformat().replace("+00:00", "Z"),
        "registered": registrants - facts.declined,
    }
    if facts.excluded is None:
        unknown = dict.fromkeys(("attended", "matched", "unmatched", "excluded"))
        nothing = {"minutes": {"mean": None, "median": None}, "peak": None}
        return {**line, **unknown, **nothing, **describe_beside(None, beside)}
    matched = sum(presence.person_id is not None for presence in presences)
    return {
        **line,
        "attended": len(presences),
        "matched": matched,
        "unmatched": len(presences) - matched,
        "excluded": facts.excluded,
        "minutes": describe_minutes([p.minutes for p in presences if p.minutes is not None]),
        "peak": find_peak([p.intervals for p in presences if p.intervals]),
        **describe_beside(len(presences), beside),
    }


def describe_beside(attended: int | None, beside: Beside) -> dict[str, Any]:
    """Return connections and listening points, and whom the live session reached with them.

    Where nobody knows who came, nobody knows how many it reached.
    """
    people = beside.listeners.people
    return {
        "connections": beside.connections,
        "listening_points": beside.listeners.describe(),
        "people_reached": None if attended is None else attended + people,
    }


def describe_minutes(minutes: Sequence[int]) -> dict[str, float | None]:
    """Return mean and median of known minutes, to one decimal."""
    if not minutes:
        return {"mean": None, "median": None}
    return {"mean": round(float(mean(minutes)), 1), "median": round(float(median(minutes)), 1)}


def find_peak(people: Iterable[Intervals]) -> int | None:
    """Return the largest number of people present at the same second; None without times."""
    changes = sorted(
        (second, change)
        for intervals in people
        for start, end in intervals
        for second, change in ((start, 1), (end, -1))
    )
    present = highest = 0
    for _second, change in changes:
        present += change
        highest = max(highest, present)
    return highest if changes else None


def draw_curve(people: Iterable[Intervals], minutes: int) -> list[int]:
    """Return how many were present at the start of each minute, 0 … minutes - 1."""
    change = [0] * (minutes + 1)
    for intervals in people:
        for start, end in intervals:
            first, last = -(-start // 60), -(-end // 60)
            change[min(first, minutes)] += 1
            change[min(last, minutes)] -= 1
    present, curve = 0, []
    for step in change[:minutes]:
        present += step
        curve.append(present)
    return curve


def describe_return(presences: Sequence[Presence], held: int) -> dict[str, int]:
    """Count people (matched ones only): who came at all, at least twice, and every time."""
    times = Counter(p.person_id for p in presences if p.person_id is not None)
    return {
        "people": len(times),
        "returning": sum(count > 1 for count in times.values()),
        "attended_all": sum(count == held for count in times.values()) if held else 0,
    }


def describe_reach(lines: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the sums over the live sessions.

    Attendances reached are the attendances, as far as they are known, and the people of listening
    points without a name: it is always the sum of these two.
    """
    connections = [x["connections"] for x in lines if x["connections"] is not None]
    listening = {
        name: sum(line["listening_points"][name] for line in lines)
        for name in ("points", "people", "women", "men", "others")
    }
    attendances = sum(line["attended"] or 0 for line in lines)
    return {
        "connections": sum(connections) if connections else None,
        "listening_points": listening,
        "attendances_reached": attendances + listening["people"],
    }


def describe_sizes(sizes: Sequence[int]) -> dict[str, Any]:
    """Return the sum, the mean to one decimal, the largest and the smallest of `sizes`."""
    return {
        "attendances": sum(sizes),
        "mean": round(float(mean(sizes)), 1) if sizes else None,
        "largest": max(sizes, default=None),
        "smallest": min(sizes, default=None),
    }
