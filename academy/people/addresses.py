"""E-mail addresses: what counts as one, and when two are the same."""

import re
import unicodedata

LONGEST_ADDRESS = 254
#: One @, no white space, nothing that separates or quotes addresses; the rest is the server's say.
_ADDRESS = re.compile(
    r"[^\s@,;:<>()\[\]\"\\]{1,64}@(?:[^\s@,;:<>()\[\]\"\\.]+\.)+[^\s@.,;:<>()\[\]\"\\]+"
)


def normal_address(address: str) -> str:
    """Return the form in which addresses are compared: trimmed, composed, without case."""
    return unicodedata.normalize("NFC", address.strip()).casefold()


def is_address(text: str) -> bool:
    """Whether mail could be sent to `text` (RFC 5321 limits; no quoting, no lists)."""
    short = len(text) <= LONGEST_ADDRESS and text.isprintable()
    return short and _ADDRESS.fullmatch(text) is not None
