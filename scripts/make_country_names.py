"""Write academy/lib/country_names.txt: every name of a country that can mean only that one.

Run it after a change of country_aliases.txt or of the Babel version; a test compares the result.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from babel.core import get_global

from academy.lib.countries import NAMES_FILE, exact_key, folded_key

ALIASES_FILE = Path(NAMES_FILE).with_name("country_aliases.txt")

#: Every language of Asia that Babel knows, and those that people elsewhere answer in.
LANGUAGES = (
    "en ms id jv fil ceb vi th km lo my zh zh_Hant zh_Hant_HK yue ja ko mn hi bn ta te kn ml mr gu "
    "pa or as ne si ur sd ps fa ar he tr az ka hy kk ky uz uz_Cyrl tk tg ku ckb ru uk be fr es pt "
    "pt_PT de it nl pl ro hu cs el sv da nb fi bg sr sr_Latn hr sk sl et lv lt sq mk bs is ga ca "
    "eu gl sw am ti so ha yo ig zu xh af dz ug ks mai kok sat brx"
)

#: Unicode's own areas, which are no countries of ISO 3166-1.
NOT_COUNTRIES = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split())  # noqa: SIM905

#: Three-letter codes that once meant another country.
OLD_THREES = frozenset("ANT BUR DDR FXX NTZ SCG SUN TMP YMD YUG ZAR".split())  # noqa: SIM905

#: A short name that lost its accents reads as another word: "Áo" is Austria, "AO" is Angola.
SHORTEST_WITHOUT_ACCENTS = 4

TWO_LETTERS = 2
THREE_LETTERS = 3

Names = dict[str, set[str]]


def table() -> str:
    """Return the text of the names file: code, three-letter code, keys, one country a line."""
    refused, aliases = read_aliases()
    keys = _unambiguous(refused, list(_named(aliases)))
    return "".join(
        f"{code}\t{three}\t{' '.join(sorted(keys[code]))}\n"
        for code, three in sorted(_threes().items())
    )


def read_aliases() -> tuple[set[str], dict[str, list[str]]]:
    """Return the keys that are never recognised, and the aliases of each code, as written."""
    refused: set[str] = set()
    aliases: dict[str, list[str]] = {}
    for line in ALIASES_FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("!"):
            refused = {folded_key(name) for name in line[1:].split(";")}
        elif not line.startswith("#"):
            code, names = line.split(": ", maxsplit=1)
            aliases[code] = [name.strip() for name in names.split(";")]
    return refused, aliases


def _named(aliases: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES.split():
        for code, name in Locale.parse(language).territories.items():
            if code in _threes():
                yield code, name
    for code, names in aliases.items():
        yield from ((code, name) for name in names)


def _threes() -> dict[str, str]:
    codes = {str(code) for code in Locale("en").territories if len(str(code)) == TWO_LETTERS}
    found = {
        new[0]: old
        for old, new in get_global("territory_aliases").items()
        if len(old) == THREE_LETTERS and old.isalpha() and len(new) == 1 and old not in OLD_THREES
    }
    return {code: found[code] for code in codes - NOT_COUNTRIES} | {"XK": "XKX"}


def _unambiguous(refused: set[str], named: list[tuple[str, str]]) -> dict[str, set[str]]:
    exact: Names = defaultdict(set)
    folded: Names = defaultdict(set)
    for code, name in named:
        exact[exact_key(name)].add(code)
        folded[folded_key(name)].add(code)
    keys: dict[str, set[str]] = defaultdict(set)
    for spelled, kind in ((exact, exact), (folded, folded)):
        for key, codes in spelled.items():
            if _means_one(key, kind, exact, folded) and folded_key(key) not in refused:
                keys[next(iter(codes))].add(key)
    return {code: {key for key in own if _is_needed(key, own)} for code, own in keys.items()}


def _is_needed(key: str, own: set[str]) -> bool:
    return folded_key(key) == key or folded_key(key) not in own


def _means_one(key: str, kind: Names, exact: Names, folded: Names) -> bool:
    bare = folded_key(key)
    if kind is exact and key != bare:
        return len(exact[key]) == 1
    is_long_enough = len(bare) >= SHORTEST_WITHOUT_ACCENTS or key in exact
    return is_long_enough and len(folded[bare]) == 1


if __name__ == "__main__":
    sys.exit(0 if NAMES_FILE.write_text(table(), encoding="utf-8") else 1)
