"""From a table to registrations: find the heading and the columns, then understand row by row."""

from collections.abc import Mapping, Sequence

from academy.lib.tables import FileRefused, RefusedRow, Row, Table
from academy.programme.formats import (
    eventbrite,
    google_forms,
    luma,
    plain_table,
    zoom_registration,
)
from academy.programme.formats.answered_at import DateOrder, read_moment, settle_order
from academy.programme.formats.columns import Columns, find_columns
from academy.programme.formats.entries import Entry, RegistrationFile
from academy.programme.formats.headings import Role, level, role_by_name
from academy.programme.formats.rows import RowReader, RowRefused
from academy.programme.formats.shape import Heading, Shape
from academy.programme.formats.typed_address import is_written_address

SHAPES: tuple[Shape, ...] = (
    luma.SHAPE, eventbrite.SHAPE, zoom_registration.SHAPE, google_forms.SHAPE, plain_table.SHAPE,
)  # fmt: skip
_LINES_ABOVE = 25
_ATTENDANCE = "This file says who came, not who registered; import it as attendance."
_NO_ADDRESSES = "No column of this file holds e-mail addresses: it is no list of registrations."


def read_registrations(
    table: Table,
    chosen: Mapping[Role, int | None] | None = None,
    date_order: DateOrder | None = None,
) -> RegistrationFile:
    """Return what the table says. Where columns have to be asked for, no row is read.

    `chosen` names 0-based columns (None: there is no such column) and comes before what the file
    seems to say; `date_order` likewise. Raises FileRefused with a sentence for a table that is no
    list of registrations.
    """
    start, heading = _find_heading(table.rows)
    rows = [row for row in table.rows[start:] if not _is_repeated(row, heading)]
    if not rows and not table.refused:
        raise FileRefused("The file has a heading and no row below it.")
    shape = next(each for each in SHAPES if each.recognises(heading))
    _refuse_attendance(heading)
    columns = find_columns(heading, rows, shape, chosen or {})
    _refuse_without_addresses(columns, rows)
    order = date_order or settle_order(
        _moments(rows, columns), in_time_order=shape is google_forms.SHAPE
    )
    entries, refused = _read_rows(rows, RowReader(heading, columns.places, shape, order), columns)
    return RegistrationFile(
        format=shape.name,
        heading=heading,
        columns=columns,
        rows=len(rows) + len(table.refused),
        entries=tuple(entries),
        refused=tuple(sorted([*table.refused, *refused])),
        date_order=order,
        first_row=rows[0].number if rows else 1,
        width=max([len(heading.cells), *(len(row.cells) for row in rows)], default=0),
        has_open_dates=order is None and _has_open_dates(rows, columns),
    )


def _find_heading(rows: Sequence[Row]) -> tuple[int, Heading]:
    """Return where the data begin, and the heading above them (empty where there is none)."""
    for place, row in enumerate(rows[:_LINES_ABOVE]):
        is_heading = any(role_by_name(cell) == "email" for cell in row.cells if len(cell) < 80)  # noqa: PLR2004
        if is_heading and not _has_address(row):
            return place + 1, _heading(rows, place)
    place = next((at for at, row in enumerate(rows) if sum(map(bool, row.cells)) > 1), 0)
    if not rows or _has_address(rows[place]):
        return 0, Heading((), ())
    return place + 1, _heading(rows, place)


def _heading(rows: Sequence[Row], place: int) -> Heading:
    cells = [cell.strip() for cell in rows[place].cells]
    while cells and not cells[-1]:
        cells.pop()
    above = tuple(level(row.cells[0]) for row in rows[:place] if row.cells)
    return Heading(tuple(cells), tuple(level(cell) for cell in cells), above)


def _has_address(row: Row) -> bool:
    return any(is_written_address(cell) for cell in row.cells if "@" in cell)


def _is_repeated(row: Row, heading: Heading) -> bool:
    """Reports that were pasted together carry their heading again."""
    first = next((at for at, key in enumerate(heading.keys) if key), None)
    if first is None or first >= len(row.cells) or level(row.cells[first]) != heading.keys[first]:
        return False
    return tuple(map(level, row.cells))[: len(heading.keys)] == heading.keys


def _refuse_attendance(heading: Heading) -> None:
    keys = set(heading.keys)
    has_times = {"jointime", "leavetime"} <= keys or {"timejoined", "timeexited"} <= keys
    if has_times or "attendeereport" in heading.above:
        raise FileRefused(_ATTENDANCE)


def _refuse_without_addresses(columns: Columns, rows: Sequence[Row]) -> None:
    asks = any(question.role == "email" for question in columns.questions)
    if asks and not any(_has_address(row) for row in rows):
        raise FileRefused(_NO_ADDRESSES)


def _read_rows(
    rows: Sequence[Row], reader: RowReader, columns: Columns
) -> tuple[list[Entry], list[RefusedRow]]:
    entries: list[Entry] = []
    refused: list[RefusedRow] = []
    for row in rows if not columns.questions else ():
        try:
            entries.append(reader.read(row))
        except RowRefused as error:
            refused.append(RefusedRow(row.number, str(error)))
    return entries, refused


def _has_open_dates(rows: Sequence[Row], columns: Columns) -> bool:
    return any(
        read_moment(text, None) is None and read_moment(text, "day-first") is not None
        for text in _moments(rows, columns)
    )


def _moments(rows: Sequence[Row], columns: Columns) -> list[str]:
    place = columns.places.get("at")
    if place is None:
        return []
    return [row.cells[place] for row in rows if place < len(row.cells) and row.cells[place].strip()]
