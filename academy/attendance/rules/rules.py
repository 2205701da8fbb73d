"""The rules of a series by which presence becomes attendance, and what makes them impossible."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any, Protocol

#: The longest time before the start at which a door may open, in minutes.
EARLIEST_DOOR = 120
#: More breaks than these nobody takes in one live session.
MOST_BREAKS = 6

#: From when to when, in minutes after the start.
Break = tuple[int, int]


class ImpossibleRules(ValueError):
    """Rules that cannot be: `reason` is a code, `field` the rule, `values` what the words name."""

    def __init__(self, field: str, reason: str, **values: int) -> None:
        """Keep what an edge needs to say it in words."""
        super().__init__(f"{field}: {reason}")
        self.field, self.reason, self.values = field, reason, values


@dataclass(frozen=True, slots=True)
class Rules:
    """How presence at the live sessions of one series is counted."""

    #: So many minutes before the start a live session's door opens.
    door_minutes: int = 15
    #: A known stay shorter than this, in whole minutes, is no attendance.
    smallest_stay: int = 0
    #: In order, none overlapping another.
    breaks: tuple[Break, ...] = ()
    #: Whether who opened the door, and of whom nothing else is known, came.
    door_counts: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return what a JSON column keeps."""
        pairs = [list(pair) for pair in self.breaks]
        return {one.name: getattr(self, one.name) for one in fields(self)} | {"breaks": pairs}


class Ruled(Protocol):
    """What has rules: a series, or a row with these columns of it."""

    @property
    def door_minutes(self) -> int: ...  # noqa: D102 (as in Rules)
    @property
    def smallest_stay(self) -> int: ...  # noqa: D102
    @property
    def breaks(self) -> Sequence[Sequence[int]]: ...  # noqa: D102
    @property
    def door_counts(self) -> bool: ...  # noqa: D102


def rules_of(series: Ruled) -> Rules:
    """Return the rules in force."""
    breaks = breaks_of(series.breaks)
    return Rules(series.door_minutes, series.smallest_stay, breaks, series.door_counts)


def rules_from_json(kept: dict[str, Any]) -> Rules:
    """Return the rules that `as_json` kept; what is missing is as in a new series."""
    return Rules(**(kept | {"breaks": breaks_of(kept.get("breaks", []))}))


def breaks_of(pairs: Iterable[Sequence[int]]) -> tuple[Break, ...]:
    """Return pairs of minutes in order, each a tuple."""
    return tuple(sorted((int(first), int(last)) for first, last in pairs))


def check_rules(rules: Rules, longest: int) -> None:
    """Raise ImpossibleRules for rules that no live session of `longest` minutes can have."""
    if not 0 <= rules.door_minutes <= EARLIEST_DOOR:
        raise ImpossibleRules("door_minutes", "out_of_range", most=EARLIEST_DOOR)
    _check_breaks(rules.breaks, longest)
    counted = longest - sum(last - first for first, last in rules.breaks)
    if not 0 <= rules.smallest_stay <= counted:
        raise ImpossibleRules("smallest_stay", "out_of_range", most=counted)


def _check_breaks(breaks: Sequence[Break], longest: int) -> None:
    if len(breaks) > MOST_BREAKS:
        raise ImpossibleRules("breaks", "too_many", most=MOST_BREAKS)
    for first, last in breaks:
        if first >= last:
            raise ImpossibleRules("breaks", "ends_before_it_begins", first=first, last=last)
        if first < 0 or last > longest:
            raise ImpossibleRules("breaks", "outside", first=first, last=last, most=longest)
    for earlier, later in pairwise(breaks):
        if later[0] < earlier[1]:
            raise ImpossibleRules("breaks", "overlap", first=earlier[1], last=later[0])
    if sum(last - first for first, last in breaks) >= longest:
        raise ImpossibleRules("breaks", "nothing_left")


def counted_parts(breaks: Sequence[Break], length: int) -> list[Break]:
    """Return the parts of `length` minutes in which presence counts: all but the breaks."""
    parts, at = [], 0
    for first, last in breaks:
        parts.append((at, min(first, length)))
        at = last
    parts.append((at, length))
    return [(first, last) for first, last in parts if first < last]
