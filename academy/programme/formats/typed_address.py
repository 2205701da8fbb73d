"""The e-mail address in a cell, freed from what surrounds it, or why there is none."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from academy.people.addresses import is_address, normal_address

_WRAPPED = re.compile(r".*<\s*([^<>]+?)\s*>\s*", re.DOTALL)
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF])
_HIDDEN = re.compile(r"[*•]{2}")


class NoAddress(ValueError):
    """The cell holds no e-mail address; `str(error)` is the end of a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address as it is written, and its form for comparison."""

    written: str
    normal: str


@lru_cache(maxsize=20_000)
def read_address(text: str) -> Address:
    """Return the one address in `text` ("a@b.org", "mailto:a@b.org", "Name <a@b.org>").

    Full-width letters are levelled, a domain in punycode is compared by its letters. Raises
    NoAddress for anything that mail could not be sent to, and for a masked address.
    """
    written = _bare(text)
    if "@" not in written:
        raise NoAddress("it has no @")
    if written.count("@") > 1 or re.search(r"[\s,;]", written):
        raise NoAddress("it is more than one, or has a space in it")
    if _HIDDEN.search(written):
        raise NoAddress("a part of it is hidden behind stars")
    if not is_address(written):
        raise NoAddress("no mail could be sent to it")
    return Address(written, normal_address(_with_letters(written)))


def is_written_address(text: str) -> bool:
    """Say whether `text` holds one address."""
    try:
        read_address(text)
    except NoAddress:
        return False
    return True


def _bare(text: str) -> str:
    """Take off what surrounds an address: spaces, brackets, "mailto:", invisible signs."""
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).strip()
    wrapped = _WRAPPED.fullmatch(plain)
    plain = wrapped[1] if wrapped else plain
    return re.sub(r"^mailto:", "", plain, flags=re.IGNORECASE).strip(" \t\r\n<>\"'").rstrip(".,;")


def _with_letters(address: str) -> str:
    local, domain = address.rsplit("@", 1)
    if "xn--" not in domain.lower():
        return address
    try:
        return f"{local}@{domain.lower().encode('ascii').decode('idna')}"
    except UnicodeError:
        return address
