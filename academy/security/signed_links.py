"""Tokens in addresses that carry their own proof: numbers, and a mark that only we can make.

Nothing is stored. The purpose is part of what is marked, so a token for one is worthless for
another (SECURITY.md 3.55). Letters are those of Crockford's base 32: none looks like another, and
capitals, hyphens and spaces that somebody types from paper do not matter.
"""

import base64
import binascii
from collections.abc import Sequence
from hmac import compare_digest

from academy.security.digests import keyed_digest

#: 128 bits: nobody guesses one.
MARK_BYTES = 16
#: Longer than any token of ours, hyphens included.
LONGEST = 80
_THEIRS, _OURS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789abcdefghjkmnpqrstvwxyz"
_TO_OURS, _TO_THEIRS = str.maketrans(_THEIRS, _OURS), str.maketrans(_OURS, _THEIRS)
_AS_MEANT = str.maketrans("ilo", "110", "- ")
_GROUP = 8
_SEVEN_BITS, _MORE = 0x7F, 0x80


def sign(purpose: str, *numbers: int) -> str:
    """Return the token of these whole numbers for `purpose`: about 31 small letters and digits."""
    body = b"".join(map(_number, numbers))
    return _letters(body + _mark(purpose, body))


def read(purpose: str, token: str) -> tuple[int, ...] | None:
    """Return the numbers of a token that we made for `purpose`; None for anything else."""
    if len(token) > LONGEST:
        return None
    whole = _bytes(token.lower().translate(_AS_MEANT))
    body, mark = whole[:-MARK_BYTES], whole[-MARK_BYTES:]
    if not compare_digest(mark, _mark(purpose, body)):
        return None
    return tuple(_numbers(body))


def in_groups(token: str) -> str:
    """Return the token as one reads it from paper: in groups of four."""
    return "-".join(token[start : start + 4] for start in range(0, len(token), 4))


def _mark(purpose: str, body: bytes) -> bytes:
    return bytes.fromhex(keyed_digest(f"signed link: {purpose}", body.hex()))[:MARK_BYTES]


def _letters(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=").translate(_TO_OURS)


def _bytes(letters: str) -> bytes:
    """Return what the letters stand for; nothing unless they are written the one right way."""
    padded = letters.translate(_TO_THEIRS) + "=" * (-len(letters) % _GROUP)
    try:
        data = base64.b32decode(padded)
    except (binascii.Error, ValueError):
        return b""
    return data if _letters(data) == letters else b""


def _number(number: int) -> bytes:
    """Write a number in as few bytes as it needs, seven bits in each (LEB128)."""
    written = bytearray()
    while number > _SEVEN_BITS:
        written.append(number & _SEVEN_BITS | _MORE)
        number >>= 7
    return bytes([*written, number])


def _numbers(body: Sequence[int]) -> list[int]:
    found, number, shift = [], 0, 0
    for byte in body:
        number |= (byte & _SEVEN_BITS) << shift
        shift += 7
        if not byte & _MORE:
            found.append(number)
            number = shift = 0
    return found
