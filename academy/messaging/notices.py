"""What areas hand over for a mail of news, and what they say of each kind of it.

An area hands over what happened; the ledger gathers it per person, at once, daily or weekly, as
the person likes it. Each kind is plugged in by wiring.py.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from academy.messaging.rhythms import DAILY
from academy.people.models import Person


@dataclass(frozen=True, slots=True)
class Part:
    """One of several things of which a piece of news tells: a title, a sentence, its page."""

    title: str
    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Said:
    """What one piece of news says: a short title, and a sentence or two ("" for none).

    One that tells of several things, such as a selection, names them as parts.
    """

    title: str
    text: str = ""
    parts: Sequence[Part] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing that one person may want to know of."""

    person_id: int
    #: One that was plugged in by `plug_notices`.
    kind: str
    #: What happened ("objection:17"): handed over again for the same person it changes nothing.
    occasion: str
    #: The page about it, from "/" on.
    path: str
    happened_at: datetime
    #: Language to what it says, "en" at least; or nothing, where the kind has a writer.
    words: Mapping[str, Said] = field(default_factory=dict)
    #: What the writer of the kind needs to write it: JSON.
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A piece of news that is about to leave, as gatekeepers and writers see it."""

    id: int
    person_id: int
    occasion: str
    #: Of the texts that there are, the language in which the person reads: "en", "id".
    language: str
    facts: Mapping[str, Any]


#: Asked as a mail leaves: which of these may still be told (its page is there, and the person
#: may see it)? What was hidden meanwhile never leaves. One statement or two for them all.
Gate = Callable[[Sequence[Waiting]], set[int]]
#: Writes these in the words that hold as they leave; what it leaves out is not told.
NoticeWriter = Callable[[Sequence[Waiting]], Mapping[int, Said]]


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of news: its words on the page of choices, and who decides about it."""

    name: str
    #: In English; translated where they are shown (i18n.marks).
    title: str
    about: str
    gate: Gate
    #: Whether there may be news of it for the person: only then are they asked how often.
    concerns: Callable[[Person], bool] = lambda _person: True
    #: How often people hear of it who have not chosen.
    rhythm: str = DAILY
    writer: NoticeWriter | None = None


_kinds: dict[str, NoticeKind] = {}


def plug_notices(*kinds: NoticeKind) -> None:
    """Let areas hand over news of these kinds (done by wiring.py); twice changes nothing."""
    _kinds.update({kind.name: kind for kind in kinds})


def unplug_notices(*names: str) -> None:
    """Take kinds away again (tests)."""
    for name in names:
        _kinds.pop(name, None)


def kind_of(name: str) -> NoticeKind:
    """Return the kind of that name; raises KeyError for one that nobody plugged in."""
    return _kinds[name]


def kinds() -> tuple[NoticeKind, ...]:
    """Return every kind, in the order in which they were plugged in."""
    return tuple(_kinds.values())


def kinds_for(person: Person) -> tuple[NoticeKind, ...]:
    """Return the kinds of which there may be news for the person."""
    return tuple(kind for kind in _kinds.values() if kind.concerns(person))
