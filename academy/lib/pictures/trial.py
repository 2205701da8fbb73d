"""Tries whether this machine draws pictures: for whoever runs it, before somebody sends one."""

import struct
import zlib

from academy.lib.pictures.drawing import draw
from academy.lib.pictures.head import NotDrawn

_SIDE = 64
_WHITE = (b"\0" + b"\xff" * _SIDE) * _SIDE


def can_draw() -> bool:
    """Whether a small white square comes back; a few tenths of a second."""
    try:
        return draw(bare_png(_SIDE, _SIDE, 0, _WHITE)).large.width == _SIDE
    except (NotDrawn, OSError):
        return False


def bare_png(width: int, height: int, colour: int, pixels: bytes) -> bytes:
    """Return a PNG (RFC 2083) that says it is so large and holds these rows, without any library.

    `colour` 0 is one channel of grey, 2 is RGB; before each row stands a zero.
    """
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(pixels)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )
