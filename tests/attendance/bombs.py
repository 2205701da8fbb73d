"""A small workbook that unpacks to gigabytes of zeros, honest about its size or not."""

import io
import struct
import zipfile
import zlib

from tests.attendance.files import workbook

_BLOCK = 16_000_000
_LOCAL = "<4sHHHHHLLLHH"
_CENTRAL = "<4sHHHHHHLLLHHHHHLL"
_END = "<4sHHHHLLH"
_MOST = 0xFFFF_FFFF


def zeros_in_a_workbook(size: int, told: int | None = None) -> bytes:
    """Return a workbook whose sheet is `size` zeros and says that it is `told` bytes."""
    told = size if told is None else told
    parts = []
    whole = zipfile.ZipFile(io.BytesIO(workbook([["Name", "Email"]])))
    for name in whole.namelist():
        text = whole.read(name)
        is_bomb = name.endswith("sheet1.xml")
        data = _deflated(size) if is_bomb else _deflated_text(text)
        parts.append((name.encode(), data, zlib.crc32(text), told if is_bomb else len(text)))
    return _archive(parts)


def _deflated(size: int) -> bytes:
    """Return the packed form of so many zeros: one packed block, again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(bytes(_BLOCK)) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(_BLOCK)) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + block * (size // _BLOCK - 1) + packer.flush()


def _deflated_text(text: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(text) + packer.flush()


def _archive(parts: list[tuple[bytes, bytes, int, int]]) -> bytes:
    body, directory = b"", b""
    for name, data, crc, size in parts:
        place, is_large = len(body), size >= _MOST
        # Sizes of 8 bytes stand in a field of their own (APPNOTE, 4.5.3).
        extra = struct.pack("<HHQQ", 1, 16, size, len(data)) if is_large else b""
        sizes = (_MOST, _MOST) if is_large else (len(data), size)
        facts = (20, 0, 8, 0, 33, crc, *sizes, len(name), len(extra))
        body += struct.pack(_LOCAL, b"PK\3\4", *facts) + name + extra + data
        directory += struct.pack(_CENTRAL, b"PK\1\2", 20, *facts, 0, 0, 0, 0, place) + name + extra
    end = (b"PK\5\6", 0, 0, len(parts), len(parts), len(directory), len(body), 0)
    return body + directory + struct.pack(_END, *end)
