"""How a name shown may be that of somebody known, read generously, with the reason, for a human.

Only suggestions ask here. The ladder's own doubts keep to `suggestions.likeness_to`, so that what
is matched without a human does not depend on how generously somebody is suggested. All are pure.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from rapidfuzz import fuzz, process

from academy.lib.name_readings import Reading, readings
from academy.lib.names import comparable
from academy.lib.scripts import han_pattern, is_latin, sound_of

#: In which way two names are alike, the strongest first.
Way = Literal[
    "same_name",
    "same_without",
    "other_spelling",
    "same_joined",
    "one_of_several",
    "other_script",
    "part_of_the_name",
    "initials_agree",
    "similar_without",
    "similar_name",
    "alike_in_sound",
    "their_only_name",
    "part_of_a_word",
    "a_little_alike",
]

_SIMILAR, _A_LITTLE, _ALIKE_IN_SOUND = 82.0, 72.0, 80.0
#: Fewer consonants than these are everybody's.
_FEWEST_SOUNDS = 2
#: Letters that tell where to look, and that a shortened name keeps: Ria of Mariana.
_BEGINNING = 3
#: A word that so many bear says too little to compare them all.
_MOST_COMPARED = 300
_MOST, _MOST_KEPT = 12, 10_000
#: A name and what stands in brackets beside it.
_MOST_READINGS = 2


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Somebody who may be meant, how alike the names are (to 100), and in which way."""

    person_id: int
    score: float
    way: Way
    #: Words of address without which the names were compared, as they are written.
    without: tuple[str, ...] = ()

    @property
    def is_left_out_besides(self) -> bool:
        """Whether words were left out and the way itself does not tell so."""
        return bool(self.without) and self.way not in {"same_without", "similar_without"}


class _Keys(NamedTuple):
    """By what a name is found, however it may be read."""

    together: frozenset[str]
    words: frozenset[str]
    beginnings: frozenset[str]
    ordered: tuple[str, ...]
    has_initials: bool


@lru_cache(maxsize=50_000)
def _keys_of(name: str) -> _Keys:
    own = readings(name)
    words = frozenset(word for one in own for word in one.words)
    return _Keys(
        frozenset(key for one in own for key in (one.ordered, one.whole, *_joined_ways(one))),
        words,
        frozenset(word[:_BEGINNING] for word in words),
        tuple(one.ordered for one in own),
        has_initials=any(one.initials for one in own),
    )


class Bearers:
    """People by everything that their names may be read as, made once and asked many times."""

    def __init__(self, names: dict[int, str]) -> None:
        self.names = names
        self._kept: dict[str, tuple[Resemblance, ...]] = {}

    def resembling(self, name: str) -> tuple[Resemblance, ...]:
        """Return those whose names resemble this one, the likest of each first; remembered."""
        if name not in self._kept:
            if len(self._kept) > _MOST_KEPT:
                self._kept.clear()
            self._kept[name] = tuple(self._find(name))
        return self._kept[name]

    def _find(self, name: str) -> list[Resemblance]:
        found: dict[int, Resemblance] = {}
        for ask in (_same, _in_another_script, _partly, _by_initials, _similar, _a_little):
            if len(found) >= _MOST or (ask in _LAST_RESORTS and found):
                break
            for one in ask(name, self):
                if one.person_id not in found or found[one.person_id].score < one.score:
                    found[one.person_id] = one
        return sorted(found.values(), key=lambda one: -one.score)

    @cached_property
    def readings(self) -> dict[int, tuple[Reading, ...]]:
        """How the name of each may be read."""
        return {person: readings(name) for person, name in self.names.items()}

    @cached_property
    def by_words(self) -> dict[str, set[int]]:
        """People by all words of a reading, in an order of their own and without spaces."""
        return self._index("together")

    @cached_property
    def by_word(self) -> dict[str, set[int]]:
        """People by every word."""
        return self._index("words")

    @cached_property
    def by_beginning(self) -> dict[str, set[int]]:
        """People by the first letters of every word."""
        return self._index("beginnings")

    def _index(self, which: str) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for person, name in self.names.items():
            for key in getattr(_keys_of(name), which):
                found[key].add(person)
        return dict(found)

    @cached_property
    def ordered(self) -> tuple[dict[int, str], ...]:
        """The words of the first readings in an order of their own."""
        keys = {person: _keys_of(name).ordered for person, name in self.names.items()}
        return tuple(
            {person: own[at] for person, own in keys.items() if len(own) > at}
            for at in range(_MOST_READINGS)
        )

    @cached_property
    def with_initials(self) -> set[int]:
        """People who gave an initial instead of a name."""
        return {person for person, name in self.names.items() if _keys_of(name).has_initials}

    @cached_property
    def sounds(self) -> dict[int, str]:
        """The consonants of every name."""
        return {person: sound_of(name) for person, name in self.names.items()}

    @cached_property
    def in_other_scripts(self) -> dict[int, str]:
        """The consonants of names that are not in Latin letters."""
        return {number: self.sounds[number] for number in self.names if not self.is_latin(number)}

    @cached_property
    def in_han(self) -> dict[int, re.Pattern[str]]:
        """What names in Chinese characters are in Latin letters."""
        found = {person: han_pattern(name) for person, name in self.names.items()}
        return {person: pattern for person, pattern in found.items() if pattern}

    def is_latin(self, person: int) -> bool:
        """Say whether somebody's name is in Latin letters."""
        return is_latin(self.names[person])

    def near(self, shown: Reading) -> list[int]:
        """Return people with a word that begins alike; common beginnings only if they are few."""
        people: set[int] = set()
        starts = {word[:_BEGINNING] for word in shown.words}
        groups = (self.by_beginning.get(start, set()) for start in starts)
        for group in sorted(groups, key=len):
            if len(people) + len(group) <= _MOST_COMPARED:
                people |= group
        return sorted(people)


