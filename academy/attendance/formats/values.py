"""Columns told apart by what stands in them, for headers in a language that is not known."""

import re
from collections.abc import Callable, Sequence
from itertools import islice

from academy.attendance.formats.report import Field
from academy.attendance.moments import MomentReader, NotAMoment, is_absent
from academy.lib.tables import Row

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SAMPLE = 200
_MOST = 0.8


def columns_by_values(rows: Sequence[Row], name: int, width: int) -> dict[Field, int]:
    """Return the columns after the name whose values show what they are.

    Two columns of moments are joining and leaving in this order, one of addresses is the e-mail,
    the first of whole numbers the minutes. What only says yes or no is left alone.
    """
    found: dict[Field, int] = {"name": name}
    sample = list(islice(rows, _SAMPLE))
    moments = [place for place in range(name + 1, width) if _mostly(sample, place, _is_moment())]
    found.update(zip(("joined", "left"), moments[-2:], strict=False))
    for field, test in (("email", _is_address), ("minutes", _is_number)):
        places = (place for place in range(name + 1, width) if _mostly(sample, place, test))
        place = next(places, None)
        if place is not None:
            found[field] = place  # type: ignore[index]  # both are names of fields
    return found


def _mostly(rows: list[Row], place: int, test: Callable[[str], bool]) -> bool:
    cells = [row.cells[place] for row in rows if place < len(row.cells)]
    filled = [cell for cell in cells if not is_absent(cell)]
    return bool(filled) and sum(map(test, filled)) / len(filled) >= _MOST


def _is_moment() -> Callable[[str], bool]:
    reader = MomentReader()

    def test(cell: str) -> bool:
        try:
            return reader.read(cell).time is not None
        except NotAMoment:
            return False

    return test


def _is_address(cell: str) -> bool:
    return bool(_ADDRESS.fullmatch(cell.strip()))


def _is_number(cell: str) -> bool:
    return cell.strip().isdigit()
