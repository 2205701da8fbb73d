"""Who could be meant by an identity: everybody known, with the look-ups that matching needs."""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from academy.attendance.matching.resemblance import Bearers
from academy.lib.names import comparable, loose_key

_Key = TypeVar("_Key", bound=Hashable)
#: As many letters of a word are enough to find the names that are worth comparing.
_BEGINNING = 3
#: Sources of addresses that an organiser vouched for: they count like those that were proved.
VOUCHED = ("import", "command")


@dataclass(frozen=True)
class Candidate:
    """A person who could be meant: everybody known, registered for the series or not."""

    person_id: int
    name: str
    #: Addresses proved to be theirs, and all addresses that they gave.
    verified_emails: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    external_ids: frozenset[str] = frozenset()
    is_registrant: bool = True


@dataclass(frozen=True)
class Identity:
    """One who of a live session's evidence, as it came."""

    key: str
    names: tuple[str, ...]
    original_names: tuple[str, ...] = ()
    email: str | None = None
    external_ids: frozenset[str] = frozenset()
    #: Moments of joining, aware; only for the rule of the personal link.
    joined: tuple[dt.datetime, ...] = ()
    #: Whether the host of a listening point entered it, so that no device showed it.
    is_entered: bool = False
    #: Whom a match that stands already says it is; only for the rule of the personal link.
    stands_for: int | None = None


@dataclass(frozen=True)
class LinkUse:
    """A personal link that somebody opened."""

    person_id: int
    at: dt.datetime


#: What humans decided in this series: (name shown, name in brackets or "") to the person, or to
#: several, the latest first, where it was not always the same one.
Remembered = Mapping[tuple[str, str], int | tuple[int, ...]]


class Known:
    """All candidates, indexed once for a whole file."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self.candidates = candidates
        #: What the ladder found out about names and a person before: people come back each week.
        self.answered: dict[Hashable, Any] = {}

    @cached_property
    def by_id(self) -> dict[int, Candidate]:
        """Candidates by person."""
        return {candidate.person_id: candidate for candidate in self.candidates}

    @cached_property
    def by_external_id(self) -> dict[str, set[int]]:
        """Persons by the identifiers that we gave out."""
        return _index((one.person_id, one.external_ids) for one in self.candidates)

    @cached_property
    def by_verified_email(self) -> dict[str, set[int]]:
        """Persons by proved addresses."""
        return _index((one.person_id, _folded(one.verified_emails)) for one in self.candidates)

    @cached_property
    def by_email(self) -> dict[str, set[int]]:
        """Persons by every address that they ever gave."""
        pairs = ((one.person_id, one.verified_emails | one.emails) for one in self.candidates)
        return _index((person, _folded(emails)) for person, emails in pairs)

    @cached_property
    def by_name(self) -> dict[tuple[str, ...], set[int]]:
        """Persons, registered or not, by their comparable name without titles."""
        return _index((one.person_id, [comparable(one.name).key]) for one in self.candidates)

    @cached_property
    def by_word(self) -> dict[str, set[int]]:
        """Persons by every word of their names."""
        return _index((one.person_id, comparable(one.name).strong) for one in self.candidates)

    @cached_property
    def registrants_by_beginning(self) -> dict[str, set[int]]:
        """Registrants by the first letters of their words, to find whom to compare with."""
        return _index(
            (one.person_id, beginnings(one.name)) for one in self.candidates if one.is_registrant
        )

    @cached_property
    def loose_names(self) -> dict[int, str]:
        """Names as suggestions compare them, by person."""
        return {one.person_id: loose_key(one.name) for one in self.candidates}

    @cached_property
    def registrants(self) -> Bearers:
        """Registrants by all that their names may be read as."""
        return Bearers({one.person_id: one.name for one in self.candidates if one.is_registrant})

    @cached_property
    def others(self) -> Bearers:
        """Everybody else whom the academy knows, in the same way."""
        return Bearers(
            {one.person_id: one.name for one in self.candidates if not one.is_registrant}
        )

    @cached_property
    def lone_words(self) -> set[int]:
        """Persons whose name is one word."""
        return {person for person, name in self.loose_names.items() if " " not in name}


@lru_cache(maxsize=50_000)
def beginnings(name: str) -> frozenset[str]:
    """Return the first letters of each word of a name, accents and variants levelled."""
    return frozenset(word[:_BEGINNING] for word in loose_key(name).split())


def _index(pairs: Iterable[tuple[int, Iterable[_Key]]]) -> dict[_Key, set[int]]:
    found: dict[_Key, set[int]] = defaultdict(set)
    for person_id, keys in pairs:
        for key in keys:
            found[key].add(person_id)
    return dict(found)


def _folded(emails: Iterable[str]) -> set[str]:
    return {email.strip().casefold() for email in emails}