def _same(name: str, bearers: Bearers) -> Iterator[Resemblance]:
    """Find the same words without those of address, in any order, in one word or in several."""
    for shown in readings(name):
        for key in dict.fromkeys((shown.ordered, *_joined_ways(shown), shown.whole)):
            for person in sorted(bearers.by_words.get(key, set())):
                yield _so_alike(name, shown, person, bearers)


def _so_alike(name: str, shown: Reading, person: int, bearers: Bearers) -> Resemblance:
    """Say in which way the names are the same."""
    own = bearers.readings[person]
    without = _left_out(shown, own)
    if shown != readings(name)[0]:
        return Resemblance(person, 95.0, "one_of_several", without)
    if comparable(name).key == comparable(bearers.names[person]).key:
        return Resemblance(person, 99.0, "same_name", without)
    if shown.ordered not in {one.ordered for one in own}:
        return Resemblance(person, 98.0, "same_joined", without)
    return Resemblance(person, 99.0, "same_without" if without else "other_spelling", without)


def _joined_ways(one: Reading) -> tuple[str, str]:
    return one.joined, one.ordered.replace(" ", "")


def _left_out(shown: Reading, own: Iterable[Reading]) -> tuple[str, ...]:
    words = [*shown.without, *(word for one in own for word in one.without)]
    if not words:
        return ()
    return tuple({word.casefold(): word for word in reversed(words)}.values())


def _in_another_script(name: str, bearers: Bearers) -> Iterator[Resemblance]:
    """Find Chinese characters by what they are called, other scripts by their consonants."""
    in_latin = is_latin(name)
    pattern = None if in_latin else han_pattern(name)
    if pattern:
        for key, people in bearers.by_words.items():
            if pattern.fullmatch(key):
                yield from (Resemblance(one, 96.0, "other_script") for one in sorted(people))
    for person, own in bearers.in_han.items() if in_latin else ():
        if any(own.fullmatch(way) for one in readings(name) for way in _joined_ways(one)):
            yield Resemblance(person, 96.0, "other_script")
    others = bearers.in_other_scripts if in_latin else bearers.sounds
    sound = sound_of(name)
    if not others or len(sound) < _FEWEST_SOUNDS:
        return
    for scorer in (fuzz.token_set_ratio, _joined):
        alike = process.extract(
            sound, others, scorer=scorer, score_cutoff=_ALIKE_IN_SOUND, limit=_MOST
        )
        for other, score, person in alike:
            if len(other) >= _FEWEST_SOUNDS and in_latin != bearers.is_latin(person):
                yield Resemblance(person, score - 10, "alike_in_sound")


def _joined(one: str, other: str, *, score_cutoff: float | None = None) -> float:
    return fuzz.ratio(one.replace(" ", ""), other.replace(" ", ""), score_cutoff=score_cutoff)


