"""The piece of a text that a search found, with the words that were asked for marked."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from academy.lib.search_index import Query
from academy.lib.search_words import cut, is_spelled

#: So many characters are shown, about a third of them before the first word that was found.
LENGTH = 180
_BEFORE = LENGTH // 3
#: Signs of CommonMark that say nothing where only the words are shown, and where links lead.
_SIGNS = re.compile(r"\]\([^)]*\)|[*_`~\[\]<>#|\\]|^\s*(?:[-+]|\d+[.)])\s", re.MULTILINE)
#: With the marks of Latin and Indic letters, and of scripts that write no spaces (search_words).
_WORD = re.compile(
    r"\w[\w\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\uaa60-\uaa7f]*"
)


class Piece(NamedTuple):
    """A part of a text, and whether it is what was asked for."""

    text: str
    is_hit: bool


def snippet(text: str, query: Query) -> list[Piece]:
    """Return what stands around the first hit of `query` in `text`, in pieces.

    Where nothing hits (the title did), the beginning.
    """
    plain = " ".join(_SIGNS.sub("", text).split())
    hits = list(_hits(plain, query))
    begin = max(hits[0][0] - _BEFORE, 0) if hits else 0
    begin = plain.rfind(" ", 0, begin) + 1 if begin else 0
    end = min(begin + LENGTH, len(plain))
    pieces = list(_cut_out(plain, begin, end, hits))
    before = [Piece("… ", is_hit=False)] if begin else []
    return before + pieces + ([Piece(" …", is_hit=False)] if end < len(plain) else [])


def mark(text: str, query: Query) -> list[Piece]:
    """Return the whole of `text` in pieces, those marked that `query` found."""
    return list(_cut_out(text, 0, len(text), list(_hits(text, query))))


def _hits(plain: str, query: Query) -> Iterator[tuple[int, int]]:
    """Say where words stand that the query found; scripts without spaces word by word."""
    asked = [word for group in query.words for word in group]
    for run in _WORD.finditer(plain):
        words = cut(run.group())
        for word in asked:
            if is_spelled(word) and any(one.startswith(word) for one in words):
                yield run.span()
                break
            if not is_spelled(word):
                yield from (
                    (run.start() + place, run.start() + place + length)
                    for place, length in _places(run.group(), _as_written(word))
                )


def _places(run: str, word: str) -> Iterator[tuple[int, int]]:
    place = run.find(word)
    while place >= 0:
        yield place, len(word)
        place = run.find(word, place + 1)


def _as_written(word: str) -> str:
    """Put together what the cutter takes apart: sara am, in Thai and in Lao."""
    return word.replace("\u0e4d\u0e32", "\u0e33").replace("\u0ecd\u0eb2", "\u0eb3")


def _cut_out(plain: str, begin: int, end: int, hits: list[tuple[int, int]]) -> Iterator[Piece]:
    place = begin
    for first, last in _merged(hits):
        if first < place or last > end:
            continue
        yield Piece(plain[place:first], is_hit=False)
        yield Piece(plain[first:last], is_hit=True)
        place = last
    yield Piece(plain[place:end], is_hit=False)


def _merged(hits: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join hits that overlap: of three syllables the first two were found, and the last two."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(hits):
        if merged and first < merged[-1][1]:
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        else:
            merged.append((first, last))
    return merged
