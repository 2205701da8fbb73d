"""Files that are no table at all, recognised by their first bytes, each with its own sentence."""

from academy.lib.tables.errors import FileRefused

_PICTURE = "This file is a picture, whatever its name says; a table is needed."
_SOUND_OR_FILM = "This file is a recording, not a table."
_OLD_WORKBOOK = "This is an old Excel or Office file; save it as .xlsx or as CSV and try again."
_ARCHIVE = "This file is a packed archive; unpack it and send the table that is in it."
_PDF = "This file is a PDF; export the table as CSV or .xlsx instead."
_WEB_PAGE = "This file is a web page, not a table; download the report as CSV."

_OTHER_TABLES = (".ods", ".numbers")
_OTHER_TABLE = "Tables of this kind are not read; save it as .xlsx or as CSV and try again."

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"BM\x00", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"%PDF", _PDF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD_WORKBOOK),
    (b"\x1f\x8b", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"Rar!", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ", _ARCHIVE),
    (b"OggS", _SOUND_OR_FILM),
    (b"ID3", _SOUND_OR_FILM),
    (b"\x1aE\xdf\xa3", _SOUND_OR_FILM),
    (b"\x7fELF", "This file is a program, not a table."),
    (b"MZ\x90", "This file is a program, not a table."),
    (b"SQLite format 3", "This file is a database, not a table."),
)


def is_zip(data: bytes) -> bool:
    """Say whether the bytes begin like a zip archive, and so perhaps a workbook."""
    return data[:4] in {b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"}


def refuse_other_kinds(data: bytes, filename: str) -> None:
    """Raise FileRefused for pictures, recordings, archives, programs and web pages."""
    if is_zip(data) and filename.casefold().endswith(_OTHER_TABLES):
        raise FileRefused(_OTHER_TABLE)
    for signature, sentence in _SIGNATURES:
        if data.startswith(signature):
            raise FileRefused(sentence)
    if data[:4] == b"RIFF" and data[8:12] in {b"WEBP", b"WAVE", b"AVI "}:
        raise FileRefused(_PICTURE if data[8:12] == b"WEBP" else _SOUND_OR_FILM)
    if data[4:8] == b"ftyp":
        raise FileRefused(_SOUND_OR_FILM)
    if data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<!doctype", b"<html")):
        raise FileRefused(_WEB_PAGE)
