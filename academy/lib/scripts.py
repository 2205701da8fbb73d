"""Names in other scripts beside names in Latin letters, for suggestions only, never for matching.

Vowels are written in too many ways to be compared, so what is compared is the consonants, and of
those only their place in the mouth: สมชาย and Somchai are both s-m-s. The consonants come from
the names that Unicode gives to the signs ("THAI CHARACTER SO SUA"). Chinese characters say nothing
of their sound; academy/lib/han_readings.txt has what those of names are called, and where.
"""

import re
import unicodedata
from functools import cache, lru_cache, reduce
from pathlib import Path

HAN_FILE = Path(__file__).with_name("han_readings.txt")

_SIGN = re.compile(
    r"^\w+ (?:(?:SMALL|CAPITAL|INDEPENDENT|SUBJOINED) )*(?:LETTER|CHARACTER|SYLLABLE) "
    r"(?:(?:SMALL|FINAL) )*(.+)$"
)
_LEADING = re.compile(r"^[^AEIOUY]+")
#: Signs whose names do not begin with their sound.
_NAMED_OTHERWISE = {
    "ES": "s", "EL": "l", "EN": "n", "EM": "m", "ER": "r", "EF": "f", "WAW": "", "HAMZA": "",
    "TEH MARBUTA": "", "FARSI YEH": "", "ALEF MAKSURA": "", "SOFT SIGN": "", "HARD SIGN": "",
}  # fmt: skip
_VOWELS = re.compile(r"^(?:SARA|MAI|MAITAIKHU|PAIYANNOI|LAKKHANGYAO)\b")
#: Marks that take the whole letter before them away, and marks that take its vowel only.
_SILENT = ("THANTHAKHAT", "TOANDAKHIAT")
_VOWELLESS = ("VIRAMA", "ASAT", "COENG", "AL-LAKUNA")
_NASAL = ("ANUSVARA", "BINDI", "TIPPI", "NIKAHIT")
#: Consonants that stand for one another between scripts, in the order in which they are levelled.
_LEVELLED = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"[^a-z]", ""), ("ck", "k"), ("ch", "j"), ("c(?=[aour]|$)", "k"), ("ng", "n"),
        ("tj|dj|sj|sh|zh|ts|[jzcxs]", "s"), ("ph|bh|[bfp]", "p"), ("kh|gh|[gqk]", "k"),
        ("th|dh|[dt]", "t"), ("[vw]", "w"), (r"([^aeiouy])\1+", r"\1"), (r"(?<=.)h|[aeiouy]", ""),
    )
)  # fmt: skip


@lru_cache(maxsize=50_000)
def is_latin(text: str) -> bool:
    """Say whether every letter is a Latin one."""
    return all(unicodedata.name(sign, "").startswith("LATIN") for sign in text if sign.isalpha())


@lru_cache(maxsize=50_000)
def sound_of(text: str) -> str:
    """Return the consonants of each word, levelled: "somchai jaidee" and "สมชาย ใจดี" are "sms st".

    Chinese characters have none; whoever compares them asks `han_pattern`.
    """
    words = (_consonants(word) for word in unicodedata.normalize("NFC", text).casefold().split())
    return " ".join(word for word in words if word)


def _consonants(word: str) -> str:
    heard: list[str] = []
    for sign in word:
        name = unicodedata.name(sign, "")
        if name.endswith(_SILENT):
            del heard[-1:]
        elif name.endswith(_VOWELLESS):
            heard = [*heard[:-1], heard[-1].removesuffix("a")] if heard else heard
        elif sign.isascii() or name.startswith("LATIN"):
            heard.append(unicodedata.normalize("NFD", sign)[0])
        else:
            heard.append(_heard(name))
    return _level("".join(heard))


def _heard(name: str) -> str:
    """Return the sound that the name of a sign begins with, a whole syllable for Hangul."""
    if name.endswith(_NASAL):
        return "n"
    if name.endswith("VOCALIC R"):
        return "ra"
    found = _SIGN.match(name)
    if found is None or _VOWELS.match(found[1]):
        return "a"
    own = found[1].split()[-1] if name.startswith("SINHALA") else found[1]
    if name.startswith("HANGUL"):
        return f" {own.lower()}"
    leading = _LEADING.match(own)
    sound = leading[0].lower() if leading else ""
    return _NAMED_OTHERWISE.get(own, "ch" if sound == "c" else sound) + "a"


def _level(heard: str) -> str:
    """Level the consonants, and drop the vowels once none is doubled any more."""
    return " ".join(reduce(_replace, _LEVELLED, word) for word in heard.split())


def _replace(word: str, levelled: tuple[re.Pattern[str], str]) -> str:
    return levelled[0].sub(levelled[1], word)


@cache
def _han() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in HAN_FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            signs, *readings = line.split()
            for sign in signs:
                found[sign] = tuple(dict.fromkeys(found.get(sign, ()) + tuple(readings)))
    return found


@lru_cache(maxsize=50_000)
def han_pattern(text: str) -> re.Pattern[str] | None:
    """Return what a name in Chinese characters is in Latin letters without spaces, in both orders.

    One character may be unknown. None where there are fewer than two, or hardly any is known.
    """
    signs = [sign for sign in text if unicodedata.name(sign, "").startswith("CJK UNIFIED")]
    unknown = sum(sign not in _han() for sign in signs)
    if not 2 <= len(signs) <= 4 or unknown > 1 or len(signs) - unknown < 2:  # noqa: PLR2004
        return None
    ways = ["(?:" + "|".join(_han().get(sign, ("[a-z]{2,6}",))) + ")" for sign in signs]
    return re.compile("".join(ways) + "|" + "".join((*ways[1:], ways[0])))
