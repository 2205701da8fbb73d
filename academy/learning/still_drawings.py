"""Drawings (SVG) that stay still: nothing in them acts, fetches or leads away (pure).

They are looked at as the tree that a browser would build of them, in which no other spelling
hides anything.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

#: What no reader of XML may come across: other words for what stands there, and other letters.
_NEVER_READ = re.compile(
    rb"<!entity|<!doctype|^\s*<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE
)
_ACTORS = frozenset({
    "script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "listener",
})  # fmt: skip
_LEADS = frozenset({"href", "src"})
_FETCHES = re.compile(r"url\(\s*[\"\']?\s*(?!#)|@import|javascript:", re.IGNORECASE)
_LONGEST = 30


class NoDrawing(ValueError):
    """It is no SVG, or is broken, or is written in other letters than UTF-8."""


def find_acts(data: bytes) -> str:
    """Return the beginning of what a drawing may not hold, "" where there is nothing of it.

    Raises NoDrawing.
    """
    if found := _NEVER_READ.search(data):
        return found[0][:_LONGEST].decode(errors="replace").strip()
    root = _read(data)
    return next((one[:_LONGEST] for part in root.iter() for one in _acts_of(part)), "")


def _read(data: bytes) -> ET.Element:
    try:
        data.decode("utf-8")
        root = ET.fromstring(data)  # noqa: S314 (no entity is left in it)
    except (ET.ParseError, ValueError, LookupError) as error:
        raise NoDrawing(str(error)) from error
    if _plain(root.tag) != "svg":
        raise NoDrawing(f"its first element is {_plain(root.tag)}")
    return root


def _acts_of(part: ET.Element) -> Iterator[str]:
    name = _plain(part.tag)
    if name in _ACTORS:
        yield f"<{name}"
    if name == "style" and _FETCHES.search(part.text or ""):
        yield "<style>"
    for key, value in part.attrib.items():
        if _is_act(_plain(key), value):
            yield f"{_plain(key)}={value}"


def _is_act(key: str, value: str) -> bool:
    leads_away = key in _LEADS and not value.strip().startswith("#")
    # <set> and <animate> may give another one, later.
    gives_one = key == "attributename" and _is_act(_plain(value.rpartition(":")[2]), "")
    return key.startswith("on") or leads_away or gives_one or bool(_FETCHES.search(value))


def _plain(name: object) -> str:
    return str(name).rpartition("}")[2].lower()
