"""Numbers that lead to a person or a machine wherever they stand: telephones, networks, devices."""

import re
from collections.abc import Callable
from functools import lru_cache

#: What is put where an identifier stood.
CUT = "…"
#: Fewer digits are a roll number, a year or a length.
_FEWEST_DIGITS = 7
_NETWORK = (
    r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])"  # IPv4
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}(?::?[0-9a-f]{1,4})(?![\w:])"  # IPv6, whole or shortened
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?(?![\w:])"
    r"|(?<![\w:-])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:-])"  # MAC
    r"|(?<![\w-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-])"  # UUID of a device
)
_TELEPHONE = r"(?<![\w+])[+(]?[\d*•][\d*•\s().\u2010-\u2015/-]{5,}[\d*•](?!\w)"
_ADDRESS = r"""[^\s@<>"'(),;:=/“”]+@[^\s@<>"'(),;:=/“”]+\.[^\s@<>"'(),;:=/“”]+"""
_IDENTIFIER = re.compile(f"(?P<network>{_NETWORK})|(?P<telephone>{_TELEPHONE})", re.IGNORECASE)
_IN_SENTENCES = re.compile(f"{_ADDRESS}|{_IDENTIFIER.pattern}", re.IGNORECASE)
_DAY = r"(?:\d{4}[-/. ]\d{1,2}[-/. ]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4})"
#: A day, and perhaps the hour behind it; or two years.
_DATE = re.compile(
    rf"{_DAY}(?:[\sT]+\d{{1,2}}(?:[:.]?\d{{1,2}}){{0,2}})?|(?:19|20)\d\d[-/–](?:19|20)\d\d"
)


def replace_identifiers(text: str, stand_in: Callable[[str], str]) -> str:
    """Return `text` with each telephone number and address of a machine replaced.

    Dates are none, nor are numbers of fewer than seven digits.
    """
    if not any(map(str.isdigit, text)) and ":" not in text:
        return text
    return _IDENTIFIER.sub(lambda found: _replaced(found, stand_in), text)


def _replaced(found: re.Match[str], stand_in: Callable[[str], str]) -> str:
    text = found[0]
    if found["network"] is not None:
        return stand_in(text) if any(map(str.isdigit, text)) else text
    return text if _DATE.fullmatch(text) or _length(text) < _FEWEST_DIGITS else stand_in(text)


def _length(text: str) -> int:
    return sum(sign.isdigit() or sign in "*•" for sign in text)


@lru_cache(maxsize=10_000)
def without_identifiers(sentence: str) -> str:
    """Return a sentence without e-mail addresses, telephone numbers and addresses of machines."""
    return _IN_SENTENCES.sub(_cut, sentence)


def _cut(found: re.Match[str]) -> str:
    if found["network"] is None and found["telephone"] is None:
        return CUT
    return _replaced(found, lambda _text: CUT)
