"""The pools that people are drawn from: names, customs of countries, hopes, kept as text."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Customs:
    """What people of one country type and choose."""

    spellings: tuple[str, ...]
    languages: tuple[str, ...]
    zone: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class Style:
    """One way of forming names."""

    pattern: str
    given: tuple[str, ...]
    family: tuple[str, ...]


def read_names() -> tuple[dict[str, Style], dict[str, list[tuple[str, int]]]]:
    """Return the styles of names, and how many people of each style a country has."""
    text = _read("names.txt")
    styles = {
        style: Style(pattern, tuple(given.split(", ")), tuple(filter(None, family.split(", "))))
        for style, pattern, given, family in _STYLE.findall(text)
    }
    split = {country: _read_split(line) for country, line in _SPLIT.findall(text)}
    return styles, split


_STYLE = re.compile(r"^style (\S+) \| (.+)\ngiven: (.+)\n(?:family: (.+)\n)?", re.MULTILINE)
_SPLIT = re.compile(r"^([A-Z]{2}): (.+)$", re.MULTILINE)


def _read_split(line: str) -> list[tuple[str, int]]:
    pairs = (entry.rsplit(" ", maxsplit=1) for entry in line.split(", "))
    return [(style, int(count)) for style, count in pairs]


def read_customs() -> dict[str, Customs]:
    """Return the customs of each country by its code."""
    customs: dict[str, Customs] = {}
    for line in _read("customs.txt").splitlines():
        if " | " in line:
            code, spellings, languages, zone, places = line.split(" | ")
            customs[code] = Customs(
                tuple(spellings.split(", ")),
                tuple(languages.split(", ")),
                zone,
                tuple(places.split(", ")),
            )
    return customs


@cache
def read_hopes() -> dict[str, tuple[str, ...]]:
    """Return what people hope for, by the language in which they wrote it."""
    hopes: dict[str, tuple[str, ...]] = {}
    for block in _read("hopes.txt").split("\n\n")[1:]:
        language, *lines = block.strip().splitlines()
        hopes[language] = tuple(line.replace("\\n", "\n") for line in lines)
    return hopes


def _read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
