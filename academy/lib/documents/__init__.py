"""Documents that are no tables: JSON whole, XML record by record, both within limits."""

from academy.lib.documents.json_document import JsonDocument, open_json
from academy.lib.documents.opening import Document, open_document
from academy.lib.documents.xml_document import Record, XmlDocument, open_xml

__all__ = [
    "Document",
    "JsonDocument",
    "Record",
    "XmlDocument",
    "open_document",
    "open_json",
    "open_xml",
]
