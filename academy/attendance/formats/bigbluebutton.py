"""The CSV of BigBlueButton's learning dashboard, as its moderator downloads it.

The header is translated into some sixty languages and not quoted, so a comma in a poll's question
shifts it: the columns are known by their values and their order alone. One row is one person; the
duration adds up devices that were there at the same time. Answers to polls are not kept.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from academy.attendance.formats.blocks import levelled
from academy.attendance.formats.report import Columns, Meeting, Report, Section
from academy.attendance.formats.several import Part, put_together
from academy.attendance.reading.moments import MomentReader
from academy.lib.tables import RefusedRow, Row, Table

FORMAT = "bigbluebutton-dashboard"
_FLAGS = frozenset(("true", "false"))
_LENGTH = re.compile(r"\d{1,2}:\d\d:\d\d")
#: Joining stands behind name, moderator, score and at least the two times of talk and camera.
_FIRST_JOIN = 5
#: In a small meeting one damaged row is a quarter of all.
_MOST = 0.6
_SAMPLE = 200
_DAMAGED = (
    "The row does not say whether it is a moderator, or its name runs over several lines:"
    " it was damaged on its way."
)


class LearningDashboard:
    """Reads the list of users of one meeting in BigBlueButton."""

    def read(self, table: Table) -> Report | None:
        """Return the report, or None where the second column is not TRUE or FALSE throughout."""
        header = table.rows[0] if table.rows else Row(0, [])
        body = [row for row in table.rows[1:] if not _is_header(row, header)]
        join = _find_join(body[:_SAMPLE])
        if join is None:
            return None
        lists = list(_lists(table.rows, header))
        report = Report(
            format=FORMAT,
            sections=(),
            refused=tuple(
                sorted([*table.refused, *(one for part in lists for one in _damaged(part))])
            ),
        )
        return put_together(
            report, [_part(part, header, _find_join(part) or join) for part in lists]
        )


def _is_header(row: Row, header: Row) -> bool:
    """Several dashboards one below the other repeat the header, with other polls perhaps."""
    return levelled(row)[:_FIRST_JOIN] == levelled(header)[:_FIRST_JOIN]


def _lists(rows: Sequence[Row], header: Row) -> Iterator[list[Row]]:
    """Yield the rows below each header."""
    places = [place for place, row in enumerate(rows) if _is_header(row, header)]
    return (list(rows[start + 1 : end]) for start, end in pairwise([*places, len(rows)]))


def _part(body: Sequence[Row], header: Row, join: int) -> Part:
    width = join + 3
    collective = Section(_cut(header, width), {"name": 0}, _collective(body, width), "collective")
    people = _section(header, [row for row in body if _is_person(row)], width, join)
    return Part(Meeting(""), (people, collective))


def _section(header: Row, rows: list[Row], width: int, join: int) -> Section:
    columns: Columns = {
        "name": 0, "moderator": 1, "joined": join, "left": join + 1, "minutes": join + 2,
    }  # fmt: skip
    return Section(_cut(header, width), columns, [_without_marks(_cut(row, width)) for row in rows])


def _without_marks(row: Row) -> Row:
    """The dashboard writes a name's own quotation marks unescaped: what is left of them goes."""
    name, *others = row.cells
    return Row(row.number, [" ".join(name.replace('"', " ").split()), *others])


def _cut(row: Row, width: int) -> Row:
    cells = row.cells[:width]
    return Row(row.number, cells + [""] * (width - len(cells)))


def _is_person(row: Row) -> bool:
    is_whole = len(row.cells) > _FIRST_JOIN and "\n" not in row.cells[0]
    return is_whole and row.cells[1].strip().casefold() in _FLAGS


def _is_collective(row: Row) -> bool:
    """The last row, Anonymous in some language, has answers to polls and nothing else."""
    return bool(row.cells[0].strip()) and not any(cell.strip() for cell in row.cells[1:_FIRST_JOIN])


def _collective(body: Sequence[Row], width: int) -> list[Row]:
    return [_cut(row, width) for row in body[-1:] if not _is_person(row) and _is_collective(row)]


def _damaged(body: Sequence[Row]) -> list[RefusedRow]:
    others = [row for row in body if not _is_person(row)]
    return [
        RefusedRow(row.number, _DAMAGED)
        for row in others
        if row is not body[-1] or not _is_collective(row)
    ]


def _find_join(body: Sequence[Row]) -> int | None:
    """Return the column of the first moment, followed by leaving and by a length on a clock."""
    people = [row.cells for row in body if _is_person(row)]
    if not people or len(people) < _MOST * (len(body) - 1):
        return None
    reader = MomentReader()
    for place in range(_FIRST_JOIN, max(map(len, people)) - 2):
        good = [
            cells
            for cells in people
            if len(cells) > place + 2
            and _is_dated(reader, cells[place])
            and _LENGTH.fullmatch(cells[place + 2].strip())
        ]
        if len(good) >= _MOST * len(people):
            return place
    return None


def _is_dated(reader: MomentReader, cell: str) -> bool:
    moment = reader.find(cell)
    return moment.date is not None and moment.time is not None
