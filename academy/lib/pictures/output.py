"""What the drawing child gave back, looked at before anybody is served it."""

import struct
from dataclasses import dataclass
from typing import Any

from academy.lib.pictures.head import NotDrawn, measure

#: What each part must be.
_KINDS = {"large": "webp", "small": "webp", "plain": "jpeg"}
#: Marks of a JPEG in which cameras and editors write about the picture: APP1 to APP15, COM.
_TALKING = frozenset({*range(0xE1, 0xF0), 0xFE}) - {0xEE}


@dataclass(frozen=True, slots=True)
class Part:
    """One size of a picture."""

    width: int
    height: int
    body: bytes


def read_parts(told: Any, bodies: bytes) -> dict[str, Part] | None:
    """Cut what the child wrote into its parts; None where it is not exactly what was asked for.

    The child decodes what strangers send, so it is believed as little as they are: kinds, sizes
    and the absence of anything but pixels are read from its bytes.
    """
    parts: dict[str, Part] = {}
    at = 0
    try:
        for name, width, height, length in told:
            parts[name] = Part(int(width), int(height), bodies[at : at + int(length)])
            at += int(length)
    except (TypeError, ValueError):
        return None
    is_whole = at == len(bodies) and parts.keys() == _KINDS.keys()
    return parts if is_whole and all(_is_bare(*each) for each in parts.items()) else None


def _is_bare(name: str, part: Part) -> bool:
    try:
        head = measure(part.body)
    except NotDrawn:
        return False
    fits = (head.kind, head.width, head.height) == (_KINDS[name], part.width, part.height)
    return fits and (_is_bare_webp if head.kind == "webp" else _is_bare_jpeg)(part.body)


def _is_bare_webp(body: bytes) -> bool:
    """One chunk of pixels that fills the file: no VP8X, so no EXIF, XMP, ICCP, nothing behind."""
    whole, length = struct.unpack_from("<4xI8xI", body)
    return bool(whole + 8 == len(body) == 20 + length + length % 2)


def _is_bare_jpeg(body: bytes) -> bool:
    """Nothing but tables and scans, from SOI to EOI."""
    at = 2
    while body[at] == 0xFF and body[at + 1] != 0xDA:  # noqa: PLR2004 (a mark; the first scan)
        if body[at + 1] in _TALKING:
            return False
        at += 2 + struct.unpack_from(">H", body, at + 2)[0]
    return body.endswith(b"\xff\xd9")
