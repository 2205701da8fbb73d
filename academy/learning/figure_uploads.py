"""Figures that somebody sends: named, weighed and looked at before they become a draft (pure)."""

import re
import unicodedata
from pathlib import PurePosixPath
from xml.etree import ElementTree as ET

from academy.learning.figures import KINDS, LARGEST, find_acts

#: How the bytes of each kind begin.
_BEGINS = {
    ".png": (b"\x89PNG\r\n\x1a\n",), ".jpg": (b"\xff\xd8\xff",), ".webp": (b"RIFF",),
}  # fmt: skip
_LONGEST_NAME = 60


class NoFigure(Exception):
    """Why a file cannot be a figure: empty, kind, heavy, other, acts, broken."""

    def __init__(self, why: str, words: str = "") -> None:
        super().__init__(why)
        self.why, self.words = why, words


def name_of(given: str, file_name: str) -> str:
    """Return a name that can be an address: of the name that was given, or of the file's own."""
    ending = PurePosixPath(file_name.replace("\\", "/")).suffix.lower().replace(".jpeg", ".jpg")
    if ending not in KINDS:
        raise NoFigure("kind")
    stem = PurePosixPath((given or file_name).replace("\\", "/")).name
    stem = re.sub(r"\.(svg|png|jpe?g|webp)$", "", stem, flags=re.IGNORECASE)
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_NAME].strip("-")
    return f"{slug or 'figure'}{ending}"


def look_at(name: str, data: bytes) -> bytes:
    """Return the bytes of a figure; raises NoFigure for what is none, acts, or is too heavy."""
    ending = PurePosixPath(name).suffix
    if not data:
        raise NoFigure("empty")
    if len(data) > LARGEST:
        raise NoFigure("heavy", f"{len(data) // 1000:,}")
    if ending == ".svg":
        _look_at_drawing(data)
    elif not data.startswith(_BEGINS[ending]) or (ending == ".webp" and data[8:12] != b"WEBP"):
        raise NoFigure("other")
    return data


def _look_at_drawing(data: bytes) -> None:
    # What acts, and every entity, is refused before anything reads it as XML.
    if found := find_acts(data):
        raise NoFigure("acts", found)
    if b"<!DOCTYPE" in data.upper():
        raise NoFigure("acts", "<!DOCTYPE")
    try:
        root = ET.fromstring(data)  # noqa: S314 (no entity is left in it)
    except (ET.ParseError, ValueError, LookupError) as error:
        raise NoFigure("broken") from error
    if root.tag.rpartition("}")[2] != "svg":
        raise NoFigure("other")
