"""What people need from higher areas: who sends their mail, and who else holds what of them."""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from academy.people.models import Person

log = logging.getLogger(__name__)


class Postman(Protocol):
    """Takes one message for one person, inside the transaction that it belongs to."""

    def __call__(
        self, person_id: int, address: str, kind: str, occasion: str, values: Mapping[str, str]
    ) -> object:
        """Plan the message of `kind`; `occasion` makes it unique ("token:17")."""


class _Nobody:
    """Stands in for the postman where no area that carries mail was plugged in."""

    def __call__(
        self, person_id: int, address: str, kind: str, occasion: str, values: Mapping[str, str]
    ) -> object:
        """Say that the message was not planned."""
        log.warning("nobody carries mail here: a message of kind %s was not planned", kind)
        return None


_postman: list[Postman] = [_Nobody()]


def plug_postman(postman: Postman) -> None:
    """Let `postman` carry the mail of people (done by wiring.py)."""
    _postman[0] = postman


def post(person_id: int, address: str, kind: str, occasion: str, values: Mapping[str, str]) -> None:
    """Hand one message to whoever carries mail."""
    _postman[0](person_id, address, kind, occasion, values)


#: Told of people whose zone, or hours in which they want to hear nothing, have changed.
Timekeeper = Callable[[Collection[int]], None]

_timekeepers: dict[str, Timekeeper] = {}


def plug_timekeeper(area: str, timekeeper: Timekeeper) -> None:
    """Let `timekeeper` of `area` be told of new hours (done by wiring.py); twice is once."""
    _timekeepers[area] = timekeeper


def tell_new_hours(person_ids: Collection[int]) -> None:
    """Say that the clock or the quiet hours of these people are others than before."""
    for timekeeper in _timekeepers.values():
        timekeeper(person_ids)


@dataclass(frozen=True, slots=True)
class Holder:
    """A higher area that holds something of persons: what, why still, and how it lets go."""

    name: str
    #: Of these persons, those whom the area still needs by what stands in it; what hangs on the
    #: series of that id, if one is given, is about to go and does not count.
    needed: Callable[[Collection[int], int | None], set[int]]
    #: Everything that the area holds of one person, as JSON that the person can read.
    told: Callable[[int], dict[str, Any]]
    #: Let go of the person inside the caller's transaction, so that no figure changes.
    let_go: Callable[[int], None]


_holders: list[Holder] = []


def plug_holders(holders: Sequence[Holder]) -> None:
    """Let these areas speak for what they hold, the highest first (done by wiring.py)."""
    _holders[:] = holders


def holders() -> tuple[Holder, ...]:
    """Return who holds something of persons besides this area."""
    return tuple(_holders)


#: Whether a decision of moderators keeps somebody from taking part for now.
Suspension = Callable[[Person], bool]
_suspension: list[Suspension] = [lambda _person: False]


def plug_suspension(suspension: Suspension) -> None:
    """Let `suspension` say who is suspended (done by wiring.py)."""
    _suspension[0] = suspension


def is_suspended(person: Person) -> bool:
    """Ask whether the person may not write, react, flag or be counted for now; one statement."""
    return _suspension[0](person)
