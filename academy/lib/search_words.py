"""Cuts text of any script into the words that it is found by: one cutter for all databases."""

import itertools
import re
import unicodedata
from collections.abc import Iterator

#: Scripts that put no space between words: Thai and Lao, Burmese, Khmer, kana and Han.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uaa60-\uaa7f\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(rf"[{_UNSPACED}]+|(?:(?![{_UNSPACED}])[\w\u0300-\u036f\u0900-\u0dff])+")
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
#: Accents that Latin, Greek and Cyrillic letters lose; in Indic scripts marks are vowels.
_ACCENT = re.compile("[\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0670\u0640]")
#: Letters that carry no accent which could be taken off.
_PLAIN = str.maketrans({"ı": "i", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ß": "ss"})
LONGEST_WORD = 60


def cut(text: str) -> list[str]:
    """Return the words of `text` in their order, folded: case, width and accents do not matter.

    Where a script writes no spaces, every syllable and every pair of neighbours is a word: a
    query of two syllables finds them side by side, whatever a dictionary would say.
    """
    return [word[:LONGEST_WORD] for run in _runs(text) for word in _words(run)]


def cut_query(text: str) -> list[str]:
    """Return the words that a text must hold to be found by `text`, each once."""
    found = [word[:LONGEST_WORD] for run in _runs(text) for word in _words_asked(run)]
    # Of women's an s is left, of l'eau an l: nobody looks for a letter beside whole words.
    words = [word for word in found if len(word) > 1 or not word.isascii()]
    return list(dict.fromkeys(words or found))


def is_spelled(word: str) -> bool:
    """Whether a word is spelled with letters, so that its beginning or a slip may be meant."""
    return _IS_UNSPACED.search(word) is None


#: One and several, where English does more than put an s behind.
_SEVERAL = {
    "woman": "women", "man": "men", "child": "children", "person": "people", "life": "lives",
    "leaf": "leaves", "foot": "feet", "fisherman": "fishermen",
}  # fmt: skip
_FORMS = _SEVERAL | {several: one for one, several in _SEVERAL.items()}
#: Endings and what stands for them in the other number; the first that fits.
_ENDINGS = (
    ("ies", "y"), ("y", "ies"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("xes", "x"),
    ("ss", "ss"), ("us", "us"), ("is", "is"), ("s", ""),
)  # fmt: skip
_SHORTEST_FORM = 4


def forms_of(word: str) -> tuple[str, ...]:
    """Return a word of a query and what else is meant by it: villages is village, city cities.

    A word is found by its beginning anyway, so only what does not begin with it is named.
    """
    if word in _FORMS:
        return word, _FORMS[word]
    if len(word) < _SHORTEST_FORM or not (word.isascii() and word.isalpha()):
        return (word,)
    others = (word[: -len(end)] + other for end, other in _ENDINGS if word.endswith(end))
    other = next(others, word)
    return tuple(dict.fromkeys((word, other, _FORMS.get(other, word))))


def _runs(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = unicodedata.normalize("NFC", _ACCENT.sub("", folded)).translate(_PLAIN)
    return _RUN.findall(plain.replace("_", " "))


def _words(run: str) -> Iterator[str]:
    if is_spelled(run):
        yield run
        return
    syllables = _syllables(run)
    yield from syllables
    yield from map("".join, itertools.pairwise(syllables))


def _words_asked(run: str) -> Iterator[str]:
    if is_spelled(run):
        yield run
        return
    syllables = _syllables(run)
    pairs = list(map("".join, itertools.pairwise(syllables)))
    yield from pairs or syllables


def _syllables(run: str) -> list[str]:
    """Cut before each letter that is no mark; a mark belongs to what stands before it."""
    syllables: list[str] = []
    for letter in run:
        joined = unicodedata.category(letter).startswith("M") or _follows_coeng(syllables)
        if joined and syllables:
            syllables[-1] += letter
        else:
            syllables.append(letter)
    return syllables


def _follows_coeng(syllables: list[str]) -> bool:
    # Khmer writes the second consonant of a cluster under the first, after the sign coeng.
    return bool(syllables) and syllables[-1].endswith("\u17d2")
