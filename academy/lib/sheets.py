"""Tables to take away: CSV and XLSX in which no cell can act as a formula."""

import csv
import importlib
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

Cell = str | int | float | None
#: What Excel, LibreOffice or Google Sheets may take for the beginning of a formula (OWASP, "CSV
#: Injection"), the wide forms that an input method types among them.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
#: A cell of XLSX holds no more; Excel would call the file broken.
LONGEST_CELL = 32_767
LONGEST_SHEET_NAME = 31
#: White space and marks of no width, which a spreadsheet may skip on its way to a formula.
_UNSEEN = "".join(
    letter for letter in map(chr, range(0x10000))
    if letter.isspace() or letter in "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060"
)  # fmt: skip
_NO_SHEET_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def safe_cell(value: Cell) -> Cell:
    """Put an apostrophe before a text that a spreadsheet might run; numbers stay numbers."""
    if not isinstance(value, str):
        return value
    text = "".join(letter for letter in value if letter >= " " or letter in "\t\r\n")
    if text.startswith(FORMULA_STARTS) or text.lstrip(_UNSEEN).startswith(FORMULA_STARTS):
        text = "'" + text
    return text[:LONGEST_CELL]


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a CSV (RFC 4180) in UTF-8 with the mark by which Excel knows that it is."""
    return b"".join(stream_csv(headings, rows))


#: So many lines of a CSV are sent at once.
LINES_AT_ONCE = 200


def stream_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield the same CSV in parts while the rows come, so that no whole file is ever held."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    sheet.write("\ufeff")
    writer.writerow([safe_cell(heading) for heading in headings])
    for number, row in enumerate(rows, start=1):
        writer.writerow(["" if value is None else safe_cell(value) for value in row])
        if number % LINES_AT_ONCE == 0:
            yield sheet.getvalue().encode()
            sheet.seek(0)
            sheet.truncate()
    yield sheet.getvalue().encode()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook; its rows are taken one by one."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def write_xlsx(name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a workbook of one sheet with a frozen bold first line."""
    with write_workbook([Sheet(name, headings, rows)]) as file:
        return file.read()


def write_workbook(sheets: Iterable[Sheet]) -> IO[bytes]:
    """Return a file with these sheets, each with a frozen bold first line; the caller closes it.

    Each row goes to the disk as it comes: the largest workbook costs the memory of one row.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115  the caller closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    # Fetched when the first workbook is written: 11 MB that most processes never need.
    xlsxwriter = importlib.import_module("xlsxwriter")
    with xlsxwriter.Workbook(file, options) as workbook:
        bold = workbook.add_format({"bold": True})
        for sheet in sheets:
            _write_sheet(workbook.add_worksheet(_sheet_name(sheet.name)), sheet, bold)
    file.seek(0)
    return file


def read_parts(file: IO[bytes]) -> Iterator[bytes]:
    """Yield what is in a file in parts, and close it."""
    with file:
        while part := file.read(65_536):
            yield part


def _write_sheet(page: Any, sheet: Sheet, bold: Any) -> None:
    page.freeze_panes(1, 0)
    for column, heading in enumerate(sheet.headings):
        page.set_column(column, column, max(12, min(len(heading) + 2, 40)))
    for column, heading in enumerate(sheet.headings):
        page.write_string(0, column, str(safe_cell(heading)), bold)
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            _write(page, number, column, safe_cell(value))


def _sheet_name(name: str) -> str:
    return name.translate(_NO_SHEET_NAME)[:LONGEST_SHEET_NAME].strip() or "Sheet"


def _write(sheet: Any, row: int, column: int, value: Cell) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write_number(row, column, value)
