"""Western or central European: the two old code pages whose letters stand in the same places.

The same byte is ø in the west and ř in the centre. What tells them apart is that all accented
letters of one word belong to one language, and that some letters have their usual neighbours.
Measured on tests/lib/legacy_corpus.py; charset-normalizer reads a third of its western files as
central European ones, so it is no help here (docs/decisions/code-pages.md).
"""

import re
from collections.abc import Iterable

_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
#: Bytes whose letters differ between the two pages; only words with one of them are asked.
_DIFFER = frozenset(
    byte
    for byte in range(0x80, 0x100)
    if bytes([byte]).decode("cp1252", "replace") != bytes([byte]).decode("cp1250", "replace")
)
_WEST = (
    "áéíóúüñ", "áâãàçéêíóôõúü", "àâçéèêëîïôœùûüÿ", "äöüß", "åäö", "æøåéö", "àèéìòóù", "àçèéíïòóúü",
    "éèëïöü",
)  # fmt: skip
_CENTRE = (
    "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţ",
)  # fmt: skip
#: Letters that in the west stand only before these; "" is the end of a word.
_BEFORE = {"õ": "e", "ã": "oes", "œ": "ucd"}
_MOST = 0.6


def is_central_european(data: bytes) -> bool:
    """Say whether more words can be of central Europe than of the west; a tie is the west's."""
    words = [word for word in _WORD.findall(data) if not _DIFFER.isdisjoint(word)]
    if not words:
        return False
    centre = sum(_fits(word.decode("cp1250", "replace"), _CENTRE) for word in words)
    west = sum(_is_western(word.decode("cp1252", "replace")) for word in words)
    return centre > west and centre >= _MOST * len(words)


def _fits(word: str, alphabets: Iterable[str]) -> bool:
    letters = {sign for sign in word.casefold() if ord(sign) > 127}  # noqa: PLR2004 - ASCII
    return any(letters <= set(alphabet) for alphabet in alphabets)


def _is_western(word: str) -> bool:
    lower = word.lower()
    neighbours = zip(lower, [*lower[1:], ""], strict=True)
    return _fits(word, _WEST) and all(
        following in _BEFORE.get(sign, following) for sign, following in neighbours
    )
