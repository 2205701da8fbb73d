"""Woven bands: a small repeating pattern for each series, course and case, made from its slug.

Six ways of making cloth, as geometry only and after nobody's motif: thread-dyed steps, gold
thread on a dark ground, stamped bark, handspun checks, twill, and plaited leaf. A band is one
SVG of under 600 bytes that needs no style sheet, so it can stand on a page and in a mail alike.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import sha256

COTTON, INK = "#f3e9d6", "#2b241c"
INDIGO, MADDER, TURMERIC = "#27407a", "#a4392b", "#d39a1e"
LEAF, LAC, CLAY = "#3c6e4f", "#7a3158", "#b5652f"

#: The cloth, its figure, and a third thread.
DYES = (
    (INDIGO, COTTON, TURMERIC),
    (MADDER, COTTON, INK),
    (LAC, TURMERIC, COTTON),
    (LEAF, COTTON, TURMERIC),
    (COTTON, INDIGO, MADDER),
    (CLAY, COTTON, INK),
    (INK, TURMERIC, MADDER),
    (COTTON, MADDER, INDIGO),
    (INDIGO, COTTON, CLAY),
    (COTTON, LEAF, CLAY),
    (MADDER, TURMERIC, COTTON),
    (COTTON, LAC, TURMERIC),
)

#: A hundred squares of 24 in a row, seen from the middle of the fifty-first.
_FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="24 0 2376 24"'
    ' preserveAspectRatio="xMidYMid slice"><pattern id="{name}" width=".01" height="1">'
    '<path fill="{cloth}" d="M0 0h24v24H0z"/>{figure}</pattern>'
    '<path fill="url(#{name})" d="M0 0h2400v24H0z"/></svg>'
)


@lru_cache(maxsize=1024)
def band_svg(slug: str, place: str = "") -> str:
    """Return the band of `slug` as SVG; `place` keeps ids apart where one page shows it twice."""
    chance = sha256(slug.encode()).digest()
    cloth, figure, thread = DYES[chance[0] % len(DYES)]
    weave = WEAVES[chance[1] % len(WEAVES)]
    name = f"b{chance.hex()[:6]}{place}"
    return _FRAME.format(name=name, cloth=cloth, figure=weave(figure, thread, chance[2:]))


def _dyed_threads(figure: str, thread: str, chance: Sequence[int]) -> str:
    """Draw a stepped lozenge whose edges have bled a little, thread by thread."""
    steep, bleed = 8 + chance[0] % 3, [chance[at] % 3 / 2 for at in range(1, 7)]
    tall = [max(steep - 1.8 * step + bleed[step], 0.5) for step in range(6)]
    small = [max(level - 4.5, 0) for level in tall[:3]]
    return _strokes(figure, 2, _columns(tall)) + _strokes(thread, 2, _columns(small))


def _columns(heights: Sequence[float]) -> str:
    sides = ((11 - 2 * step, 13 + 2 * step, level) for step, level in enumerate(heights) if level)
    return "".join(
        f"M{left} {12 - level:g}v{2 * level:g}M{right} {12 - level:g}v{2 * level:g}"
        for left, right, level in sides
    )


def _gold_thread(figure: str, thread: str, chance: Sequence[int]) -> str:
    """Set small lozenges in a star, between rows of shoots along both edges."""
    reach, size = 5 + chance[0] % 2, 2 + chance[1] % 2
    star = [(12, 12), (12 - reach, 12), (12 + reach, 12), (12, 12 - reach), (12, 12 + reach)]
    if chance[2] % 2:
        star += [(0, 12), (24, 12)]
    shoots = "M0 0l3 4 3-4 3 4 3-4 3 4 3-4 3 4 3-4zM0 24l3-4 3 4 3-4 3 4 3-4 3 4 3-4 3 4z"
    return _filled(figure, "".join(_lozenge(*point, size) for point in star)) + _filled(
        thread, shoots
    )


def _lozenge(x: float, y: float, size: float) -> str:
    return f"M{x:g} {y - size:g}l{size:g} {size:g}-{size:g} {size:g}-{size:g}-{size:g}z"


def _stamped_bark(figure: str, thread: str, chance: Sequence[int]) -> str:
    """Stamp four leaves into each square and a seed where the squares meet."""
    fat, far = 3 + chance[0] % 3, 9 + chance[1] % 2
    half = far / 2
    up = f"-{fat}-{half:g} 0-{far} {fat} {half:g} 0 {far}"
    down = f"-{fat} {half:g} 0 {far} {fat}-{half:g} 0-{far}"
    left = f"-{half:g}-{fat}-{far} 0 {half:g} {fat} {far} 0"
    right = f" {half:g} {fat} {far} 0-{half:g}-{fat}-{far} 0"
    leaves = f"M12 12q{up}{down}{left}{right}"
    between = "M0 7l3 5-3 5zM24 7l-3 5 3 5z"
    corners = "M0 0h3L0 4zM24 0h-3l3 4zM0 24h3l-3-4zM24 24h-3l3-4z"
    seeds = between if chance[2] % 2 else corners
    edge = "M0 1h24M0 23h24"
    return _filled(figure, leaves) + _filled(thread, seeds) + _strokes(thread, 1, edge)


def _handspun_checks(figure: str, thread: str, chance: Sequence[int]) -> str:
    """Cross uneven stripes, so that the cloth is deeper where they lie on each other."""
    wide, at = 4 + chance[0] % 4, 6 + chance[1] % 3
    broad = f"M{at} 0v24M{24 - at} 0v24M0 12h24"
    fine = f"M12 0v24M1 0v24M0 {3 + chance[2] % 3}h24M0 {21 - chance[2] % 3}h24"
    return _strokes(figure, wide, broad, ' opacity=".55"') + _strokes(thread, 1, fine)


def _twill(figure: str, thread: str, chance: Sequence[int]) -> str:
    """Let ridges run up and down across the band."""
    rise, fold = 5 + chance[0] % 3, 6 if chance[1] % 2 else 12
    turns = 12 // fold
    ridge = f"l{fold} {-rise}l{fold} {rise}" * turns
    rows = "".join(f"M0 {top}{ridge}" for top in (8, 24))
    bare = ' fill="none"'
    return _strokes(figure, 3, rows, bare) + _strokes(
        thread, 1.5, f"M0 16{ridge}M0 32{ridge}", bare
    )


def _plaited_leaf(figure: str, thread: str, chance: Sequence[int]) -> str:
    """Pass strips over and under each other in squares."""
    lines, wide = ((2, 6, 10), 2.5) if chance[0] % 2 else ((3, 9), 4.0)
    over = "".join(f"M.5 {y}h11M12.5 {y + 12}h11" for y in lines)
    under = "".join(f"M{x + 12} .5v11M{x} 12.5v11" for x in lines)
    return _strokes(figure, wide, over) + _strokes(thread, wide, under)


def _filled(dye: str, path: str) -> str:
    return f'<path fill="{dye}" d="{path}"/>'


def _strokes(dye: str, width: float, path: str, more: str = "") -> str:
    return f'<path stroke="{dye}" stroke-width="{width:g}"{more} d="{path}"/>'


Weave = Callable[[str, str, Sequence[int]], str]
WEAVES: tuple[Weave, ...] = (
    _dyed_threads,
    _gold_thread,
    _stamped_bark,
    _handspun_checks,
    _twill,
    _plaited_leaf,
)
