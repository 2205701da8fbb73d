"""Figures that somebody sends: drawings are looked at, pictures drawn anew, light and bare."""

import re
import unicodedata
from pathlib import PurePosixPath

from academy.learning import still_drawings
from academy.learning.figures import LARGEST
from academy.learning.still_drawings import find_acts
from academy.lib.pictures import draw, in_turn

_LONGEST_NAME = 60


class NoDrawing(Exception):
    """Why a file cannot be a drawing: heavy, other, acts, broken; and words of it."""

    def __init__(self, why: str, words: str = "") -> None:
        super().__init__(why)
        self.why, self.words = why, words


def as_figure(given: str, file_name: str, data: bytes) -> tuple[str, bytes]:
    """Return the name and the bytes of a figure that was sent.

    A drawing (SVG) stays as it is; a picture becomes a light WebP of which nothing is left but
    what is seen. Raises NoDrawing; of pictures NotDrawn and Busy.
    """
    if file_name.lower().endswith(".svg"):
        return _named(given or file_name, ".svg"), _look_at_drawing(data)
    with in_turn():
        drawn = draw(data)
    light = drawn.large if len(drawn.large.body) <= LARGEST else drawn.small
    return _named(given or file_name, ".webp"), light.body


def _named(given: str, ending: str) -> str:
    stem = PurePosixPath(given.replace("\\", "/")).name
    stem = re.sub(r"\.(svg|png|jpe?g|webp|gif)$", "", stem, flags=re.IGNORECASE)
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_NAME].strip("-")
    return f"{slug or 'figure'}{ending}"


def _look_at_drawing(data: bytes) -> bytes:
    if len(data) > LARGEST:
        raise NoDrawing("heavy", f"{len(data) // 1000:,}")
    try:
        found = find_acts(data)
    except still_drawings.NoDrawing as error:
        raise NoDrawing("broken") from error
    if found:
        raise NoDrawing("acts", found)
    return data
