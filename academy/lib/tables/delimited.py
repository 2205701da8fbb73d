"""Rows out of text with commas, semicolons or tabs, in one pass and in bounded memory."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator

from academy.lib.tables.encodings import Encoding, find_encoding
from academy.lib.tables.errors import FileRefused
from academy.lib.tables.limits import Limits
from academy.lib.tables.rows import Progress, RefusedRow, Row, Table

_DELIMITERS = ",;\t"
#: The byte order mark as a sign of the text.
_MARK = "\ufeff"
#: So many signs of its first line tell that a second file begins.
_BEGIN = 12
_SAMPLE_LINES = 200
_SAMPLE_LINE_LENGTH = 4_000
#: No line of a true table holds as many delimiters, even inside quoted answers.
_DELIMITERS_IN_A_LINE = 20_000
#: Arrives as a row of its own unless a quotation mark is still open at the end of the file.
_END = "\x1eend of the file\x1e"
_EVERY = 5_000
#: Short cells repeat ("Yes", "approved", "Malaysia"), so each is kept in memory once.
_SHORT = 12
_NEARLY_ONE = 1.2
_NEARLY_ALL = 0.9


def read_delimited(data: bytes, limits: Limits, progress: Progress | None) -> Table:
    """Return the rows of a delimited text; raise FileRefused with a sentence where it is none."""
    encoding = find_encoding(data)
    delimiter = _find_delimiter(data, encoding)
    table = Table([], [], encoding.name, delimiter)
    _fill(table, _lines(data, encoding), limits, progress)
    _open_wrapped_lines(table)
    return table


def _lines(data: bytes, encoding: Encoding) -> Iterator[str]:
    stream = io.BytesIO(data)
    stream.seek(encoding.mark)
    lines = io.TextIOWrapper(stream, encoding.name, errors="replace", newline="")
    mark = _MARK.encode(encoding.name, errors="ignore")
    return _unglued(lines) if mark and data.find(mark, encoding.mark) > 0 else lines


def _unglued(lines: Iterable[str]) -> Iterator[str]:
    """Undo what `cat` does to files with a mark: it stands within, perhaps in the middle of a line.

    A line is cut at a mark only if it then goes on as the file begins; elsewhere the sign stays.
    """
    begin = ""
    for line in lines:
        if _MARK not in line:
            begin = begin or line[:_BEGIN].rstrip("\r\n")
            yield line
            continue
        whole, *others = line.split(_MARK)
        for part in others:
            if not begin or part.startswith(begin):
                yield from filter(None, [whole if whole.endswith("\n") else whole and f"{whole}\n"])
                whole = part
            else:
                whole = f"{whole}{_MARK if whole else ''}{part}"
        yield whole


def _find_delimiter(data: bytes, encoding: Encoding) -> str:
    """The sign that gives the most rows of one and the same width, and of these the widest."""
    sample = []
    for line in _lines(data, encoding):
        if line.strip():
            sample.append(line[:_SAMPLE_LINE_LENGTH])
        if len(sample) == _SAMPLE_LINES:
            break
    best = max(_DELIMITERS, key=lambda delimiter: _regularity(sample, delimiter))
    return "\t" if _is_within_tabs(sample, best) else best


def _is_within_tabs(sample: list[str], delimiter: str) -> bool:
    """Teams writes commas into its dates: where every line with commas has tabs, these divide."""
    divided = [line for line in sample if delimiter in line]
    tabbed = sum(1 for line in divided if "\t" in line)
    return delimiter != "\t" and tabbed > 1 and tabbed >= _NEARLY_ALL * len(divided)


def _regularity(sample: list[str], delimiter: str) -> tuple[int, int]:
    try:
        rows = list(csv.reader(sample, delimiter=delimiter))
    except csv.Error:
        return (0, 0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return (0, 0)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (count, width)


def _fill(table: Table, lines: Iterator[str], limits: Limits, progress: Progress | None) -> None:
    reader = csv.reader(_checked(lines), delimiter=table.delimiter)
    number = following = 1
    pool: dict[str, str] = {}
    cells: list[str] = []
    try:
        for cells in reader:
            number, following = following, reader.line_num + 1
            if cells == [_END]:
                break
            shared = [pool.setdefault(cell, cell) if len(cell) < _SHORT else cell for cell in cells]
            _keep(table, Row(number, shared), limits)
            if progress and number % _EVERY == 0:
                progress(number, 0)
    except csv.Error as error:
        raise FileRefused(_too_long(following)) from error
    if cells != [_END]:
        raise FileRefused(
            f"A quotation mark that opens in line {number} is never closed:"
            " the file was cut off or damaged there. Download it again."
        )


def _checked(lines: Iterator[str]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if len(line) > _DELIMITERS_IN_A_LINE and (
            max(map(line.count, _DELIMITERS)) > _DELIMITERS_IN_A_LINE
        ):
            raise FileRefused(f"Line {number} has more cells than any table: it is not read.")
        yield line
    yield _END


def _keep(table: Table, row: Row, limits: Limits) -> None:
    """Add the row, refuse it alone, or refuse the file; empty rows are passed over."""
    cells = row.cells
    if len(cells) > limits.columns:
        raise FileRefused(
            f"Line {row.number} has {len(cells):,} cells; at most {limits.columns:,} are read."
        )
    text = "".join(cells)
    if not text or text.isspace():
        _count_blank(row.number, limits)
    elif len(text) > limits.cell and max(map(len, cells)) > limits.cell:
        raise FileRefused(_too_long(row.number))
    elif "\0" in text or "\ufffd" in text:
        table.refused.append(RefusedRow(row.number, _why_unreadable(text)))
        table.spoiled.append(row)
    else:
        table.rows.append(row)
        if len(table.rows) > limits.rows:
            raise FileRefused(f"The file has more than {limits.rows:,} rows.")


def _count_blank(number: int, limits: Limits) -> None:
    if number > 2 * limits.rows:
        raise FileRefused(f"The file has more than {limits.rows:,} rows.")


def _too_long(number: int) -> str:
    return (
        f"A cell that begins in line {number} is too long;"
        " perhaps a quotation mark before it is never closed."
    )


def _why_unreadable(text: str) -> str:
    if "\0" in text:
        return "The row holds zero bytes: it was damaged on its way."
    return "The row holds signs that cannot be read: it was damaged on its way."


def _open_wrapped_lines(table: Table) -> None:
    """Undo what Excel does to a comma file where the semicolon rules: each line is one cell."""
    width = sum(len([cell for cell in row.cells if cell]) for row in table.rows)
    if not table.rows or width > _NEARLY_ONE * len(table.rows):
        return
    firsts = (next(cell for cell in row.cells if cell.strip()) for row in table.rows)
    texts = [" ".join(first.splitlines()) for first in firsts]
    opened = list(csv.reader(texts, delimiter=","))
    if len(opened) == len(table.rows) and sum(map(len, opened)) > 2 * len(opened):
        pairs = zip(table.rows, opened, strict=True)
        table.rows[:] = [Row(row.number, cells) for row, cells in pairs]
