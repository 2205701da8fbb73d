"""What discussion asks of higher areas: may this appear, and what is a thread about."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from academy.people.models import Person


@dataclass(frozen=True, slots=True)
class Draft:
    """A post or an edit before it appears."""

    author: Person
    body: str
    thread_id: int | None
    #: Whether something that everybody sees already is changed.
    is_edit: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a draft: shown, held for a moderator, or refused with what to do."""

    outcome: Literal["show", "hold", "refuse"]
    #: A key of the gatekeeper's reasons ("first_posts", "suspended"); empty when shown.
    reason: str = ""
    #: Seconds until the author may try again, where waiting helps.
    wait_seconds: int = 0


SHOW = Verdict("show")
#: Asked before a post or an edit appears, inside the transaction that writes it.
Gatekeeper = Callable[[Draft], Verdict]
_gatekeeper: list[Gatekeeper] = [lambda _draft: SHOW]


def plug_gatekeeper(gatekeeper: Gatekeeper) -> None:
    """Let `gatekeeper` judge every post and edit (done by wiring.py)."""
    _gatekeeper[0] = gatekeeper


def judge(draft: Draft) -> Verdict:
    """Ask what becomes of a draft."""
    return _gatekeeper[0](draft)


#: Told, inside its transaction, which posts were held and why: they go into the moderators' queue.
HoldKeeper = Callable[[Mapping[int, str]], None]
_hold_keepers: list[HoldKeeper] = []


def plug_hold_keeper(keeper: HoldKeeper) -> None:
    """Let `keeper` be told of held posts (done by wiring.py); twice is once."""
    _hold_keepers[:] = [keeper]


def tell_held(reasons: Mapping[int, str]) -> None:
    """Say which posts wait for a moderator: {post id: reason}."""
    for keeper in _hold_keepers:
        keeper(reasons)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a thread is about: its words and its page."""

    title: str
    path: str
    #: What it belongs to: the course of a lesson.
    whole: str = ""
    #: What in it people talk about, by the field of a thread: its words, its anchor on the page.
    spots: Mapping[str, tuple[str, str]] = field(default_factory=dict)


#: Given ids of one kind, returns those that `person` may see; one statement.
SubjectFinder = Callable[[Collection[int], Person | None], Mapping[int, Subject]]
_finders: dict[str, SubjectFinder] = {}


def plug_subjects(kind: str, finder: SubjectFinder) -> None:
    """Let `finder` name the subjects of `kind` (done by wiring.py)."""
    _finders[kind] = finder


def find_subjects(kind: str, ids: Collection[int], person: Person | None) -> Mapping[int, Subject]:
    """Return the subjects of one kind that `person` may see, by their ids."""
    return _finders[kind](ids, person) if ids and kind in _finders else {}
