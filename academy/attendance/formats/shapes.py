"""A list of participants known by its shape alone, where no word of its header is known.

Names, then the moments of joining and leaving and the whole minutes between them: that the minutes
agree with the moments is what no other table does by chance.
"""

from collections.abc import Sequence
from datetime import time
from itertools import islice

from academy.attendance.formats.report import Columns
from academy.attendance.formats.values import completed_by_values
from academy.attendance.reading.moments import MomentReader
from academy.lib.tables import Row

_SAMPLE = 200
_MOST = 0.8
#: Of fewer a table of meetings, or a column of yes and no, could look the same.
_FEWEST = 3
_DAY = 24 * 60


def columns_by_shape(rows: Sequence[Row], width: int) -> Columns | None:
    """Return the columns if the rows have names, two moments and the minutes between them."""
    sample = list(islice(rows, _SAMPLE))
    names = {row.cells[0].strip() for row in sample if row.cells}
    if len(names) < _FEWEST or sum(map(_is_wording, names)) < _MOST * len(names):
        return None
    columns = completed_by_values({}, sample, 0, width)
    if not {"joined", "left", "minutes"} <= columns.keys():
        return None
    agreeing = [_agrees(row, columns) for row in sample if len(row.cells) == width]
    timed = [one for one in agreeing if one is not None]
    is_list = len(timed) >= _FEWEST and sum(timed) >= _MOST * len(timed)
    return columns if is_list else None


def _is_wording(cell: str) -> bool:
    return any(map(str.isalpha, cell)) and MomentReader().find(cell).time is None


def _agrees(row: Row, columns: Columns) -> bool | None:
    """Say whether the minutes are those between the moments, to one; None where some is missing."""
    reader = MomentReader()
    joined, left = (reader.find(row.cells[columns[field]]).time for field in ("joined", "left"))
    minutes = row.cells[columns["minutes"]].strip()
    if joined is None or left is None or not minutes.isdecimal():
        return None
    apart = (_minute(left) - _minute(joined) - int(minutes)) % _DAY
    return min(apart, _DAY - apart) <= 1


def _minute(clock: time) -> float:
    return clock.hour * 60 + clock.minute + clock.second / 60