def _partly(name: str, bearers: Bearers) -> Iterator[Resemblance]:
    """Find a lone word among the words of others, first where it begins the name."""
    for shown in readings(name):
        if len(shown.words) == 1:
            for person in sorted(bearers.by_word.get(shown.words[0], set())):
                firsts = [one.words[0] for one in bearers.readings[person]]
                score = 94.0 if shown.words[0] in firsts else 90.0
                yield Resemblance(person, score, "part_of_the_name", shown.without)


def _by_initials(name: str, bearers: Bearers) -> Iterator[Resemblance]:
    """Find "R. Suryanto" for Rahmat Suryanto, and the other way round."""
    for shown in readings(name):
        groups = [bearers.by_word.get(word, set()) for word in shown.words]
        if not shown.initials:
            groups = [group & bearers.with_initials for group in groups]
        for person in sorted(set[int]().union(*groups))[:_MOST_COMPARED]:
            if any(_initials_agree(shown, own) for own in bearers.readings[person]):
                yield Resemblance(person, 92.0, "initials_agree", shown.without)


def _initials_agree(one: Reading, other: Reading) -> bool:
    """Each word of one is a word of the other, or an initial stands for it; one is whole."""
    if not (one.initials or other.initials):
        return False
    rest, whole = list(other.words), 0
    for word in sorted(one.words, key=len, reverse=True):
        found = next((own for own in rest if own == word), None)
        whole += found is not None and len(word) > 1
        found = found or next((own for own in rest if _stands_for(word, own)), None)
        if found is None:
            return False
        rest.remove(found)
    return whole > 0


def _stands_for(one: str, other: str) -> bool:
    return 1 in (len(one), len(other)) and one[0] == other[0]


def _similar(name: str, bearers: Bearers) -> Iterator[Resemblance]:
    for shown in readings(name):
        yield from _extract(shown, bearers, fuzz.token_set_ratio, _SIMILAR, "similar_name")


def _a_little(name: str, bearers: Bearers) -> Iterator[Resemblance]:
    """Find, where nothing else is found, names that are alike all in all or in a part."""
    for shown in readings(name):
        yield from _extract(shown, bearers, fuzz.ratio, _A_LITTLE, "a_little_alike")
        yield from _written_alike(shown, bearers)
        yield from _in_parts(shown, bearers)


def _written_alike(shown: Reading, bearers: Bearers) -> Iterator[Resemblance]:
    """Compare without spaces: "mohdhafizkasim" is one letter off."""
    wholes = {one: bearers.readings[one][0].whole for one in bearers.near(shown)}
    for _whole, score, person in process.extract(
        shown.whole, wholes, scorer=fuzz.ratio, score_cutoff=_SIMILAR, limit=_MOST
    ):
        yield Resemblance(person, score - 10, "similar_name", shown.without)


def _in_parts(shown: Reading, bearers: Bearers) -> Iterator[Resemblance]:
    """Find a word that is a part of another, and somebody's only name among several."""
    if len(shown.words) > 1:
        for word in shown.words:
            for person in sorted(bearers.by_words.get(word, set())):
                yield Resemblance(person, 70.0, "their_only_name", shown.without)
    elif len(shown.words[0]) >= _BEGINNING:
        for word, people in bearers.by_word.items():
            if shown.words[0] in word:
                for person in sorted(people):
                    yield Resemblance(person, 70.0, "part_of_a_word", shown.without)


def _extract(
    shown: Reading, bearers: Bearers, scorer: Callable[..., float], cutoff: float, way: Way
) -> Iterator[Resemblance]:
    people = bearers.near(shown)
    for ordered in bearers.ordered:
        near = {one: ordered[one] for one in people if one in ordered}
        if len(shown.words) > 1:  # a lone word is not enough for somebody of a longer name
            near = {one: words for one, words in near.items() if " " in words}
        alike = process.extract(
            shown.ordered, near, scorer=scorer, score_cutoff=cutoff, limit=_MOST
        )
        for _name, score, person in alike:
            without = _left_out(shown, bearers.readings[person])
            own_way = "similar_without" if without and way == "similar_name" else way
            yield Resemblance(person, score - 10, own_way, without)


_LAST_RESORTS = (_a_little,)
