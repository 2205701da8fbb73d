"""What a format hands on once it knows a file: which rows are connections, which cell is what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

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
    #: Whether the cell "attended" says that somebody came, where it says more than yes and no.
    came: Callable[[str], bool] | None = None


@dataclass(frozen=True)
class Report:
    """A recognised file, before its dates are understood."""

    format: str
    sections: tuple[Section, ...]
    #: Cells beside the connections that are written in the same order of day and month.
    other_dates: tuple[str, ...] = ()
    #: Cells that say when the meeting began or ended.
    meeting_dates: tuple[str, ...] = ()
    #: The zone of the file's own clock, where the format has one: "UTC".
    zone: str | None = None
    host_email: str = ""
    host_name: str = ""
    warnings: tuple[str, ...] = ()
    refused: tuple[RefusedRow, ...] = field(default=())
