"""Attendance drawn as cloth: one person's weeks as a strip, one evening as lanes on its window.

SVG made on the server: readable without script, printable. Colours come from classes
(static/css/desk/loom.css) and so follow light and dark; every mark has a shape of its own.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

#: A strip is as wide as a phone's page at most; few marks are not drawn wider than a finger.
STRIP_WIDE, MARK_WIDEST, STRIP_TALL = 312, 36, 24
THREADS = 8
#: What is drawn first lies under the others; each is a class of strip.css.
LAYERS = ("warp", "thread", "cloth", "frame", "seen", "open")
LANE_TALL, AXIS_TALL = 16, 24
NEAR_START, NEAR_END = 8, 92
#: A moment is drawn so wide, in percent.
NARROWEST = 0.4


def draw_cells(marks: Sequence[tuple[str, str, int]], folder: str) -> str:
    """Return a row's cells: each with its mark, its words (escaped by now) and its own page.

    `marks` are (kind, words, number); the page is `folder`/number/, relative to the table's.
    Five thousand cells in a template's loop cost four times as much.
    """
    return "".join(
        f'<td class="{kind}"{_CAME.get(kind, "")}><a href="{folder}/{number}/">{words}</a></td>'
        for kind, words, number in marks
    )


#: Cells of whom somebody knows how long they stayed: their words are seen, not only read aloud.
_CAME = {f"k{threads}": " data-came" for threads in range(1, THREADS + 1)}


def draw_strip(marks: Sequence[str], words: str, room: int = STRIP_WIDE) -> str:
    """Draw one mark for each live session, in order; `words` say the same to a screen reader.

    It is at most `room` pixels wide, and becomes narrower where there is less.

    A mark is "k1" to "k8" for a share of the time, or a letter of its own: "ku" came and nobody
    knows how long, "kb" seen and not counted, "kd" an opened door, "kn" not there, "ks" said no,
    "kr" not registered, "kc" to come, "kx" nobody knows.
    """
    wide = max(2, min(MARK_WIDEST, room // max(len(marks), 1)))
    paths: dict[str, list[str]] = {layer: [] for layer in LAYERS}
    for at, mark in enumerate(marks):
        paths["warp"].append(f"M{at * wide + wide / 2:g} 0v{STRIP_TALL}")
        kind, draw = _MARKS.get(mark, ("cloth", _float))
        paths[kind].append(draw(at * wide, wide, mark))
    drawn = "".join(
        f'<path class="strip__{kind}" d="{"".join(parts)}"/>'
        for kind, parts in paths.items()
        if any(parts)
    )
    return (
        f'<svg class="strip" width="{wide * len(marks)}" height="{STRIP_TALL}"'
        f' viewBox="0 0 {wide * len(marks)} {STRIP_TALL}" preserveAspectRatio="none" role="img"'
        f' aria-label="{escape(words)}">{drawn}</svg>'
    )


_MIDDLE = STRIP_TALL // 2


def _float(x: int, wide: int, mark: str) -> str:
    """Let the weft lie on the warp: the longer somebody stayed, the thicker."""
    tall = 2 * int(mark[1:]) + 4
    return f"M{x} {_MIDDLE - tall // 2}h{max(wide - 1, 1)}v{tall}h-{max(wide - 1, 1)}z"


def _thread(x: int, wide: int, _mark: str) -> str:
    return f"M{x} {_MIDDLE}h{wide}"


def _broken(x: int, wide: int, _mark: str) -> str:
    part = wide / 4
    return f"M{x} {_MIDDLE}h{part:g}M{x + 3 * part:g} {_MIDDLE}h{part:g}"


def _knot(x: int, wide: int, _mark: str) -> str:
    half = min(wide / 2 - 0.5, 5)
    sides = f"l{half:g} {half:g}-{half:g} {half:g}-{half:g}-{half:g}z"
    return f"M{x + wide / 2:g} {_MIDDLE - half:g}{sides}"


def _hollow(x: int, wide: int, _mark: str) -> str:
    part = wide / 4
    return f"M{x + part:g} {_MIDDLE - 3}h{2 * part:g}v6h-{2 * part:g}z"


def _frame(x: int, wide: int, _mark: str) -> str:
    across = max(wide - 3, 1)
    return f"M{x + 1} 2h{across}v{STRIP_TALL - 4}h-{across}z"


def _stitch(x: int, wide: int, _mark: str) -> str:
    """Lay a short stitch over the warp: nobody knows."""
    return f"M{x + wide / 2 - 1.5:g} {_MIDDLE}h3"


def _nothing(_x: int, _wide: int, _mark: str) -> str:
    return ""


_MARKS: dict[str, tuple[str, Callable[[int, int, str], str]]] = {
    "ku": ("frame", _frame),
    "kb": ("seen", _hollow),
    "kd": ("open", _knot),
    "kn": ("thread", _thread),
    "ks": ("thread", _broken),
    "kr": ("thread", _nothing),
    "kc": ("thread", _nothing),
    "kx": ("thread", _stitch),
}


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when, in seconds after the start; `kind` is "in", "out" or "sum"."""

    start: float
    end: float
    kind: str = "in"


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of spans with its label and what it says in words."""

    label: str
    spans: tuple[Span, ...]
    words: str


def draw_lanes(
    lanes: Sequence[Lane],
    *,
    parts: Sequence[tuple[float, float]],
    hours: Sequence[tuple[float, str]],
    title: str,
) -> str:
    """Draw spans under each other on one window, with its hours below.

    `parts` are those of the window in which presence counts, in seconds after its start: between
    them is a break. What lies outside is drawn outside, as far as an hour before and after.
    """
    scale = _scale_of(lanes, parts[-1][1])
    rows = "".join(_lane(lane, scale, parts) for lane in lanes)
    axis = "".join(
        _hour(scale.place(second), words, is_between=at % 2 == 1)
        for at, (second, words) in enumerate(hours)
    )
    return (
        f'<div class="lanes" role="group" aria-label="{escape(title)}">{rows}'
        f'<svg class="lanes__axis" width="100%" height="{AXIS_TALL}" direction="ltr"'
        f' aria-hidden="true">{axis}</svg></div>'
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """From which second to which a picture goes."""

    first: float
    last: float

    def place(self, second: float) -> float:
        """Return where a second stands, in percent."""
        inside = min(max(second, self.first), self.last)
        return (inside - self.first) * 100 / (self.last - self.first)


_AN_HOUR = 3600


def _scale_of(lanes: Iterable[Lane], length: float) -> _Scale:
    ends = [second for lane in lanes for span in lane.spans for second in (span.start, span.end)]
    first = max(min([0, *ends]), -_AN_HOUR)
    return _Scale(first, min(max([length, *ends]), length + _AN_HOUR))


def _lane(lane: Lane, scale: _Scale, parts: Sequence[tuple[float, float]]) -> str:
    window = "".join(_window(first, last, scale) for first, last in parts)
    spans = "".join(_span(span, scale) for span in lane.spans)
    return (
        f'<p class="lanes__label"><bdi>{escape(lane.label)}</bdi>'
        f' <span class="lanes__words">{escape(lane.words)}</span></p>'
        f'<svg class="lanes__lane" width="100%" height="{LANE_TALL}" direction="ltr"'
        f' aria-hidden="true">{window}{spans}</svg>'
    )


def _window(first: float, last: float, scale: _Scale) -> str:
    reach = _reach(scale, first, last)
    return f'<rect class="lanes__window" height="{LANE_TALL}"{reach}/>'


def _span(span: Span, scale: _Scale) -> str:
    return (
        f'<rect class="lanes__span lanes__span--{span.kind}" y="2" height="{LANE_TALL - 4}"'
        f"{_reach(scale, span.start, span.end)}/>"
    )


def _reach(scale: _Scale, start: float, end: float) -> str:
    wide = max(scale.place(end) - scale.place(start), NARROWEST)
    return f' x="{scale.place(start):.2f}%" width="{wide:.2f}%"'


def _hour(share: float, words: str, *, is_between: bool) -> str:
    """Draw an hour; those between give way on a phone."""
    kind = " lanes__hour--between" if is_between else ""
    anchor = "start" if share < NEAR_START else "end" if share > NEAR_END else "middle"
    return (
        f'<line class="lanes__tick" x1="{share:.2f}%" x2="{share:.2f}%" y1="0" y2="5"/>'
        f'<text class="lanes__hour{kind}" x="{share:.2f}%" y="19" text-anchor="{anchor}">'
        f"{escape(words)}</text>"
    )
