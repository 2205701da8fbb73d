"""The ladder from an identity in a file to a person: it stops before it guesses.

Rules in their order: an external id that we gave out, a personal link used in that minute, a
verified address, a decision that a human made before, an exact name that nobody else bears.
Whatever is only likely is a suggestion with its reasons, for a human. All functions are pure.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from academy.attendance.matching.candidates import Candidate, Identity, Known, LinkUse, Remembered
from academy.attendance.matching.clicks import Clicks, of_registrants
from academy.attendance.matching.memory import (
    addressed_pairs_of,
    is_telling,
    names_nobody,
    pairs_of,
    people_of,
)
from academy.attendance.matching.outcomes import Doubtful, Outcome, Rule
from academy.attendance.matching.suggestions import (
    Reason,
    Suggestion,
    likeness_to,
)
from academy.lib.names import comparable, mentions_device

__all__ = [
    "Candidate",
    "Identity",
    "Known",
    "LinkUse",
    "Outcome",
    "Reason",
    "Remembered",
    "Room",
    "Rule",
    "Suggestion",
    "keys_of",
    "match_all",
    "pairs_of",
]

#: A rule's answer: the person if it is certain, and people with the reasons why it is not.
_Answer = tuple[int | None, dict[int, tuple[Reason, ...]]]
_NOBODY: _Answer = (None, {})


class _Climbed(NamedTuple):
    """How far an identity came: the person with the rule, and whom it nearly is, with why not."""

    person_id: int | None
    rule: Rule | None
    nearly: dict[int, tuple[Reason, ...]]


def match_all(
    identities: Sequence[Identity],
    known: Known,
    *,
    remembered: Remembered | None = None,
    links: Sequence[LinkUse] = (),
    clicks: Clicks | None = None,
    everybody: "Sequence[Identity] | Room | None" = None,
    present: Collection[int] = (),
) -> list[Outcome]:
    """Return one outcome for each identity, in their order.

    A name is certain only if one person showed it. So where `identities` are not all of the live
    session, `everybody` must be: with those whom a human matched already, hosts and bots.
    `clicks` are the links set beside arrivals already, where `everybody` is only counted.
    `present` are people who are there already: they are suggested after those who are missing.
    """
    there = identities if everybody is None else everybody
    room = there if isinstance(there, Room) else Room(there)
    ladder = _Ladder(known, room, remembered or {}, clicks or Clicks())
    if links and not isinstance(there, Room):
        ladder = replace(ladder, clicks=_set_beside(ladder, identities, there, links))
    climbed = [(identity, ladder.climb(identity)) for identity in identities]
    there_already = {*present, *(one.person_id for _identity, one in climbed if one.person_id)}
    return [_outcome(identity, one, known, there_already) for identity, one in climbed]


def _outcome(identity: Identity, climbed: _Climbed, known: Known, present: set[int]) -> Outcome:
    """Return who it is; where no rule is certain, of what the suggestions can be made."""
    if climbed.person_id is not None:
        return Outcome(identity, climbed.person_id, climbed.rule)
    return Outcome(identity, doubtful=Doubtful(known, climbed.nearly, present))


def _set_beside(
    ladder: "_Ladder",
    identities: Sequence[Identity],
    there: Sequence[Identity],
    links: Sequence[LinkUse],
) -> Clicks:
    """Return the clicks beside those whom the other rules leave open."""
    firm, named = dict[str, int](), dict[str, int]()
    for one in identities:
        person, rule, _nearly = ladder.climb(one)
        if person is not None:
            (named if rule == "unique_name" else firm)[one.key] = person
    return Clicks(there, of_registrants(links, ladder.known), firm, named)


class Room:
    """How often each name and each remembered pair was shown in this live session.

    Devices and listening points are counted apart: who is on a device and is entered by the host
    of a room under the very same name is one person, as who stands in two files is.
    """

    def __init__(self, identities: Iterable[Identity] = ()) -> None:
        self.names: Counter[tuple[bool, tuple[str, ...]]] = Counter()
        self.pairs: Counter[tuple[bool, tuple[str, str]]] = Counter()
        for one in identities:
            self.add(keys_of(one), pairs_of(one), is_entered=one.is_entered)

    def add(
        self,
        keys: Iterable[tuple[str, ...]],
        pairs: Iterable[tuple[str, str]],
        *,
        is_entered: bool,
    ) -> None:
        """Let one more be there, by the keys of the names shown and by the pairs."""
        self.names.update((is_entered, key) for key in keys)
        self.pairs.update((is_entered, pair) for pair in pairs)

    def shows_name_twice(self, identity: Identity) -> bool:
        """Whether somebody else showed one of the names, or was entered under it, alike."""
        keys = (comparable(name).key for name in identity.names)
        return any(self.names[identity.is_entered, key] > 1 for key in keys)

    def shows_pair_twice(self, identity: Identity) -> bool:
        """Whether somebody else showed a name with the same original one, alike."""
        return any(self.pairs[identity.is_entered, pair] > 1 for pair in pairs_of(identity))


def keys_of(identity: Identity) -> set[tuple[str, ...]]:
    """Return the names shown as they are compared."""
    return {comparable(name).key for name in identity.names}


@dataclass(frozen=True)
class _Ladder:
    known: Known
    room: Room
    remembered: Remembered
    clicks: Clicks

    def climb(self, identity: Identity) -> _Climbed:
        """Climb until a rule is certain; a rule that is nearly so leaves its reasons behind."""
        nearly: dict[int, tuple[Reason, ...]] = {}
        rules: tuple[tuple[Rule, Callable[[Identity], _Answer]], ...] = (
            ("external_id", self._by_external_id),
            ("personal_link", self._by_personal_link),
            ("email", self._by_email),
            ("remembered", self._by_memory),
            ("unique_name", self._by_name),
        )
        for rule, ask in rules:
            person, doubts = ask(identity)
            for doubtful, reasons in doubts.items():
                nearly[doubtful] = tuple(dict.fromkeys(nearly.get(doubtful, ()) + reasons))
            if person is not None:
                return _Climbed(person, rule, nearly)
            is_contested = any("name_of_another_person" in reasons for reasons in doubts.values())
            if is_contested and self._by_account(identity) is None:
                break
        return _Climbed(None, None, nearly)

    def _by_external_id(self, identity: Identity) -> _Answer:
        people = {
            person
            for external_id in identity.external_ids
            for person in self.known.by_external_id.get(external_id, ())
        }
        return (people.pop(), {}) if len(people) == 1 else _NOBODY

    def _by_personal_link(self, identity: Identity) -> _Answer:
        people = self.clicks.people.get(identity.key, set())
        if len(people) != 1 or identity.key in self.clicks.unclear:
            return None, dict.fromkeys(sorted(people), ("unclear_link",))
        [person] = people
        found, doubts = self._unless_named_otherwise(identity, person, "unclear_link")
        if found and any(self._is_a_name_unlike(name, person) for name in identity.names):
            return None, {person: ("unclear_link",)}
        return found, doubts

    def _is_a_name_unlike(self, name: str, person: int) -> bool:
        """A device says nothing, but of a name that is the person's some word is hers."""
        own = set(comparable(self.known.by_id[person].name).strong)
        return not names_nobody(name) and not own & set(comparable(name).strong)

    def _by_email(self, identity: Identity) -> _Answer:
        owners = self.known.by_email.get(identity.email or "", set())
        verified = self.known.by_verified_email.get(identity.email or "", set())
        if len(owners) > 1:
            return None, dict.fromkeys(sorted(owners), ("shared_email",))
        if len(verified) != 1:
            return None, dict.fromkeys(sorted(owners), ("unverified_email",))
        return self._unless_named_otherwise(identity, next(iter(verified)), "email_of_this_person")

    def _by_memory(self, identity: Identity) -> _Answer:
        """What a human decided holds for the very same names, if they still point to one person."""
        pairs = pairs_of(identity)
        found = [one for pair in sorted(pairs) for one in people_of(self.remembered.get(pair))]
        people = [one for one in dict.fromkeys(found) if one in self.known.by_id]
        if len(people) != 1 or not all(
            isinstance(self.remembered.get(pair), int) for pair in pairs
        ):
            return None, dict.fromkeys(people, ("unclear_memory",))
        [person] = people
        doubts = self._doubts_about_memory(identity, person)
        return (None, {person: ("unclear_memory", *doubts)}) if doubts else (person, {})

    def _doubts_about_memory(self, identity: Identity, person: int) -> list[Reason]:
        is_same_account = self._is_same_account(identity, person)
        doubts: list[Reason] = []
        if self.room.shows_pair_twice(identity):
            doubts.append("name_shown_twice")
        if any(names_nobody(name) for name in identity.names) and not _can_be_remembered(identity):
            doubts.append("name_of_a_device")
        elif not is_same_account and not _can_be_remembered(identity):
            doubts.append("one_word_name")
        if not is_same_account and self._may_be_another(identity, person):
            doubts.append("several_people_of_this_name")
        if not is_same_account and self._email_is_of_another(identity, person):
            doubts.append("email_of_another_person")
        elif identity.email and not identity.original_names and not is_same_account:
            doubts.append("unverified_email")
        return doubts

    def _is_same_account(self, identity: Identity, person: int) -> bool:
        """Say whether the address is this person's alone, or stood here when a human decided."""
        owners = self.known.by_email.get(identity.email or "", set())
        return owners == {person} or (len(owners) <= 1 and self._by_account(identity) == person)

    def _by_account(self, identity: Identity) -> int | None:
        """Return whom humans named when all these names stood beside this very address."""
        people = {self.remembered.get(pair) for pair in addressed_pairs_of(identity)}
        person = people.pop() if len(people) == 1 else None
        return person if isinstance(person, int) else None

    def _may_be_another(self, identity: Identity, person: int) -> bool:
        """Say whether a name without an original one is more like the name of somebody else."""
        if identity.original_names:
            return bool(self._names_another(identity.names, person))
        names = [name for name in identity.names if not names_nobody(name)]
        groups = [
            [self.known.by_word.get(word, set()) for word in comparable(name).strong]
            for name in names
        ]
        if any(set.intersection(*group) - {person} for group in groups if group):
            return True
        return any(self._resembled(name, person, but_for=0) for name in names)

    def _by_name(self, identity: Identity) -> _Answer:
        """Exact, unique among registrants, among all people, and among those in the room."""
        people = {person for name in identity.names for person in self._bearers(name)}
        doubts: list[Reason] = []
        if len(people) > 1:
            doubts.append("several_people_of_this_name")
        if any(not self._can_stand_for_a_person(name) for name in identity.names):
            lone: list[Reason] = ["same_name", "one_word_name", *doubts]
            return _NOBODY if not people else (None, self._registrants(people, lone))
        if self.room.shows_name_twice(identity):
            doubts.append("name_shown_twice")
        if not all(self._bearers(name) for name in identity.names):
            doubts.append("similar_name")
        for person in people:
            doubts += self._doubts_about(identity, person)
            if any(self.remembered.get(pair, person) != person for pair in pairs_of(identity)):
                doubts.append("unclear_memory")
        if not people or doubts:
            return None, self._registrants(people, ["same_name", *doubts])
        person = next(iter(people))
        return (person, {}) if self.known.by_id[person].is_registrant else _NOBODY

    def _registrants(
        self, people: set[int], reasons: list[Reason]
    ) -> dict[int, tuple[Reason, ...]]:
        once = tuple(dict.fromkeys(reasons))
        return {person: once for person in sorted(people) if self.known.by_id[person].is_registrant}

    def _bearers(self, name: str) -> set[int]:
        return set() if names_nobody(name) else self.known.by_name.get(comparable(name).key, set())

    def _can_stand_for_a_person(self, name: str) -> bool:
        """A lone word is enough only if it is a part of nobody else's name."""
        words = comparable(name).strong
        if names_nobody(name) or mentions_device(name):
            return False
        return len(words) > 1 or len(self.known.by_word.get(words[0], ())) == 1

    def _doubts_about(self, identity: Identity, person: int) -> list[Reason]:
        candidate = self.known.by_id[person]
        doubts: list[Reason] = []
        if any(not _titles_agree(name, candidate.name) for name in identity.names):
            doubts.append("other_title")
        if self._email_is_of_another(identity, person):
            doubts.append("email_of_another_person")
        if self._names_another(identity.original_names, person):
            doubts.append("name_of_another_person")
        return doubts

    def _unless_named_otherwise(self, identity: Identity, person: int, reason: Reason) -> _Answer:
        """A daughter at her father's device: the way in is his, the name shown is hers."""
        asked = (identity.names, person, reason)
        if (answer := self.known.answered.get(asked)) is None:
            answer = self._compare_names(identity.names, person, reason)
            self.known.answered[asked] = answer
        return answer

    def _compare_names(self, names: Sequence[str], person: int, reason: Reason) -> _Answer:
        bearers = self._names_another(names, person)
        others = bearers | self._nearly_names_another(names, person)
        if not others:
            return person, {}
        doubts: dict[int, tuple[Reason, ...]] = {person: (reason, "name_of_another_person")}
        for other in sorted(others):
            name: Reason = "same_name" if other in bearers else "similar_name"
            doubts[other] = (name, "email_of_another_person")
        return None, doubts

    def _nearly_names_another(self, names: Iterable[str], person: int) -> set[int]:
        """Return other people whose name, or a part of it, is shown rather than the person's."""
        own = set(comparable(self.known.by_id[person].name).strong)
        others: set[int] = set()
        for name in names:
            words = set(comparable(name).strong)
            if not names_nobody(name) and not words & own:
                parts = [self.known.by_word.get(word, set()) for word in words]
                others |= set.intersection(*parts)
            if not names_nobody(name) and not words <= own:
                others |= self._resembled(name, person, but_for=1)
        return others - {person}

    def _resembled(self, name: str, person: int, *, but_for: float) -> set[int]:
        """Return others whose name is like it, and more so than the person's or as much."""
        likeness = likeness_to(name, self.known)
        own = likeness.get(person, 0.0) + but_for
        return {other for other, score in likeness.items() if other != person and score >= own}

    def _names_another(self, names: Iterable[str], person: int) -> set[int]:
        """Return other people who bear one of the names, if that person does not bear it too."""
        bearers = [self._bearers(name) for name in names]
        return {other for group in bearers if person not in group for other in group}

    def _email_is_of_another(self, identity: Identity, person: int) -> bool:
        owners = self.known.by_email.get(identity.email or "", set())
        return bool(owners) and person not in owners


def _can_be_remembered(identity: Identity) -> bool:
    """A device or a first name is remembered only with an original name in brackets."""
    has_original = any(not names_nobody(name) for name in identity.original_names)
    return has_original or all(map(is_telling, identity.names))


def _titles_agree(shown: str, known: str) -> bool:
    """A title may be missing on one side of a name of several words; two must be the same."""
    one, other = comparable(shown), comparable(known)
    if one.titles == other.titles:
        return True
    return len(one.strong) > 1 and not (one.titles and other.titles)
