"""A map of people: quiet land from one cached file, and a circle for each territory.

The land is projected when the front end is built (scripts/build_map.mjs); a page carries circles
and refers to the land, so a map weighs about two kilobytes. A circle's area is its number. Where
circles lead somewhere they carry their number, and stand far enough apart to be hit.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from html import escape
from math import hypot, sqrt
from pathlib import Path
from typing import Any

from academy.lib.map_spacing import spread_out

DIST = Path(__file__).resolve().parents[2] / "static" / "dist"
ADDRESS = "/static/dist/"
#: What a view shows of the projected world (x, y, width, height), the size of its letters, and its
#: largest circle. Asia is drawn for the width of a phone.
VIEWS = {"world": ("0 0 1000 440", 11.0, 24.0), "asia": ("195 62 350 226", 12.0, 15.0)}
LETTER = 0.55
LABELS_AT_MOST = 12
#: The smallest circle that leads somewhere, by view, and the room around it that is hit, too.
SMALLEST = {"world": 9.0, "asia": 9.0}
AROUND = 4.2
#: A circle moved so far from its country is bound to it by a thread.
MOVED = 2.0


class MapIsMissing(Exception):
    """The land has not been projected yet; the message says how to do it."""


@dataclass(frozen=True, slots=True)
class _Circle:
    x: float
    y: float
    radius: float
    name: str
    value: int
    #: Where it leads; a circle that leads nowhere has no number in it.
    link: str = ""
    #: Where its country is, if it was moved aside.
    home: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "_Box") -> bool:
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


def world_map(
    values: Mapping[str, int],
    names: Mapping[str, str],
    *,
    title: str = "",
    description: str = "",
    view: str = "world",
    links: Mapping[str, str] | None = None,
) -> str:
    """Return the map as SVG: a circle for each territory (ISO 3166-1 letters) with people.

    `names` are the territories in the reader's language; `view` is "world" or "asia"; `links` are
    addresses to which the circles lead. Territories that no map holds are left out: the table
    beside the map has them. Raises MapIsMissing before the front end is built.
    """
    box, letters, largest = VIEWS[view]
    circles = _circles(values, names, largest, links or {})
    shown = [circle for circle in circles if _is_inside(circle, box)]
    if links:
        shown = _side_by_side(shown, SMALLEST[view])
    key = "m" + sha256(f"{view} {title}".encode()).hexdigest()[:8]
    # What is a picture has no links inside; a group may have them.
    role = "group" if links else "img"
    return (
        f'<svg class="world-map world-map--{view}" viewBox="{box}" role="{role}"'
        f' aria-labelledby="{key}-t {key}-d"><title id="{key}-t">{escape(title)}</title>'
        f'<desc id="{key}-d">{escape(description or _in_words(shown))}</desc>{_land()}'
        f"{''.join(_drawn(circle) for circle in shown)}"
        f"{''.join(_labels(shown, letters, _frame(box)))}</svg>"
    )


def _circles(
    values: Mapping[str, int], names: Mapping[str, str], largest: float, links: Mapping[str, str]
) -> Sequence[_Circle]:
    """Make the circles, the largest first, so that small ones lie on top."""
    places: dict[str, tuple[float, float]] = _world()["centroids"]
    most = max(values.values(), default=0) or 1
    ordered = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    return [
        _Circle(
            *places[code], largest * sqrt(value / most), names.get(code, code), value,
            links.get(code, ""),
        )
        for code, value in ordered
        if value > 0 and code in places
    ]  # fmt: skip


def _side_by_side(circles: Sequence[_Circle], smallest: float) -> list[_Circle]:
    """Make each circle large enough for its number, and let none lie on another."""
    grown = [replace(one, radius=max(one.radius, smallest)) for one in circles]
    places = spread_out([(one.x, one.y, one.radius + AROUND / 2) for one in grown])
    return [
        replace(one, x=round(x, 1), y=round(y, 1), home=(one.x, one.y))
        for one, (x, y) in zip(grown, places, strict=True)
    ]


@cache
def _world() -> dict[str, Any]:
    try:
        world: dict[str, Any] = json.loads((DIST / "world.json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        message = "The map is not drawn yet: run python3 scripts/build_front_end.py"
        raise MapIsMissing(message) from error
    return world


def forget_world() -> None:
    """Read the map again at its next use, as after a new build of the front end."""
    _world.cache_clear()
    _land_file.cache_clear()


def _is_inside(circle: _Circle, box: str) -> bool:
    return _frame(box).holds(_Box(circle.x, circle.y, circle.x, circle.y))


def _frame(box: str) -> _Box:
    left, top, width, height = (float(number) for number in box.split())
    return _Box(left, top, left + width, top + height)


def _in_words(circles: Sequence[_Circle]) -> str:
    return "; ".join(f"{circle.name} {circle.value}" for circle in circles)


def _land() -> str:
    land = ADDRESS + _land_file()
    return (
        f'<use class="world-map__land" href="{land}#land"/>'
        f'<use class="world-map__borders" href="{land}#borders"/>'
    )


@cache
def _land_file() -> str:
    manifest = DIST / "manifest.json"
    known: dict[str, str] = json.loads(manifest.read_text()) if manifest.exists() else {}
    return known.get("world.svg", "world.svg")


def _drawn(circle: _Circle) -> str:
    radius = max(circle.radius, 0.8)
    title = f"<title>{escape(circle.name)} {circle.value}</title>"
    at = f'cx="{circle.x:g}" cy="{circle.y:g}"'
    dot = f'<circle class="world-map__people" {at} r="{radius:.1f}"'
    if not circle.link:
        return f"{dot}>{title}</circle>"
    return (
        f'<a class="world-map__way" href="{escape(circle.link)}">{title}{_thread_home(circle)}'
        f'<circle class="world-map__around" {at} r="{radius + AROUND:.1f}"/>{dot}/>'
        f'<text class="world-map__number" x="{circle.x:g}" y="{circle.y + radius * 0.36:.1f}"'
        f' font-size="{radius:.1f}" text-anchor="middle">{circle.value}</text></a>'
    )


def _thread_home(circle: _Circle) -> str:
    """A thread from a circle that was moved aside to its country."""
    x, y = circle.home or (circle.x, circle.y)
    if hypot(circle.x - x, circle.y - y) < MOVED:
        return ""
    return f'<path class="world-map__thread" d="M{x:g},{y:g}L{circle.x:g},{circle.y:g}"/>'


def _labels(circles: Sequence[_Circle], letters: float, frame: _Box) -> Iterator[str]:
    """Name the largest circles, each where its name meets no circle, no other and no edge."""
    taken = [_around(circle) for circle in circles]
    for circle in circles if circles and circles[0].link else circles[:LABELS_AT_MOST]:
        words = circle.name if circle.link else f"{circle.name} {circle.value}"
        for anchor, box in _beside(circle, len(words) * letters * LETTER, letters):
            if frame.holds(box) and not any(box.meets(other) for other in taken):
                taken.append(box)
                yield _label(words, anchor, box, letters)
                break


def _around(circle: _Circle) -> _Box:
    reach = circle.radius * 0.9
    return _Box(circle.x - reach, circle.y - reach, circle.x + reach, circle.y + reach)


def _beside(circle: _Circle, wide: float, tall: float) -> Iterator[tuple[str, _Box]]:
    gap, half = circle.radius + tall * 0.3, tall * 0.55
    for lift in (0.0, -tall, tall):
        middle = circle.y + lift
        right, left = circle.x + gap, circle.x - gap
        yield "start", _Box(right, middle - half, right + wide, middle + half)
        yield "end", _Box(left - wide, middle - half, left, middle + half)


def _label(words: str, anchor: str, box: _Box, letters: float) -> str:
    x = box.left if anchor == "start" else box.right
    y = (box.top + box.bottom) / 2 + letters * 0.35
    return (
        f'<text class="world-map__label" x="{x:.1f}" y="{y:.1f}" font-size="{letters:g}"'
        f' text-anchor="{anchor}">{escape(words)}</text>'
    )
