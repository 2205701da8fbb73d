"""What a feed may hold: signs that XML does not know would make all of it unreadable."""

import re

#: What is no character of XML 1.0 (2.2); the others of its rest are none of Unicode, either.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def only_xml(text: str) -> str:
    """Return `text` without the signs that no XML document may hold."""
    return _NOT_XML.sub("", text)
