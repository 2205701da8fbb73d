"""Draws the diagrams beside the academy's own cases: python scripts/draw_case_pictures.py.

Each shows only what the record tells, in the academy's colours; courses/cases/pictures/ keeps them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FOLDER = Path(__file__).parent.parent / "courses" / "cases" / "pictures"
WIDTH, HEIGHT = 1200, 900
PAPER, INK, FADED = "#faf6ee", "#211c16", "#5d5449"
#: Tints of the dyes, and the dyes for their edges.
INDIGO, LEAF, CLAY = ("#dfe5f3", "#27407a"), ("#dfeae2", "#3c6e4f"), ("#f3e2d3", "#b5652f")
#: Of the box in the middle.
BROAD = (520, 210)
LETTERS = 44
LINE = 54

Dye = tuple[str, str]
Spot = tuple[int, int]


@dataclass(frozen=True)
class Box:
    """Something with its words: the middle of it, how wide and high it is, its dye."""

    middle: Spot
    words: str
    size: Spot = (430, 170)
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
    _write(pen, (WIDTH // 2, 60), title, 54)
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
        _write(pen, arrow.words_at, arrow.words, LETTERS - 6, FADED)


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
            Box((235, 230), "Harvest: prices\nare lowest", dye=CLAY),
            Box((235, 690), "Farmers of the\ncooperative", dye=LEAF),
            Box((965, 230), "The store of\nthe programme"),
            Box((965, 690), "TSKI lends\nfor marketing"),
        ],
        [
            Arrow((452, 230), (748, 230), "paddy kept,\nnot sold", (600, 165)),
            Arrow((965, 317), (965, 602), "it secures\nthe loan", (1085, 460)),
            Arrow((748, 720), (454, 720), "a loan lets\nthem wait", (600, 655)),
            Arrow((820, 317), (420, 602), "they may take\nit out again", (400, 430)),
            Arrow((150, 603), (150, 317)),
        ],
    )  # fmt: skip


def village_banks() -> None:
    """Draw who taught whom to keep the village banks of Laos, and who paid later."""
    draw(
        "village-banks-who-taught-whom", "Who taught whom",
        [
            Box((285, 210), "Thailand: FIAM and\nCODI trained them", (500, 150), CLAY),
            Box((915, 210), "Lao Women’s Union\nbegan it in 1997", (500, 150)),
            Box((600, 465), "Women of villages in\nLaos keep a bank\nof their own", BROAD, LEAF),
            Box((285, 755), "Laos: ECCDA and\nHomeNet Laos\nwent on from there", (470, 220)),
            Box((945, 755), "Korea: KOICA and\nCitizens for\nDecent Housing", (440, 220), CLAY),
        ],
        [
            Arrow((380, 287), (450, 356)),
            Arrow((820, 287), (750, 356)),
            Arrow((380, 643), (450, 574)),
            Arrow((724, 755), (524, 755), "money", (622, 715)),
        ],
    )  # fmt: skip


def main() -> None:
    """Draw all of them."""
    rice_in_the_store()
    village_banks()


if __name__ == "__main__":
    main()
