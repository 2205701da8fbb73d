"""Figures drawn as SVG on the server: readable without script, printable, read aloud.

Colours come from classes (static/css/components/chart.css) and so follow light and dark. Widths are
percentages and text keeps its size, so that a chart fits a phone and a wide screen alike. Whoever
calls gives every word, translated; parts are told apart by dye and by pattern.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from itertools import accumulate

#: The dyes of chart.css in their fixed order; the first is plain, the others carry a pattern.
PATTERNS = ("", "M0 8L8 0M-2 2L2-2M6 10L10 6", "M4 2v4M2 4h4", "M0 4h8")
PLOT_TOP, PLOT_TALL, AXIS_TALL = 30, 180, 28
PANEL_TALL = 88
BAR_TALL, UNDER_TALL = 18, 10
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10000, 50000, 100000)
LINES_AT_MOST = 4
#: Where a label would leave the picture, it is anchored at its other end.
NEAR_START, NEAR_END = 12, 88


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar: how many, and which dye of the fixed order (0 to 3)."""

    value: int
    dye: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its parts from the start on, and its number in words ("55 of 212").

    `under` is a thin bar below it, on the same scale: something else of the same thing.
    """

    label: str
    parts: tuple[Part, ...]
    words: str
    under: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """One of several small curves: its label, how many were present in each minute, its words.

    `hours` are the labels of the first and the last minute.
    """

    label: str
    present: Sequence[int]
    words: str
    hours: tuple[str, ...] = ()


def draw_presence(
    present: Sequence[int],
    *,
    title: str,
    description: str,
    peak: str,
    hours: Sequence[str] = (),
) -> str:
    """Draw how many were present, minute by minute, with the words `peak` at its highest point.

    `hours` are labels spread evenly from the first to the last minute ("14:00", "14:30", …).
    """
    top = max(present, default=0) or 1
    at = list(present).index(top) if top in present else 0
    parts = [
        *_levels(top),
        _curve(present, top, PLOT_TOP, PLOT_TALL),
        _peak(at / max(len(present) - 1, 1) * 100, peak),
        *_spread(hours, PLOT_TOP + PLOT_TALL + 20),
    ]
    return _picture("presence", title, description, PLOT_TOP + PLOT_TALL + AXIS_TALL, parts)


def _levels(top: int) -> list[str]:
    """Draw the horizontal threads and their numbers, at most four above the ground."""
    step = next((one for one in STEPS if top / one <= LINES_AT_MOST), STEPS[-1])
    lines = []
    for value in range(0, top + 1, step):
        y = _n(PLOT_TOP + PLOT_TALL * (1 - value / top))
        lines.append(f'<line class="chart__thread" x1="0" x2="100%" y1="{y}" y2="{y}"/>')
        if value:
            lines.append(f'<text class="chart__level" x="0" y="{y}" dy="-4">{value}</text>')
    return lines


def _curve(present: Sequence[int], top: int, y: int, tall: int) -> str:
    """Draw the area under the curve and its edge, stretched over the width of the picture."""
    if not present:
        return ""
    steps = list(present) if len(present) > 1 else [present[0], present[0]]
    edge = " ".join(f"{minute},{top - value}" for minute, value in _corners(steps))
    last = len(steps) - 1
    return (
        f'<svg y="{y}" width="100%" height="{tall}" viewBox="0 0 {last} {top}"'
        f' preserveAspectRatio="none" overflow="visible">'
        f'<polygon class="chart__area" points="0,{top} {edge} {last},{top}"/>'
        f'<polyline class="chart__edge" vector-effect="non-scaling-stroke" points="{edge}"/></svg>'
    )


def _corners(steps: Sequence[int]) -> list[tuple[int, int]]:
    """Keep the minutes in which something changes, so that a still hour weighs nothing."""
    last = len(steps) - 1
    return [
        (minute, value)
        for minute, value in enumerate(steps)
        if minute in {0, last} or steps[minute - 1] != value or steps[minute + 1] != value
    ]


def _peak(share: float, words: str) -> str:
    return (
        f'<circle class="chart__peak" cx="{_n(share)}%" cy="{PLOT_TOP}" r="4"/>'
        f'<text class="chart__words" x="{_n(share)}%" y="{PLOT_TOP - 12}"'
        f' text-anchor="{_anchor(share)}">{escape(words)}</text>'
    )


def _spread(labels: Sequence[str], y: int) -> list[str]:
    spans = max(len(labels) - 1, 1)
    shares = [at * 100 / spans for at in range(len(labels))]
    return [
        f'<text class="chart__label{" chart__label--between" if at % 2 and spans > 1 else ""}"'
        f' x="{_n(share)}%" y="{y}" text-anchor="{_anchor(share)}">{escape(label)}</text>'
        for at, (share, label) in enumerate(zip(shares, labels, strict=True))
    ]


def _anchor(share: float) -> str:
    if share < NEAR_START:
        return "start"
    return "end" if share > NEAR_END else "middle"


def draw_bars(bars: Sequence[Bar], *, title: str, description: str) -> str:
    """Draw bars under each other, each under its label and its number, which stay text."""
    rows = [line for bar in bars for line in (bar.parts, bar.under)]
    longest = max((sum(part.value for part in line) for line in rows), default=0) or 1
    key = _key("bars", title)
    drawn = "".join(_bar(bar, longest, key) for bar in bars)
    used = {part.dye for line in rows for part in line}
    return (
        f'<div class="bars" role="group" aria-label="{escape(title)}">'
        f'<p class="visually-hidden">{escape(description)}</p>{_dyes(used, key)}{drawn}</div>'
    )


def _bar(bar: Bar, longest: int, key: str) -> str:
    under = _strip(bar.under, UNDER_TALL, longest, key) if bar.under else ""
    return (
        f'<p class="bars__label"><span>{escape(bar.label)}</span>'
        f'<strong class="bars__words">{escape(bar.words)}</strong></p>'
        f"{_strip(bar.parts, BAR_TALL, longest, key)}{under}"
    )


def _strip(parts: Sequence[Part], tall: int, longest: int, key: str) -> str:
    """Draw the parts one after another, on a scale on which the longest bar fills the width."""
    scale = 100 / longest
    starts = [0, *accumulate(part.value for part in parts)]
    pieces = "".join(
        f'<rect class="chart__piece chart__piece--{part.dye}"{_pattern(part.dye, key)}'
        f' x="{_n(start * scale)}%" width="{_n(part.value * scale)}%" height="{tall}"/>'
        for start, part in zip(starts, parts, strict=False)
        if part.value
    )
    return (
        f'<svg class="chart" width="100%" height="{tall}" direction="ltr" aria-hidden="true">'
        f"{pieces}</svg>"
    )


def _pattern(dye: int, key: str) -> str:
    return f' fill="url(#{key}-{dye})"' if PATTERNS[dye] else ""


def _dyes(used: set[int], key: str) -> str:
    patterns = "".join(
        f'<pattern id="{key}-{dye}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<path class="chart__ground chart__ground--{dye}" d="M0 0h8v8H0z"/>'
        f'<path class="chart__hatch" d="{PATTERNS[dye]}"/></pattern>'
        for dye in sorted(used)
        if PATTERNS[dye]
    )
    defined = f'<svg width="0" height="0" aria-hidden="true"><defs>{patterns}</defs></svg>'
    return defined if patterns else ""


def draw_presences(panels: Sequence[Panel], *, title: str) -> str:
    """Draw several curves of presence beside each other on one scale, each with its label."""
    top = max((max(panel.present, default=0) for panel in panels), default=0) or 1
    return f'<div class="multiples">{"".join(_panel(one, top, title) for one in panels)}</div>'


def _panel(panel: Panel, top: int, title: str) -> str:
    name = f"{title}: {panel.label}"
    y = PANEL_TALL + 2
    ground = f'<line class="chart__thread" x1="0" x2="100%" y1="{y}" y2="{y}"/>'
    curve = [_curve(panel.present, top, 2, PANEL_TALL), ground]
    hours = _spread(panel.hours, y + 20)
    tall = y + AXIS_TALL if hours else y + 2
    return (
        f'<div class="multiples__one"><p class="multiples__label">{escape(panel.label)}</p>'
        f"{_picture('panel', name, panel.words, tall, [*curve, *hours])}"
        f'<p class="multiples__words">{escape(panel.words)}</p></div>'
    )


def _picture(kind: str, title: str, description: str, tall: int, parts: Sequence[str]) -> str:
    key = _key(kind, title)
    return (
        f'<svg class="chart chart--{kind}" width="100%" height="{tall}" role="img" direction="ltr"'
        f' aria-labelledby="{key}-t {key}-d">'
        f'<title id="{key}-t">{escape(title)}</title>'
        f'<desc id="{key}-d">{escape(description)}</desc>{"".join(parts)}</svg>'
    )


def _key(kind: str, title: str) -> str:
    """Name a picture, so that its ids are its own on a page with several."""
    return "c" + sha256(f"{kind} {title}".encode()).hexdigest()[:8]


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
