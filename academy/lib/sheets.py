"""Tables to take away: CSV and XLSX in which no cell can act as a formula."""

import csv
import importlib
import io
from collections.abc import Iterable, Sequence
from typing import Any

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
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow([safe_cell(heading) for heading in headings])
    for row in rows:
        writer.writerow(["" if value is None else safe_cell(value) for value in row])
    return sheet.getvalue().encode("utf-8-sig")


def write_xlsx(name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a workbook of one sheet with a frozen bold first line."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    # Fetched when the first workbook is written: 11 MB that most processes never need.
    xlsxwriter = importlib.import_module("xlsxwriter")
    with xlsxwriter.Workbook(buffer, options) as workbook:
        sheet = workbook.add_worksheet(_sheet_name(name))
        bold = workbook.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, str(safe_cell(heading)), bold)
            sheet.set_column(column, column, max(12, min(len(heading) + 2, 40)))
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write(sheet, number, column, safe_cell(value))
    return buffer.getvalue()


def _sheet_name(name: str) -> str:
    return name.translate(_NO_SHEET_NAME)[:LONGEST_SHEET_NAME].strip() or "Sheet"


def _write(sheet: Any, row: int, column: int, value: Cell) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write_number(row, column, value)
