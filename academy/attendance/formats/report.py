"""What a format hands on once it knows a file: which rows are connections, which cell is what."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal, NamedTuple

from academy.lib.tables import RefusedRow, Row

#: What a cell of a connection means, whatever its header was called.
Field = Literal[
    "name", "first_name", "last_name", "email", "joined", "left", "minutes", "waiting",
    "attended", "country", "external_id", "registered_at", "approval", "guest", "phone",
    "moderator",
]  # fmt: skip
#: In which column each of them stands.
Columns = Mapping[Field, int]
Role = Literal["attendee", "host", "panelist", "phone", "bot", "waiting", "collective"]


#: Formats whose times are a person's first joining and last leaving; the minutes lie between.
ENVELOPES = frozenset({"google-meet", "bigbluebutton-dashboard"})


@dataclass(frozen=True)
class Section:
    """Rows under one header: all of one role unless a row itself says otherwise."""

    header: Row
    columns: Columns
    rows: Sequence[Row]
    role: Role = "attendee"
    #: Which meeting of the file, where it holds several.
    meeting: str = ""
    #: Whether the cell "attended" says that somebody came, where it says more than yes and no.
    came: Callable[[str], bool] | None = None


@dataclass(frozen=True)
class Meeting:
    """One of several meetings of a file: what sections call it, what people do, who its host is."""

    key: str
    title: str = ""
    host_email: str = ""
    host_name: str = ""
    warnings: tuple[str, ...] = ()
    #: Cells that say when it began, for lists without times.
    dates: tuple[str, ...] = ()


class Placed(NamedTuple):
    """A row with what its cells mean, where rows of one list differ in that."""

    row: Row
    columns: Columns
    role: Role = "attendee"
    meeting: str = ""


def sections_of(header: Row, rows: Iterable[Placed]) -> Iterator[Section]:
    """Yield the rows in their order, a section for each run of rows that are read alike."""
    for _, run in groupby(rows, key=lambda placed: placed[1:]):
        first, *rest = run
        alike = [first.row, *(placed.row for placed in rest)]
        yield Section(header, first.columns, alike, first.role, first.meeting)


@dataclass(frozen=True)
class Report:
    """A recognised file, before its dates are understood."""

    format: str
    sections: tuple[Section, ...]
    #: Cells beside the connections that are written in the same order of day and month.
    other_dates: tuple[str, ...] = ()
    #: Cells that say when the meeting began or ended.
    meeting_dates: tuple[str, ...] = ()
    #: Beginning and end of each meeting, where the lines above a list name both.
    held: tuple[tuple[str, str], ...] = ()
    #: When the report was made: nothing in it is later.
    made: tuple[str, ...] = ()
    #: The zone of the file's own clock, where the format has one: "UTC".
    zone: str | None = None
    host_email: str = ""
    host_name: str = ""
    warnings: tuple[str, ...] = ()
    refused: tuple[RefusedRow, ...] = field(default=())
    #: The meetings, where the file holds several; a day or a name then chooses among them.
    meetings: tuple[Meeting, ...] = ()
    #: Titles of columns of which the reader itself hands nothing on.
    left_out: tuple[str, ...] = ()
    #: Whether these are different meetings, so that all of them together mean nothing.
    must_choose: bool = False
    #: How the file was written: "utf-8", "utf-16-le", "cp1252", … or "xlsx", "json", "xml".
    encoding: str = ""
    #: The sign between cells, or "" where there is none.
    delimiter: str = ""
