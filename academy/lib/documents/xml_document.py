"""An XML document read record by record by expat, which is told to accept no document type.

Without a document type there are no entities, so nothing can expand and nothing is fetched.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from academy.lib.tables import FileRefused

_CHUNK = 1 << 16
_DEEPEST = 50
#: Characters of one field, such as a name; the rest of a longer one is of no use to anybody.
_LONGEST = 4_000
_DOCUMENT_TYPE = (
    "This XML document declares a document type, which could hide anything: it is not read."
)
_WEB_PAGE = "This file is a web page, not a table; download the report as CSV."


@dataclass(frozen=True)
class Record:
    """An element right below the root: its attributes, and the texts of its own elements."""

    #: The line in which it begins.
    line: int
    tag: str
    attributes: dict[str, str]
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class XmlDocument:
    """An XML document of which only the root is known until its records are asked for."""

    root: str
    attributes: dict[str, str]
    _data: bytes

    def records(self, wants: Callable[[Record], bool]) -> Iterator[Record]:
        """Yield all records in order; only those that `wants` likes get their fields."""
        reader = _Reader(wants)
        for start in range(0, len(self._data), _CHUNK):
            reader.feed(self._data[start : start + _CHUNK])
            yield from reader.take()
        reader.close()
        yield from reader.take()


def open_xml(text: str) -> XmlDocument | None:
    """Return the document; None for text that begins like one and is none.

    Raises FileRefused for a document type and for a beginning that is broken.
    """
    if text[:_CHUNK].lstrip().lower().startswith(("<!doctype html", "<html")):
        raise FileRefused(_WEB_PAGE)
    if not text.lstrip()[1:2].isalpha() and not text.lstrip().startswith(("<?", "<!")):
        return None
    data = text.lstrip().encode()
    reader = _Reader(lambda _record: False)
    for start in range(0, len(data), _CHUNK):
        reader.feed(data[start : start + _CHUNK])
        if reader.root:
            return XmlDocument(reader.root, reader.attributes, data)
    raise FileRefused("This XML document has no content.")


class _Reader:
    """Follows one document and keeps the records that are complete."""

    def __init__(self, wants: Callable[[Record], bool]) -> None:
        self.root = ""
        self.attributes: dict[str, str] = {}
        self._wants = wants
        self._depth = 0
        self._record: Record | None = None
        self._is_wanted = False
        self._texts: list[str] = []
        self._done: list[Record] = []
        #: The encoding is decided already, whatever the document says of itself.
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def feed(self, data: bytes) -> None:
        """Read on."""
        try:
            self._parser.Parse(data, False)
        except expat.ExpatError as error:
            raise FileRefused(_broken(error)) from error

    def close(self) -> None:
        """Read the end; raise FileRefused if the document is not complete."""
        try:
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise FileRefused(_broken(error)) from error

    def take(self) -> list[Record]:
        """Return the records that were completed since the last time."""
        taken, self._done = self._done, []
        return taken

    def _refuse(self, name: str, *_ids: object) -> None:
        raise FileRefused(_WEB_PAGE if name.casefold() == "html" else _DOCUMENT_TYPE)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise FileRefused("This XML document is nested too deeply.")
        if self._depth == 1:
            self.root, self.attributes = tag, attributes
        elif self._depth == 2:  # noqa: PLR2004 - right below the root
            self._record = Record(self._parser.CurrentLineNumber, tag, attributes)
            self._is_wanted = self._wants(self._record)
        self._texts = []

    def _text(self, text: str) -> None:
        if self._is_wanted:
            self._texts.append(text)

    def _end(self, tag: str) -> None:
        if self._depth == 3 and self._is_wanted and self._record:  # noqa: PLR2004 - a field
            self._record.fields.setdefault(tag, "".join(self._texts)[:_LONGEST].strip())
        elif self._depth == 2 and self._record:  # noqa: PLR2004 - right below the root
            self._done.append(self._record)
            self._record, self._is_wanted = None, False
        self._depth -= 1


def _broken(error: expat.ExpatError) -> str:
    return f"This XML document is broken or cut off at line {error.lineno}; download it again."
