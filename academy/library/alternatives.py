"""Alternative texts: what makes one that helps nobody, for files, forms and their advice."""

import re
from typing import Literal

Weakness = Literal["file_name", "opening", "short"]

_FILE_NAME = re.compile(r"(?i)^[\w -]+\.(jpe?g|png|webp|gif|heic)$|^(img|dsc|pxl|wa)[_-]?\d+")
#: Whoever hears it knows that it is a picture: the first words say nothing.
_OPENING = re.compile(r"(?i)^(an? |the )?(image|picture|photo(graph)?|gambar|foto) (of|showing)\b")
SHORTEST = 12


def weakness_of(alternative: str) -> Weakness | None:
    """Say what is weak in an alternative text; None where nothing is to be seen from outside."""
    words = alternative.strip()
    if _FILE_NAME.match(words):
        return "file_name"
    if _OPENING.match(words):
        return "opening"
    return "short" if len(words) < SHORTEST and words.isascii() else None
