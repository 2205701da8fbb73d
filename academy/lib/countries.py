"""Countries by their ISO 3166-1 codes: their names, their region, and the names people type."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from babel import Locale, UnknownLocaleError

Region = Literal["asia", "elsewhere", "unknown"]

#: The subregions of Asia, UN M49 region 142, from CLDR's territoryContainment (which, unlike
#: M49's own list, names Taiwan).
SUBREGIONS_OF_ASIA = {
    "eastern": "CN HK JP KP KR MN MO TW",
    "southern": "AF BD BT IN IR LK MV NP PK",
    "south-eastern": "BN ID KH LA MM MY PH SG TH TL VN",
    "central": "KG KZ TJ TM UZ",
    "western": "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE",
}
ASIA = frozenset(code for codes in SUBREGIONS_OF_ASIA.values() for code in codes.split())

#: Written by scripts/make_country_names.py; a line is code, three-letter code and typed names.
NAMES_FILE = Path(__file__).with_name("country_names.txt")

#: Longer than any country's name: prose is not searched for one.
LONGEST_NAME = 120

#: Letters that hold no accent which Unicode could take off, and spellings that writers mix.
_LOOKALIKES = str.maketrans(dict(zip("ıøđłيىك", "iodlییک", strict=True)) | {"æ": "ae", "œ": "oe"})
_ACCENT = re.compile("[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670]")
_FLAG = re.compile("([\U0001f1e6-\U0001f1ff])([\U0001f1e6-\U0001f1ff])")
_BETWEEN_NAMES = re.compile(r"[()\[\]/|,;:–—\n]|\s-\s")


@dataclass(frozen=True)
class _Table:
    """The names file, read once: the codes, and which code each typed name means."""

    codes: frozenset[str]
    code_of_three: Mapping[str, str]
    code_of_name: Mapping[str, str]


def country_codes() -> frozenset[str]:
    """Return the ISO 3166-1 alpha-2 codes, and XK, which the standard leaves to its users."""
    return _table().codes


def is_country(code: str) -> bool:
    """Say whether `code` is a country's two-letter code in capitals."""
    return code in country_codes()


def is_in_asia(code: str) -> bool:
    """Say whether the country lies in Asia as the UN M49 region 142 draws it."""
    return code in ASIA


def region_of(code: str | None) -> Region:
    """Return the region that figures are counted by; no country, or no such code, is unknown."""
    if code in ASIA:
        return "asia"
    return "elsewhere" if code in country_codes() else "unknown"


def country_name(code: str, locale: Locale | str = "en") -> str:
    """Return the country's name in the language of `locale`, or the code where it has none.

    The names are Unicode CLDR's; a language that Babel does not know falls back to English.
    """
    name = _locale(locale).territories.get(code) or _locale("en").territories.get(code)
    return str(name) if name and is_country(code) else code


def all_countries(locale: Locale | str = "en") -> tuple[tuple[str, str], ...]:
    """Return (code, name) of every country, sorted by the name without its accents."""
    return _all_countries(str(_locale(locale)))


@lru_cache(maxsize=32)
def _all_countries(locale: str) -> tuple[tuple[str, str], ...]:
    named = ((code, country_name(code, locale)) for code in country_codes())
    return tuple(sorted(named, key=lambda pair: (folded_key(pair[1]), pair[0])))


def _locale(locale: Locale | str) -> Locale:
    if isinstance(locale, Locale):
        return locale
    return _parse_locale(locale.replace("-", "_"))


@lru_cache(maxsize=64)
def _parse_locale(identifier: str) -> Locale:
    for candidate in (identifier, identifier.split("_", maxsplit=1)[0]):
        try:
            return Locale.parse(candidate)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en")


@lru_cache(maxsize=2048)
def recognise_country(text: str) -> str | None:
    """Return the code of the one country that `text` names, else None: never a guess.

    Known are codes, flags, the names in some eighty languages and the names in country_aliases.txt,
    whatever their case, accents, spaces and punctuation. Several names together ("MY - Malaysia",
    "Malaysia / 马来西亚") must all mean the same country. What could mean two countries is none.
    """
    if len(text) > LONGEST_NAME:
        return None
    spelled = _FLAG.sub(_letters_of_flag, text)
    return _recognise_name(spelled) or _recognise_together(spelled)


def _letters_of_flag(flag: re.Match[str]) -> str:
    letters = (chr(ord(half) - ord("\U0001f1e6") + ord("A")) for half in flag.groups())
    return f"|{''.join(letters)}|"


def _recognise_together(text: str) -> str | None:
    parts = [part for part in _BETWEEN_NAMES.split(text) if exact_key(part)]
    codes = {_recognise_name(part) for part in parts}
    return codes.pop() if len(codes) == 1 else None


def _recognise_name(text: str) -> str | None:
    for key in _keys(text):
        if code := _table().code_of_name.get(key):
            return code
    return _recognise_code(unicodedata.normalize("NFKC", text).strip(" .|"))


def _keys(text: str) -> Iterator[str]:
    if text.strip(" .").isupper() and _recognise_code(text.strip(" .")):
        return
    exact, folded = exact_key(text), folded_key(text)
    yield from (exact, folded, folded.removeprefix("the"), folded.removesuffix("the"))


def _recognise_code(text: str) -> str | None:
    if text not in {text.upper(), text.lower()} or text in _CODES_THAT_ARE_WORDS:
        return None
    code = text.upper()
    return code if code in _table().codes else _table().code_of_three.get(code)


#: "NA" stands for "not available" more often than for Namibia, and "no" for no answer.
_CODES_THAT_ARE_WORDS = frozenset({"NA", "na", "no"})


def exact_key(name: str) -> str:
    """Return what two spellings of one name share: no case, no space, no punctuation."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    kept = (char for char in folded if _is_written(char))
    return unicodedata.normalize("NFC", "".join(kept))


def _is_written(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN" and not "\u02b0" <= char <= "\u02ff"


def folded_key(name: str) -> str:
    """Return the exact key without Latin, Greek, Cyrillic, Arabic accents; "&" is "and"."""
    bare = _ACCENT.sub("", unicodedata.normalize("NFD", exact_key(name.replace("&", " and "))))
    return unicodedata.normalize("NFC", bare.translate(_LOOKALIKES))


@cache
def _table() -> _Table:
    threes: dict[str, str] = {}
    names: dict[str, str] = {}
    for line in NAMES_FILE.read_text(encoding="utf-8").splitlines():
        code, three, typed = line.split("\t")
        threes[three] = code
        names.update(dict.fromkeys(typed.split(" "), code))
    return _Table(frozenset(threes.values()), threes, names)
