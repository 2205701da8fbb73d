"""The look: colours that everybody can read, taken only from the tokens; no force, no ids."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
TOKENS = CSS / "tokens.css"
LITERAL = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\(", re.IGNORECASE)
BODY, TEXT, MARK = 7.0, 4.5, 3.0

#: What is written on what, and how far they must be apart: body text AAA, other text AA, marks 3:1.
PAIRS = (
    ("ink", "paper", BODY),
    ("ink", "raised", BODY),
    ("ink", "sunk", BODY),
    ("faded", "paper", BODY),
    ("faded", "raised", BODY),
    ("faded", "sunk", TEXT),
    ("indigo", "paper", BODY),
    ("indigo", "raised", TEXT),
    ("indigo", "sunk", TEXT),
    ("indigo", "indigo-tint", TEXT),
    ("madder", "paper", TEXT),
    ("madder", "raised", TEXT),
    ("on-dye", "indigo", TEXT),
    ("on-dye", "press", TEXT),
    ("on-dye", "madder", TEXT),
    ("turmeric-ink", "turmeric-tint", TEXT),
    ("leaf-ink", "leaf-tint", TEXT),
    ("lac", "lac-tint", TEXT),
    ("lac", "paper", TEXT),
    ("clay-ink", "clay-tint", TEXT),
    *(("ink", f"{dye}-tint", BODY) for dye in ("indigo", "madder", "turmeric", "leaf", "clay")),
    ("edge", "raised", MARK),
    ("edge", "paper", MARK),
    ("leaf", "line", MARK),
    ("clay", "paper", MARK),
)


def _blocks() -> dict[str, dict[str, str]]:
    """Return the colours of each mode: light as it stands, dark laid over it."""
    text = TOKENS.read_text()
    light, _, rest = text.partition("@media screen and (prefers-color-scheme: dark)")
    by_choice = rest[rest.index(':root[data-theme="dark"]') :]
    by_system = rest[: rest.index(':root[data-theme="dark"]')]
    found = {name: _colours(part) for name, part in (("light", light), ("dark", by_choice))}
    return {**found, "system": _colours(by_system)}


def _colours(text: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", text))


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours after WCAG 2.2."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "apart"), PAIRS)
def test_what_is_written_can_be_read(mode: str, front: str, ground: str, apart: float) -> None:
    colours = {**_blocks()["light"], **_blocks()[mode]}
    assert _contrast(colours[front], colours[ground]) >= apart


def test_dark_by_choice_and_dark_by_system_are_the_same() -> None:
    assert _blocks()["dark"] == _blocks()["system"]


def test_dark_redefines_tokens_and_adds_none() -> None:
    assert set(_blocks()["dark"]) <= set(_blocks()["light"])


def _sheets() -> list[Path]:
    return sorted(path for path in CSS.rglob("*.css") if path != TOKENS)


@pytest.mark.parametrize("sheet", _sheets(), ids=lambda path: str(path.relative_to(CSS)))
def test_a_style_sheet_takes_its_colours_from_the_tokens(sheet: Path) -> None:
    assert LITERAL.findall(_without_comments(sheet)) == []


@pytest.mark.parametrize("sheet", _sheets(), ids=lambda path: str(path.relative_to(CSS)))
def test_a_style_sheet_uses_neither_force_nor_ids(sheet: Path) -> None:
    text = _without_comments(sheet)
    assert "!important" not in text
    assert re.findall(r"(?m)^[^{}:]*#[a-z][^{}]*\{", text) == []


@pytest.mark.parametrize("sheet", _sheets(), ids=lambda path: str(path.relative_to(CSS)))
def test_a_style_sheet_speaks_of_start_and_end_not_of_left_and_right(sheet: Path) -> None:
    sides = r"(?:margin|padding|border)-(?:left|right|top|bottom)|(?<![\w-])(?:left|right)\s*:"
    assert re.findall(sides, _without_comments(sheet)) == []


def test_every_token_that_a_style_sheet_names_exists() -> None:
    known = _declared(TOKENS)
    strays = {
        name
        for sheet in _sheets()
        for name in re.findall(r"var\((--[\w-]+)", sheet.read_text())
        # A component may hand values of its own to its parts.
        if name not in known | _declared(sheet)
    }
    assert strays == set()


def _declared(sheet: Path) -> set[str]:
    return set(re.findall(r"(--[\w-]+):", sheet.read_text()))


def test_every_style_sheet_is_loaded() -> None:
    entries = (CSS / "site.css", CSS / "desk.css")
    loaded = {
        CSS / name for entry in entries for name in re.findall(r'"(.+\.css)"', entry.read_text())
    }
    assert {*_sheets(), TOKENS} - set(entries) == loaded


def _without_comments(sheet: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
