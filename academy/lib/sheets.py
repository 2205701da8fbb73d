"""Tables on their way out to spreadsheets: no cell that somebody typed can become a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

#: What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection").
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
#: Programs on Windows read UTF-8 only where this mark stands first.
MARK = "\ufeff"


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a CSV file after RFC 4180 in UTF-8 with its mark; None becomes an empty cell."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([defuse(cell) for cell in header])
    writer.writerows([defuse(cell) for cell in row] for row in rows)
    return (MARK + stream.getvalue()).encode()


def write_xlsx(header: Sequence[str], rows: Iterable[Sequence[Any]], title: str) -> bytes:
    """Return a workbook with one sheet; every text is written as text, never as a formula."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        sheet.freeze_panes(1, 0)
        for number, row in enumerate([header, *rows]):
            for place, cell in enumerate(row):
                _write(sheet, number, place, cell)
    return stream.getvalue()


def _write(sheet: Any, number: int, place: int, cell: Any) -> None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        sheet.write_number(number, place, cell)
    elif cell is not None:
        sheet.write_string(number, place, defuse(cell))


def defuse(cell: Any) -> Any:
    """Return a number as it is, and a text so that no spreadsheet runs it."""
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return cell
    text = cell.isoformat() if isinstance(cell, date | datetime) else str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(DANGEROUS) else text


def _sheet_name(title: str) -> str:
    """Excel allows 31 characters and none of these."""
    return "".join(" " if letter in "[]:*?/\\'" else letter for letter in title)[:31] or "1"
