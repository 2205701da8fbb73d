"""Rows out of an Excel workbook, whose packing is measured before anything is unpacked."""

import datetime as dt
import importlib
import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from academy.lib.tables.errors import FileRefused
from academy.lib.tables.limits import Limits
from academy.lib.tables.rows import Progress, RefusedRow, Row, Table

_BROKEN = "This workbook is broken: it cannot be opened."
_BOMB = "This workbook unpacks to far more than its size; it is not opened."
_ENCRYPTED = "This workbook is locked with a password; save it without one."
_OTHER = "This file is a packed archive and no Excel workbook; send the table that is in it."
_SMALL = 10_000_000
_EVERY = 5_000


def read_workbook(data: bytes, limits: Limits, progress: Progress | None) -> Table:
    """Return the rows of the first sheet that has any, dates as ISO text."""
    _measure(data, limits)
    table = Table([], [], "xlsx", "")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # Fetched with the first workbook: memory that most processes never need.
            openpyxl = importlib.import_module("openpyxl")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            for sheet in book.worksheets:
                sheet.reset_dimensions()
                _fill(table, sheet.iter_rows(values_only=True), limits, progress)
                if table.rows:
                    break
    except FileRefused:
        raise
    except Exception as error:  # openpyxl lets every error of zip, XML and numbers through
        raise FileRefused(_BROKEN) from error
    return table


def _measure(data: bytes, limits: Limits) -> None:
    """Refuse by the archive's own list; reading later stops at the sizes that it declares."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except Exception as error:  # zipfile has many errors for a damaged list
        raise FileRefused(_BROKEN) from error
    unpacked = sum(entry.file_size for entry in entries)
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefused(_ENCRYPTED)
    if len(entries) > limits.entries or unpacked > limits.unpacked_bytes:
        raise FileRefused(_BOMB)
    if unpacked > _SMALL and unpacked > limits.ratio * len(data):
        raise FileRefused(_BOMB)
    if not any(name.startswith("xl/") for name in names):
        raise FileRefused(_OTHER)


def _fill(
    table: Table, rows: Iterator[tuple[Any, ...]], limits: Limits, progress: Progress | None
) -> None:
    for number, values in enumerate(rows, start=1):
        if number > limits.rows:
            raise FileRefused(f"The sheet has more than {limits.rows:,} rows.")
        if len(values) > limits.columns and any(values[limits.columns :]):
            raise FileRefused(
                f"Row {number} has {len(values):,} cells; at most {limits.columns:,} are read."
            )
        _keep(table, Row(number, [_as_text(value) for value in values[: limits.columns]]), limits)
        if progress and number % _EVERY == 0:
            progress(number, 0)


def _keep(table: Table, row: Row, limits: Limits) -> None:
    text = "".join(row.cells)
    if len(text) > limits.cell and max(map(len, row.cells)) > limits.cell:
        table.refused.append(RefusedRow(row.number, "A cell of this row is too long."))
    elif text and not text.isspace():
        table.rows.append(row)


def _as_text(value: Any) -> str:
    """Write a cell as a person would type it: whole numbers without a point, dates in ISO."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, dt.datetime):
        return value.replace(microsecond=0).isoformat(sep=" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
