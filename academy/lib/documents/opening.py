"""The way in: bytes that begin like JSON or XML, opened; everything else is left to the tables."""

from academy.lib.documents.json_document import JsonDocument, open_json
from academy.lib.documents.xml_document import XmlDocument, open_xml
from academy.lib.tables import DEFAULT_LIMITS, FileRefused, Limits
from academy.lib.tables.encodings import find_encoding
from academy.lib.tables.limits import MEGABYTE

Document = JsonDocument | XmlDocument

_BLANK = b" \r\n\t\0\xef\xbb\xbf\xff\xfe"
_BEGINNING = 200


def open_document(
    data: bytes, filename: str = "", *, limits: Limits = DEFAULT_LIMITS
) -> Document | None:
    """Return the document in `data`, or None where the bytes begin like neither JSON nor XML.

    Raises FileRefused with a sentence for a document that is too large, broken or not safe.
    """
    first = data[:_BEGINNING].lstrip(_BLANK)[:1]
    if first not in {b"{", b"[", b"<"}:
        return None
    if len(data) > limits.bytes:
        most = limits.bytes // MEGABYTE
        raise FileRefused(f"The file is larger than {most:,} MB, the most that is read.")
    encoding = find_encoding(data)
    text = data[encoding.mark :].decode(encoding.name, errors="replace")
    return open_xml(text) if first == b"<" else open_json(text, filename)
