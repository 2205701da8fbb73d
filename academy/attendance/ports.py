"""What attendance needs from a higher area: the figures that would follow if others had come."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple


class Came(NamedTuple):
    """One who would have come to one live session."""

    live_session_id: int
    #: None while unmatched.
    person_id: int | None
    country: str | None
    minutes: int | None
    intervals: Sequence[Sequence[int]]


#: Told the slug of a series, who would have come, and by live session how many would have been
#: seen and not counted (None: nobody knows); returns the attendance report now and then.
Measurer = Callable[
    [str, Sequence[Came], Mapping[int, int | None]], tuple[dict[str, Any], dict[str, Any]]
]


def _nothing_measured(
    _slug: str, _came: Sequence[Came], _excluded: Mapping[int, int | None]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Stands in where no area measures."""
    return {"live_sessions": [], "by_country": []}, {"live_sessions": [], "by_country": []}


_measurer: list[Measurer] = [_nothing_measured]


def plug_measurer(measurer: Measurer) -> None:
    """Let `measurer` say what the figures would be (done by wiring.py)."""
    _measurer[0] = measurer


def measure_as_if(
    slug: str, came: Sequence[Came], excluded: Mapping[int, int | None]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the attendance report as it stands, and as it would be."""
    return _measurer[0](slug, came, excluded)
