"""In which encoding a text file was written, decided by its bytes and never by its name."""

import codecs
from dataclasses import dataclass

from academy.lib.tables.errors import FileRefused
from academy.lib.tables.legacy import most_plausible_code_page

_CHUNK = 1 << 20
_SAMPLE = 1 << 18
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = "This is no text file: most of it is not writing."
#: One in two hundred characters that no text file holds is already too many.
_CONTROLS_ALLOWED = 0.005
_NULS_ALLOWED = 0.05


@dataclass(frozen=True)
class Encoding:
    """An encoding, and the number of bytes that its mark takes at the beginning of the file."""

    name: str
    mark: int = 0


def find_encoding(data: bytes) -> Encoding:
    """Return how the bytes are to be read; raise FileRefused for bytes that are no text."""
    encoding = _marked(data) or _sixteen_bits(data)
    if encoding is None:
        is_utf_8 = _is_utf_8(data)
        encoding = Encoding("utf-8" if is_utf_8 else most_plausible_code_page(data[:_SAMPLE]))
    _refuse_binary(data, encoding)
    return encoding


def _marked(data: bytes) -> Encoding | None:
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return Encoding(name, len(mark))
    return None


def _sixteen_bits(data: bytes) -> Encoding | None:
    """Excel and Teams write UTF-16 without a mark: every second byte of Latin text is then zero."""
    sample = data[:4096]
    even, odd = sample[0::2], sample[1::2]
    pairs = len(odd) or 1
    even_zeros, odd_zeros = even.count(0) / pairs, odd.count(0) / pairs
    found = None
    if odd_zeros > 0.15 and even_zeros < 0.02:  # noqa: PLR2004 - shares measured on samples
        found = Encoding("utf-16-le")
    elif even_zeros > 0.15 and odd_zeros < 0.02:  # noqa: PLR2004 - shares measured on samples
        found = Encoding("utf-16-be")
    return found


def _is_utf_8(data: bytes) -> bool:
    """Say whether the bytes are UTF-8, allowing a rare broken sign (a cell cut in the middle)."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    good = broken = 0
    for start in range(0, len(data), _CHUNK):
        chunk = data[start : start + _CHUNK]
        if chunk.isascii():
            continue
        text = decoder.decode(chunk)
        wrong = text.count("�")
        broken += wrong
        good += len(text) - sum(map(text.count, _ASCII)) - wrong if wrong else 1
    return broken == 0 or good > 10 * broken


_ASCII = [chr(code) for code in range(128)]


def _refuse_binary(data: bytes, encoding: Encoding) -> None:
    sample = data[encoding.mark : encoding.mark + (1 << 16)]
    text = sample.decode(encoding.name, errors="replace")
    size = len(text) or 1
    nuls = text.count("\0")
    controls = sum(map(text.count, _CONTROLS)) + text.count("\ufffd")
    if nuls / size > _NULS_ALLOWED or (controls > 1 and controls / size > _CONTROLS_ALLOWED):
        raise FileRefused(_BINARY)


_CONTROLS = [chr(code) for code in range(1, 32) if chr(code) not in "\t\n\r\f\x1f"]
