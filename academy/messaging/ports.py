"""What messaging asks of higher areas before it sends: is it still to be told, and how."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from academy.messaging.letters import Letter


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

#: Writes messages that were planned without a text, as things stand when they leave.
Writer = Callable[[Sequence[Due]], Mapping[int, Letter]]

gatekeepers: dict[str, Gatekeeper] = {}
writers: dict[str, Writer] = {}


def plug_gatekeeper(area: str, gatekeeper: Gatekeeper) -> None:
    """Let `gatekeeper` of `area` be asked (done by wiring.py); twice changes nothing."""
    gatekeepers[area] = gatekeeper


def find_outdated(due: Sequence[Due]) -> dict[int, str]:
    """Return which of these have nothing to tell any more, and why."""
    outdated: dict[int, str] = {}
    for gatekeeper in gatekeepers.values():
        outdated.update(gatekeeper(due))
    return outdated


def plug_writer(kinds: Sequence[str], writer: Writer) -> None:
    """Let `writer` write the messages of these kinds (done by wiring.py)."""
    writers.update(dict.fromkeys(kinds, writer))


def write(due: Sequence[Due]) -> dict[int, Letter]:
    """Return the letters of these messages, each writer asked once."""
    by_writer: dict[Writer, list[Due]] = {}
    for one in due:
        by_writer.setdefault(writers[one.kind], []).append(one)
    return {
        number: letter
        for writer, theirs in by_writer.items()
        for number, letter in writer(theirs).items()
    }
