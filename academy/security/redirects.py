"""Where a visitor may be sent after signing in: only to a page of this site."""

import re
import unicodedata
from urllib.parse import unquote, urlsplit

LONGEST = 2000
_OWN_PATH = re.compile(r"/(?![/\\])[^\\]*")


def safe_path(target: str | None, default: str = "/") -> str:
    """Return `target` if every browser reads it as a path of this site, else `default`.

    Refused are other hosts in each of their disguises: `//`, backslashes, control characters and
    white space (browsers drop them), and any of these percent-encoded, once or twice over.
    """
    if not target or len(target) > LONGEST:
        return default
    readings = (target, unquote(target), unquote(unquote(target)))
    return target if all(_is_own_path(reading) for reading in readings) else default


def _is_own_path(text: str) -> bool:
    path = text.split("?", 1)[0].split("#", 1)[0]
    if any(unicodedata.category(letter) == "Cc" for letter in text):
        return False
    if any(unicodedata.category(letter) in {"Cf", "Zs", "Zl", "Zp"} for letter in path):
        return False
    if "//" in path or not _OWN_PATH.fullmatch(path):
        return False
    # Compatibility letters that some readers fold to a slash, a dot or an @.
    return unicodedata.normalize("NFKC", path) == path and not _names_a_host(text)


def _names_a_host(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return True
    return bool(parts.scheme or parts.netloc)
