"""How a name shown may be that of somebody known, read generously, with the reason, for a human.

Only suggestions ask here. The ladder's own doubts keep to `suggestions.likeness_to`, so that what
is matched without a human does not depend on how generously somebody is suggested. All are pure.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rapidfuzz import fuzz, process

from academy.lib.name_readings import Reading, readings
from academy.lib.scripts import han_pattern, is_latin, sound_of

#: In which way two names are alike, the strongest first.
Way = Literal[
    "same_without",
    "other_spelling",
    "same_joined",
    "other_script",
    "part_of_the_name",
    "initials_agree",
    "similar_without",
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


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Somebody who may be meant, how alike the names are (to 100), and in which way."""

    person_id: int
    score: float
    way: Way
    #: Words of address without which the names were compared, as they are written.
    without: tuple[str, ...] = ()


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
        return self._index(lambda one: {one.ordered, one.joined, one.ordered.replace(" ", "")})

    @cached_property
    def by_word(self) -> dict[str, set[int]]:
        """People by every word."""
        return self._index(lambda one: one.words)

    @cached_property
    def by_beginning(self) -> dict[str, set[int]]:
        """People by the first letters of every word."""
        return self._index(lambda one: {word[:_BEGINNING] for word in one.words})

    @cached_property
    def sounds(self) -> dict[int, str]:
        """The consonants of every name."""
        return {person: sound_of(name) for person, name in self.names.items()}

    @cached_property
    def in_other_scripts(self) -> dict[int, str]:
        """The consonants of names that are not in Latin letters."""
        return {number: self.sounds[number] for number in self.names if not self.is_latin(number)}

    def is_latin(self, person: int) -> bool:
        """Say whether somebody's name is in Latin letters."""
        return is_latin(self.names[person])

    def _index(self, keys: Callable[[Reading], Iterable[str]]) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for person, ways in self.readings.items():
            for one in ways:
                for key in keys(one):
                    found[key].add(person)
        return dict(found)

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
        for person in sorted(bearers.by_words.get(shown.ordered, set())):
            without = _left_out(shown, bearers.readings[person])
            way: Way = "same_without" if without else "other_spelling"
            yield Resemblance(person, 99.0, way, without)
        for key in (shown.joined, shown.ordered.replace(" ", "")):
            for person in sorted(bearers.by_words.get(key, set())):
                without = _left_out(shown, bearers.readings[person])
                yield Resemblance(person, 98.0, "same_joined", without)


def _left_out(shown: Reading, own: Iterable[Reading]) -> tuple[str, ...]:
    words = [*shown.without, *(word for one in own for word in one.without)]
    return tuple({word.casefold(): word for word in reversed(words)}.values())


def _in_another_script(name: str, bearers: Bearers) -> Iterator[Resemblance]:
    """Find Chinese characters by what they are called, other scripts by their consonants."""
    in_latin = is_latin(name)
    pattern = None if in_latin else han_pattern(name)
    if pattern:
        for key, people in bearers.by_words.items():
            if pattern.fullmatch(key):
                yield from (Resemblance(one, 96.0, "other_script") for one in sorted(people))
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
    """Find a lone word among the words of others, and somebody's lone name among these."""
    for shown in readings(name):
        if len(shown.words) == 1:
            for person in sorted(bearers.by_word.get(shown.words[0], set())):
                yield Resemblance(person, 94.0, "part_of_the_name", shown.without)
        else:
            for word in shown.words:
                for person in sorted(bearers.by_words.get(word, set())):
                    yield Resemblance(person, 78.0, "their_only_name", shown.without)


def _by_initials(name: str, bearers: Bearers) -> Iterator[Resemblance]:
    """Find "R. Suryanto" for Rahmat Suryanto, and the other way round."""
    for shown in readings(name):
        people = {one for word in shown.words for one in bearers.by_word.get(word, set())}
        for person in sorted(people) if len(people) <= _MOST_COMPARED else ():
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
        yield from _extract(shown, bearers, fuzz.token_set_ratio, _SIMILAR, "similar_without")


def _a_little(name: str, bearers: Bearers) -> Iterator[Resemblance]:
    """Find names that are alike all in all, and long ones that a short name is a part of."""
    for shown in readings(name):
        yield from _extract(shown, bearers, fuzz.ratio, _A_LITTLE, "a_little_alike")
        if len(shown.words) == 1 and len(shown.words[0]) >= _BEGINNING:
            for word, people in bearers.by_word.items():
                if shown.words[0] in word:
                    yield from (
                        Resemblance(one, 70.0, "part_of_a_word", shown.without) for one in people
                    )


def _extract(
    shown: Reading, bearers: Bearers, scorer: Callable[..., float], cutoff: float, way: Way
) -> Iterator[Resemblance]:
    people = bearers.near(shown)
    for number in range(_MOST_READINGS):
        own = ((one, bearers.readings[one][number : number + 1]) for one in people)
        near = {one: part[0].ordered for one, part in own if part and _fit(shown, part[0])}
        alike = process.extract(
            shown.ordered, near, scorer=scorer, score_cutoff=cutoff, limit=_MOST
        )
        for _name, score, person in alike:
            without = _left_out(shown, bearers.readings[person])
            yield Resemblance(person, score - 10, way, without)


def _fit(shown: Reading, own: Reading) -> bool:
    """A part of a name may stand for it, but not a lone word for somebody of a longer name."""
    return len(shown.words) == 1 or len(own.words) > 1


#: A name and what stands in brackets beside it.
_MOST_READINGS = 2
_LAST_RESORTS = (_a_little,)
