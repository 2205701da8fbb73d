"""Columns told apart by what stands in them, for headers in a language that is not known."""

import re
from collections.abc import Callable, Sequence
from itertools import islice

from academy.attendance.formats.report import Columns, Field
from academy.attendance.reading.moments import MomentReader, is_absent
from academy.lib.tables import Row

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SAMPLE = 200
_MOST = 0.8


def completed_by_values(
    known: Columns, rows: Sequence[Row], name: int, width: int
) -> dict[Field, int]:
    """Return the known columns and those after the name whose values show what they are.

    The last columns of moments are joining and leaving in this order, one of addresses is the
    e-mail, the first of whole numbers the minutes. What only says yes or no is left alone.
    """
    found: dict[Field, int] = {**known, "name": name}
    sample = list(islice(rows, _SAMPLE))
    free = [place for place in range(name + 1, width) if place not in found.values()]
    wanted = [field for field in _MOMENTS if field not in found]
    moments = [place for place in free if wanted and _mostly(sample, place, _is_moment())]
    found.update(zip(wanted, moments[-len(wanted) :], strict=False))
    for field, test in _TESTS:
        if field not in found:
            places = [place for place in free if _mostly(sample, place, test)]
            found.update(zip([field], places, strict=False))
    return found


def _mostly(rows: list[Row], place: int, test: Callable[[str], bool]) -> bool:
    cells = [row.cells[place] for row in rows if place < len(row.cells)]
    filled = [cell for cell in cells if not is_absent(cell)]
    return bool(filled) and sum(map(test, filled)) / len(filled) >= _MOST


def _is_moment() -> Callable[[str], bool]:
    reader = MomentReader()
    return lambda cell: reader.find(cell).time is not None


def _is_address(cell: str) -> bool:
    return bool(_ADDRESS.fullmatch(cell.strip()))


def _is_number(cell: str) -> bool:
    return cell.strip().isdigit()


_MOMENTS: tuple[Field, ...] = ("joined", "left")
_TESTS: tuple[tuple[Field, Callable[[str], bool]], ...] = (
    ("email", _is_address),
    ("minutes", _is_number),
)
