"""What messaging asks of higher areas before it sends: is it still to be told, and how."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from academy.messaging.letters import Letter
from academy.messaging.mails import Enclosure
from academy.messaging.moving import OUTBOX, tell_now_and_then


@dataclass(frozen=True, slots=True)
class Due:
    """A message that is about to leave, as a gatekeeper sees it."""

    id: int
    person_id: int
    kind: str
    occasion: str
    address: str = ""


#: Told what is about to leave, all in one statement or two; answers with those that shall not,
#: and why, in words: {17: "the registration was taken back"}.
Gatekeeper = Callable[[Sequence[Due]], Mapping[int, str]]

#: Writes messages that were planned without a text, as things stand when they leave.
Writer = Callable[[Sequence[Due]], Mapping[int, Letter]]

#: Returns what goes into the calendar with each of these, as things stand when they leave.
Encloser = Callable[[Sequence[Due]], Mapping[int, Sequence[Enclosure]]]

#: Told what is about to leave; answers with those that shall wait, and until when.
Nightwatch = Callable[[Sequence[Due]], Mapping[int, datetime]]

gatekeepers: dict[str, Gatekeeper] = {}
nightwatches: dict[str, Nightwatch] = {}
writers: dict[str, Writer] = {}
written_again: set[str] = set()
enclosers: dict[str, Encloser] = {}


def plug_gatekeeper(area: str, gatekeeper: Gatekeeper) -> None:
    """Let `gatekeeper` of `area` be asked (done by wiring.py); twice changes nothing."""
    gatekeepers[area] = gatekeeper


def find_outdated(due: Sequence[Due]) -> dict[int, str]:
    """Return which of these have nothing to tell any more, and why."""
    outdated: dict[int, str] = {}
    for gatekeeper in gatekeepers.values():
        outdated.update(gatekeeper(due))
    return outdated


def plug_nightwatch(area: str, nightwatch: Nightwatch) -> None:
    """Let `nightwatch` of `area` be asked (done by wiring.py); twice changes nothing."""
    nightwatches[area] = nightwatch


def find_sleeping(due: Sequence[Due]) -> dict[int, datetime]:
    """Return which of these would come in somebody's night, and when that ends."""
    sleeping: dict[int, datetime] = {}
    for nightwatch in nightwatches.values():
        sleeping.update(nightwatch(due))
    return sleeping


def plug_writer(kinds: Sequence[str], writer: Writer, *, again: bool = False) -> None:
    """Let `writer` write the messages of these kinds (done by wiring.py).

    Those that were planned with a text keep it, unless they are to be written `again`.
    """
    writers.update(dict.fromkeys(kinds, writer))
    if again:
        written_again.update(kinds)


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


def plug_encloser(kinds: Sequence[str], encloser: Encloser) -> None:
    """Let `encloser` add to the messages of these kinds (done by wiring.py)."""
    enclosers.update(dict.fromkeys(kinds, encloser))


def enclose(due: Sequence[Due]) -> dict[int, Sequence[Enclosure]]:
    """Return what goes into the calendar with these messages, each encloser asked once."""
    by_encloser: dict[Encloser, list[Due]] = {}
    for one in due:
        if one.kind in enclosers:
            by_encloser.setdefault(enclosers[one.kind], []).append(one)
    return {
        number: enclosures
        for encloser, theirs in by_encloser.items()
        for number, enclosures in encloser(theirs).items()
    }


#: Told the occasions of what has just left or stayed, batch by batch.
Follower = Callable[[Collection[str]], object]
_followers: dict[str, Follower] = {}


def plug_follower(kinds: Sequence[str], follower: Follower) -> None:
    """Let `follower` hear how messages of these kinds go on (done by wiring.py)."""
    _followers.update(dict.fromkeys(kinds, follower))


def tell_followers(kinds_and_occasions: Iterable[tuple[str, str]]) -> None:
    """Say that messages of these kinds and occasions have been dealt with, and to the outbox."""
    tell_now_and_then(OUTBOX)
    by_follower: dict[Follower, set[str]] = {}
    for kind, occasion in kinds_and_occasions:
        if kind in _followers:
            by_follower.setdefault(_followers[kind], set()).add(occasion)
    for follower, occasions in by_follower.items():
        follower(occasions)


#: Returns the live sessions of which people are written to, the newest first: (number, title).
Subjects = Callable[[], Sequence[tuple[int, str]]]
_subjects: list[Subjects] = []


def plug_subjects(subjects: Subjects) -> None:
    """Let `subjects` name what the outbox can be narrowed to (done by wiring.py)."""
    _subjects[:] = [subjects]


def list_subjects() -> Sequence[tuple[int, str]]:
    """Return the live sessions that messages may be about; one statement."""
    return _subjects[0]() if _subjects else ()
