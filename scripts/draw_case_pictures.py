"""Draws the diagrams beside the academy's own cases: python scripts/draw_case_pictures.py.

Each shows only what the record tells, in the academy's colours; courses/cases/pictures/ keeps them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FOLDER = Path(__file__).parent.parent / "courses" / "cases" / "pictures"
WIDTH, HEIGHT = 1200, 800
PAPER, INK, FADED = "#faf6ee", "#211c16", "#5d5449"
#: Tints of the dyes, and the dyes for their edges.
INDIGO, LEAF, CLAY = ("#dfe5f3", "#27407a"), ("#dfeae2", "#3c6e4f"), ("#f3e2d3", "#b5652f")
#: Of the box in the middle.
BROAD = (400, 180)
LETTERS = 34
LINE = 42

Dye = tuple[str, str]
Spot = tuple[int, int]


@dataclass(frozen=True)
class Box:
    """Something with its words: the middle of it, how wide and high it is, its dye."""

    middle: Spot
    words: str
    size: Spot = (330, 150)
    dye: Dye = INDIGO


@dataclass(frozen=True)
class Arrow:
    """What goes from one spot to another, with words beside it."""

    start: Spot
    end: Spot
    words: str = ""
    words_at: Spot = (0, 0)


def draw(name: str, title: str, boxes: Sequence[Box], arrows: Sequence[Arrow]) -> None:
    """Write one diagram as PNG."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    _write(pen, (WIDTH // 2, 56), title, 44)
    for arrow in arrows:
        _draw_arrow(pen, arrow)
    for box in boxes:
        _draw_box(pen, box)
    FOLDER.mkdir(exist_ok=True)
    picture.quantize(64).save(FOLDER / f"{name}.png", optimize=True)


def _draw_box(pen: ImageDraw.ImageDraw, box: Box) -> None:
    (x, y), (wide, high), (tint, edge) = box.middle, box.size, box.dye
    around = (x - wide // 2, y - high // 2, x + wide // 2, y + high // 2)
    pen.rounded_rectangle(around, 14, fill=tint, outline=edge, width=4)
    _write(pen, box.middle, box.words, LETTERS)


def _draw_arrow(pen: ImageDraw.ImageDraw, arrow: Arrow) -> None:
    (x, y), (to_x, to_y) = arrow.start, arrow.end
    pen.line((arrow.start, arrow.end), fill=FADED, width=6)
    length = max(((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5, 1)
    along = ((to_x - x) / length, (to_y - y) / length)
    back = (to_x - 26 * along[0], to_y - 26 * along[1])
    sides = [(back[0] + side * 14 * along[1], back[1] - side * 14 * along[0]) for side in (-1, 1)]
    pen.polygon([arrow.end, *sides], fill=FADED)
    if arrow.words:
        _write(pen, arrow.words_at, arrow.words, LETTERS - 4, FADED)


def _write(pen: ImageDraw.ImageDraw, middle: Spot, words: str, size: int, ink: str = INK) -> None:
    font = ImageFont.load_default(size)
    lines = words.split("\n")
    top = middle[1] - LINE * (len(lines) - 1) // 2
    for number, line in enumerate(lines):
        pen.text((middle[0], top + number * LINE), line, fill=ink, font=font, anchor="mm")


def rice_in_the_store() -> None:
    """Draw how paddy secures a loan, so that nobody sells at harvest."""
    draw(
        "rice-in-the-store", "Rice in the store secures a loan",
        [
            Box((210, 220), "Harvest:\nprices are lowest", dye=CLAY),
            Box((210, 610), "Farmers of\nthe cooperative", dye=LEAF),
            Box((950, 220), "The store of\nthe programme"),
            Box((950, 610), "TSKI lends for\nmarketing"),
        ],
        [
            Arrow((376, 220), (782, 220), "paddy is kept,\nnot sold", (580, 285)),
            Arrow((950, 297), (950, 532), "the paddy\nsecures it", (1090, 415)),
            Arrow((782, 640), (378, 640), "a loan lets them wait", (580, 685)),
            Arrow((782, 265), (378, 560), "they may take\nit out again", (415, 385)),
            Arrow((210, 532), (210, 298)),
        ],
    )  # fmt: skip


def village_banks() -> None:
    """Draw who taught whom to keep the village banks of Laos, and who paid later."""
    draw(
        "village-banks-who-taught-whom", "Who taught whom",
        [
            Box((235, 220), "Thailand: FIAM and\nCODI trained them", (390, 150), CLAY),
            Box((950, 220), "Lao Women’s Union\nbegan it in 1997", (390, 150)),
            Box((600, 430), "Women of villages\nin Laos keep a bank\nof their own", BROAD, LEAF),
            Box((235, 660), "Laos: ECCDA and\nHomeNet Laos went on\nfrom there", (390, 180)),
            Box((950, 660), "Korea: KOICA and\nCitizens for\nDecent Housing", (390, 180), CLAY),
        ],
        [
            Arrow((370, 297), (450, 336)),
            Arrow((815, 297), (750, 336)),
            Arrow((370, 568), (450, 524)),
            Arrow((753, 660), (434, 660), "money for it", (594, 705)),
        ],
    )  # fmt: skip


def main() -> None:
    """Draw all of them."""
    rice_in_the_store()
    village_banks()


if __name__ == "__main__":
    main()
