"""Reports that were pasted one below the other: cut where the next one begins.

Above a list of participants most makers write a row of titles and a row of values on the meeting.
A row of titles has no digit and several cells; that is what tells it, in any language.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from academy.attendance.formats.headers import (
    END_NAMES,
    HOST_NAMES,
    MEETING_NAMES,
    START_NAMES,
    level,
    names_in,
)
from academy.lib.tables import Row

_DIGIT = re.compile(r"\d")
_BEGINS_WITH_DIGIT = re.compile(r"^\d")
_ABOUT_MEETINGS = names_in(f"{MEETING_NAMES} | {START_NAMES} | {END_NAMES} | {HOST_NAMES}")
_TITLES_AT_LEAST = 3
#: So many cells that only stand above a list make a row one of titles.
_KNOWN_AT_LEAST = 2
#: Titles, values, an empty cell or a lone title: so near is the header below them.
_HEADER_WITHIN = 4

#: So many rows below a header tell what its columns are.
LOOKED_AT = 300

IsHeader = Callable[[int], bool]


class Block(NamedTuple):
    """One of the reports: what stands above its list, the header, and the rows of the list."""

    above: list[Row]
    #: None where the report breaks off before its list begins.
    header: Row | None
    rows: list[Row]


def levelled(row: Row) -> tuple[str, ...]:
    """Return the cells without case, signs and the empty ones that a spreadsheet adds."""
    cells = [level(cell) for cell in row.cells]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def filled_cells(row: Row) -> int:
    """Return how many cells of a row hold something."""
    return sum(1 for cell in row.cells if cell.strip())


def list_below(rows: Sequence[Row], header: int) -> list[Row]:
    """Return the first rows below a header, as far as they may be of one list.

    A row of titles, which has no digit, ends it: below them stands another meeting.
    """
    found: list[Row] = []
    for row in islice(rows, header + 1, header + LOOKED_AT):
        if found and filled_cells(row) >= _TITLES_AT_LEAST and not _has_digits(row):
            break
        found.append(row)
    return found


def facts_of(above: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Yield the titles and values that stand one below the other above a list."""
    for titles, values in pairwise(above):
        yield from zip(titles.cells, values.cells, strict=False)


def cut_blocks(rows: Sequence[Row], first: int, told_at: int, is_header: IsHeader) -> list[Block]:
    """Return the blocks of a table whose first header stands at `first`.

    `told_at` is the column that holds a digit in every sound row of the list, so that only the
    others are looked at; `is_header` says whether the row at a place heads a list too.
    """
    # A header may name a zone, as in "Join Time (GMT+8)": then only a digit in front tells a row.
    is_told = _BEGINS_WITH_DIGIT if _has_digits(rows[first]) else _DIGIT
    marks = [
        at
        for at in range(first + 1, len(rows))
        if not is_told.search(_cell(rows[at], told_at)) and _begins(rows, first, at, is_header)
    ]
    blocks = [Block(list(rows[:first]), rows[first], [])]
    following = first + 1
    for at in marks:
        if at < following:
            continue
        blocks[-1].rows.extend(rows[following:at])
        header = next((place for place in marks if place >= at and is_header(place)), None)
        near = header if header is not None and header - at <= _HEADER_WITHIN else None
        end = near if near is not None else _end_of_values(rows, at)
        blocks.append(Block(list(rows[at:end]), None if near is None else rows[near], []))
        following = end + (near is not None)
    blocks[-1].rows.extend(rows[following:])
    if len(blocks) > 1 and blocks[-1].rows and _is_cut_off(blocks[-1].rows[-1], rows[first]):
        blocks[-1].rows.pop()
    return blocks


def _is_cut_off(row: Row, header: Row) -> bool:
    """Whether the file ends in the middle of a header like the first one."""
    cells, whole = levelled(row), levelled(header)[: len(levelled(row))]
    return len(cells) > 1 and cells[:-1] == whole[:-1] and whole[-1].startswith(cells[-1])


def _cell(row: Row, place: int) -> str:
    return row.cells[place] if place < len(row.cells) else ""


def _end_of_values(rows: Sequence[Row], at: int) -> int:
    """Titles without a header below them: what is as wide as they are belongs to them."""
    width = len(levelled(rows[at]))
    has_values = at + 1 < len(rows) and len(levelled(rows[at + 1])) <= width
    return at + 1 + has_values


def _begins(rows: Sequence[Row], first: int, at: int, is_header: IsHeader) -> bool:
    return is_header(at) or is_titles(rows, at, rows[:first], is_header)


def is_titles(rows: Sequence[Row], at: int, above: Sequence[Row], is_header: IsHeader) -> bool:
    """Say whether the row at a place holds titles of a further meeting.

    It stood above the first list too, or it has words that stand only there, or a row of values
    and a header follow it.
    """
    row = rows[at]
    if _has_digits(row):
        return False
    cells = levelled(row)
    if any(cells == levelled(one) for one in above if filled_cells(one) >= _KNOWN_AT_LEAST):
        return True
    if len(_ABOUT_MEETINGS.intersection(cells)) >= _KNOWN_AT_LEAST:
        return True
    if filled_cells(row) < _TITLES_AT_LEAST or at + 1 >= len(rows) or not _has_digits(rows[at + 1]):
        return False
    below = range(at + 2, min(at + 1 + _HEADER_WITHIN, len(rows)))
    return any(is_header(place) for place in below)


def _has_digits(row: Row) -> bool:
    return bool(_DIGIT.search("".join(row.cells)))
