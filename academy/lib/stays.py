"""A strip that shows when somebody was there: the time as a line, each stay as a thread on it.

It carries no words: whoever shows it tells the times beside it. Colours come from classes
(static/css/components/stay.css) and so follow light and dark.
"""

from collections.abc import Iterable, Sequence

#: A stay of a minute in three hours would be too thin to be seen.
_THINNEST = 0.008


def draw_stays(stays: Iterable[Sequence[int]], seconds: int) -> str:
    """Return an SVG of the stays, each (start, end) in seconds after the start, of `seconds`."""
    parts = "".join(_stay(start, end, seconds) for start, end in stays)
    return (
        '<svg class="stay" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="stay__time" width="1000" height="10"/>{parts}</svg>'
    )


def _stay(start: int, end: int, seconds: int) -> str:
    left = min(max(start / seconds, 0.0), 1 - _THINNEST)
    wide = min(max((end - start) / seconds, _THINNEST), 1 - left)
    return f'<rect class="stay__here" x="{left * 1000:.0f}" width="{wide * 1000:.0f}" height="10"/>'
