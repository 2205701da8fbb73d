"""The first bytes of a picture: what kind it is and how large, before anything decodes it."""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["jpeg", "png", "webp", "gif"]
Reason = Literal[
    "empty", "too_large", "heic", "svg", "other_kind", "damaged", "too_small", "too_many_pixels",
    "too_heavy",
]  # fmt: skip

#: What is accepted: the photo of a phone.
LARGEST_BYTES = 12 * 1024 * 1024
#: Smaller than this on a side shows nothing.
SMALLEST_SIDE = 64
#: What may be decoded: the photo of any phone but the largest. A JPEG is decoded at a fraction of
#: its size; the decoder of WebP holds three copies of all pixels.
MOST_PIXELS: dict[Kind, int] = {
    "jpeg": 110_000_000, "png": 26_000_000, "gif": 16_000_000, "webp": 16_000_000,
}  # fmt: skip
#: The endings of file names of each kind.
SUFFIXES: dict[Kind, tuple[str, ...]] = {
    "jpeg": ("jpg", "jpeg"), "png": ("png",), "gif": ("gif",), "webp": ("webp",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """What the first bytes claim."""

    kind: Kind
    width: int
    height: int


class NotDrawn(Exception):
    """The file becomes no picture here, and why."""

    def __init__(self, reason: Reason, head: Head | None = None) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.head = head


def read_head(data: bytes) -> Head:
    """Return what the file is; raise NotDrawn for what is not accepted, unread.

    Only these bytes decide: names and content types are claims of whoever sent them.
    """
    if not data:
        raise NotDrawn("empty")
    if len(data) > LARGEST_BYTES:
        raise NotDrawn("too_large")
    head = measure(data)
    if min(head.width, head.height) < SMALLEST_SIDE:
        raise NotDrawn("too_small", head)
    if head.width * head.height > MOST_PIXELS[head.kind]:
        raise NotDrawn("too_many_pixels", head)
    return head


def measure(data: bytes) -> Head:
    """Return what the first bytes claim, within no bounds; NotDrawn for what is no picture."""
    for kind, sign, size_of in _KINDS:
        if data.startswith(sign) and (kind != "webp" or data[8:12] == b"WEBP"):
            try:
                return Head(kind, *size_of(data))
            except (struct.error, IndexError) as error:
                raise NotDrawn("damaged") from error
    raise NotDrawn(_kind_that_is_not_taken(data))


def _png(data: bytes) -> tuple[int, int]:
    if data[12:16] != b"IHDR":
        raise NotDrawn("damaged")
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _gif(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<HH", data, 6)
    return width, height


#: Of ISO/IEC 10918-1, table B.1: every start of a frame, which tells the size; C4, C8 and CC are
#: tables and a reservation.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
#: Marks without a length: fillers, TEM, RST and SOI.
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})
_END, _SCAN = 0xD9, 0xDA


def _jpeg(data: bytes) -> tuple[int, int]:
    """Walk from mark to mark up to the frame's own."""
    at = 2
    while True:
        at = data.index(b"\xff", at) if b"\xff" in data[at : at + 65_536] else len(data)
        while data[at] == 0xFF:  # noqa: PLR2004 (the byte that begins a mark)
            at += 1
        mark = data[at]
        if mark in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 4)
            return width, height
        if mark in {_END, _SCAN}:
            raise NotDrawn("damaged")
        at += 1 if mark in _BARE else 1 + max(struct.unpack_from(">H", data, at + 1)[0], 2)


def _webp(data: bytes) -> tuple[int, int]:
    """Read the size where each of the three layouts has it (RFC 9649)."""
    chunk = data[12:16]
    if chunk == b"VP8X":
        wide, high = data[24:27], data[27:30]
        return int.from_bytes(wide, "little") + 1, int.from_bytes(high, "little") + 1
    if chunk == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    raise NotDrawn("damaged")


_KINDS: tuple[tuple[Kind, bytes, Callable[[bytes], tuple[int, int]]], ...] = (
    ("jpeg", b"\xff\xd8\xff", _jpeg),
    ("png", b"\x89PNG\r\n\x1a\n", _png),
    ("gif", b"GIF87a", _gif),
    ("gif", b"GIF89a", _gif),
    ("webp", b"RIFF", _webp),
)
#: Brands of ISO base media files with a still of HEVC (ISO/IEC 23008-12): what iPhones write.
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


def _kind_that_is_not_taken(data: bytes) -> Reason:
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        return "heic"
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<svg", b"<?xml", b"<!doctype svg")) or b"<svg" in start:
        return "svg"
    return "other_kind"
