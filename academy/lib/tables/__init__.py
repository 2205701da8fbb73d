"""Tables out of files that nobody controls: bytes in, numbered rows of text out, or a sentence."""

from academy.lib.tables.errors import FileRefused
from academy.lib.tables.limits import DEFAULT_LIMITS, Limits
from academy.lib.tables.reader import read_file_bytes, read_table
from academy.lib.tables.rows import Progress, RefusedRow, Row, Table

__all__ = [
    "DEFAULT_LIMITS",
    "FileRefused",
    "Limits",
    "Progress",
    "RefusedRow",
    "Row",
    "Table",
    "read_file_bytes",
    "read_table",
]
