"""What changed between two texts, word by word; in scripts without spaces sign by sign."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

#: White space, a word with the space behind it, or one sign with the marks upon it; Thai, Lao,
#: Khmer, Burmese, Chinese and Japanese write no spaces between words.
_PIECES = re.compile(
    r"\s+|[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+\s*|."
    r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b4-\u17d3]*",
    re.DOTALL,
)
#: So many pairs of equal pieces are looked at; beyond, the frequent ones are only looked at beside
#: others (difflib's autojunk): the price grows with the square of how often a piece comes.
MOST_PAIRS = 200_000
#: Beyond so many pieces on both sides together the whole text counts as another one.
MOST_PIECES = 12_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that both texts have, or only one of them."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is another one now."""

    field: str
    pieces: Sequence[Piece]


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[Difference]:
    """Return the fields that differ, in the order of `after`, each with what came and went."""
    return [
        Difference(field, list(compare(before.get(field, ""), text)))
        for field, text in after.items()
        if before.get(field, "") != text
    ]


def compare(before: str, after: str) -> Iterator[Piece]:
    """Yield the pieces of both texts in their order."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if len(old) + len(new) > MOST_PIECES:
        old, new = [before], [after]
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    yield from _piece("same", old[:start])
    yield from _within(old[start : len(old) - end], new[start : len(new) - end])
    yield from _piece("same", old[len(old) - end :])


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """Return with how many equal pieces both begin: most changes are small."""
    differing = (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other)
    return next(differing, min(len(old), len(new)))


def _within(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    in_old, in_new = Counter(old), Counter(new)
    pairs = sum(count * in_new[piece] for piece, count in in_old.items())
    matcher = SequenceMatcher(a=old, b=new, autojunk=pairs > MOST_PAIRS)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            yield from _piece("same", old[old_from:old_to])
        else:
            yield from _piece("gone", old[old_from:old_to])
            yield from _piece("new", new[new_from:new_to])


def _piece(kind: Literal["same", "gone", "new"], words: Sequence[str]) -> Iterator[Piece]:
    if words:
        yield Piece(kind, "".join(words))
