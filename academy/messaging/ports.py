"""What messaging asks of higher areas before it sends: whether there is still something to tell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Due:
    """A message that is about to leave, as a gatekeeper sees it."""

    id: int
    person_id: int
    kind: str
    occasion: str


#: Told what is about to leave, all in one statement or two; answers with those that shall not,
#: and why, in words: {17: "the registration was taken back"}.
Gatekeeper = Callable[[Sequence[Due]], Mapping[int, str]]

gatekeepers: dict[str, Gatekeeper] = {}


def plug_gatekeeper(area: str, gatekeeper: Gatekeeper) -> None:
    """Let `gatekeeper` of `area` be asked (done by wiring.py); twice changes nothing."""
    gatekeepers[area] = gatekeeper


def find_outdated(due: Sequence[Due]) -> dict[int, str]:
    """Return which of these have nothing to tell any more, and why."""
    outdated: dict[int, str] = {}
    for gatekeeper in gatekeepers.values():
        outdated.update(gatekeeper(due))
    return outdated
