"""E-mail addresses: what counts as one, and when two are the same."""

import re
import unicodedata

LONGEST_ADDRESS = 254
#: Nothing that separates or quotes addresses; whether the mailbox exists is the server's say.
_LETTER = r"[^\s@,;:<>()\[\]\"\\]"
_LAST_LETTER = r"[^\s@,;:<>()\[\]\"\\.]"
_ADDRESS = re.compile(rf"{_LETTER}{{1,64}}@(?!\.){_LETTER}+\.{_LAST_LETTER}+")


def normal_address(address: str) -> str:
    """Return the form in which addresses are compared: trimmed, composed, without case."""
    return unicodedata.normalize("NFC", address.strip()).casefold()


def is_address(text: str) -> bool:
    """Whether mail could be sent to `text` (RFC 5321 limits; no quoting, no lists)."""
    short = len(text) <= LONGEST_ADDRESS and text.isprintable()
    return short and _ADDRESS.fullmatch(text) is not None
