"""What the programme needs from higher areas: who notes who came, who freezes and forgets."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from academy.programme.models import LiveSession

#: Told the id of a series, inside the transaction in which its registrants or times changed.
Listener = Callable[[int], object]


def _nobody(_series_id: int) -> None:
    """Stands in where no area listens."""


_listener: list[Listener] = [_nobody]


def plug_listener(listener: Listener) -> None:
    """Let `listener` hear of changed registrants (done by wiring.py)."""
    _listener[0] = listener


def tell_registrants_changed(series_id: int) -> None:
    """Say that a file changed who is registered, or an organiser when a live session was.

    Somebody seen before may be known now, or be a declared host; presence is clipped to the time
    of a live session.
    """
    _listener[0](series_id)


@dataclass(frozen=True, slots=True)
class Keeper:
    """A higher area that keeps something of the people of a series, until retention says stop."""

    #: Who stands in what it keeps of the series, by id.
    people: Callable[[int], set[int]]
    #: What it keeps of them, in numbers by name: {"evidence": 512}.
    count: Callable[[int], dict[str, int]]
    #: Forget all of it inside the caller's transaction.
    forget: Callable[[int], None]
    #: Empty files that nobody needs any more at that moment; return how many.
    drop_files: Callable[[datetime], int]


#: Told the id of a series and the moment, returns its published figures as JSON.
Freezer = Callable[[int, datetime], dict[str, Any]]

_keepers: list[Keeper] = []
_freezer: list[Freezer] = [lambda _series_id, _at: {}]


def plug_keepers(*keepers: Keeper) -> None:
    """Let these areas forget the people of a series when their time is over (by wiring.py)."""
    _keepers[:] = keepers


def keepers() -> tuple[Keeper, ...]:
    """Return who keeps something of the people of a series."""
    return tuple(_keepers)


def plug_freezer(freezer: Freezer) -> None:
    """Let `freezer` say what the figures of a series are (done by wiring.py)."""
    _freezer[0] = freezer


def freeze_figures(series_id: int, at: datetime) -> dict[str, Any]:
    """Return the figures of the series as everybody may read them at that moment."""
    return _freezer[0](series_id, at)


#: Told the id of a series, returns how many objections to its attendance wait for an answer.
ObjectionCounter = Callable[[int], int]
_objections: list[ObjectionCounter] = [lambda _series_id: 0]


def plug_objections(counter: ObjectionCounter) -> None:
    """Let `counter` say how many wait (done by wiring.py)."""
    _objections[0] = counter


def count_objections(series_id: int) -> int:
    """Return how many people of the series say that what was noted of them is not right."""
    return _objections[0](series_id)


#: Told the live session, the id of the person and which of her links opened its door.
Doorkeeper = Callable[[LiveSession, int, int], object]


def _no_doorkeeper(_live_session: LiveSession, _person_id: int, _link_version: int) -> None:
    """Stands in where no area keeps the evidence."""


_doorkeeper: list[Doorkeeper] = [_no_doorkeeper]


def plug_doorkeeper(doorkeeper: Doorkeeper) -> None:
    """Let `doorkeeper` note every opened door (done by wiring.py)."""
    _doorkeeper[0] = doorkeeper


def tell_door_opened(live_session: LiveSession, person_id: int, link_version: int) -> None:
    """Say that the person went in by the personal link, inside the transaction of doing so."""
    _doorkeeper[0](live_session, person_id, link_version)
