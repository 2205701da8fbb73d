"""What one file of registrations says, row by row, and why rows of it cannot be used."""

from dataclasses import dataclass, field
from datetime import datetime

from academy.lib.tables import RefusedRow
from academy.programme.formats.answered_at import DateOrder
from academy.programme.formats.columns import Columns
from academy.programme.formats.shape import Heading

#: The answer under which a shop's number of an attendee is kept, to know them again.
ATTENDEE = "Attendee #"
#: The heading of the reasons in a file of refused rows: mended, that file comes back with it.
WHY_REFUSED = "Why it was refused"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row as it is understood: somebody who registered."""

    #: The line of the file in which the row begins.
    row: int
    name: str
    #: The address as written, and its form for comparison.
    email: str
    normal: str
    country: str | None = None
    organisation: str = ""
    language: str = ""
    zone: str = ""
    #: Aware where the file gives an offset, else on the clock of the series; None where unknown.
    answered_at: datetime | None = None
    #: {"question": "answer"} for every column that is nothing else.
    answers: dict[str, str] = field(default_factory=dict)
    consents: dict[str, bool] = field(default_factory=dict)
    #: The shop's number of this attendee, where several share one address.
    attendee: str = ""


@dataclass(frozen=True)
class RegistrationFile:
    """One file, read: what it is, who registered, which rows are refused."""

    format: str
    heading: Heading
    columns: Columns
    #: Rows with anything in them, without the heading and what stands above it.
    rows: int
    entries: tuple[Entry, ...]
    refused: tuple[RefusedRow, ...]
    date_order: DateOrder | None = None
    #: The line of the first row below the heading.
    first_row: int = 1
    #: How many columns the widest row has.
    width: int = 0
    #: Whether the file has dates that fit two orders: then no moment was read from them.
    has_open_dates: bool = False

    def title_of(self, place: int) -> str:
        """Return the heading of a 0-based column on one line; empty where it has none."""
        cells = self.heading.cells
        return " ".join(cells[place].split()) if place < len(cells) else ""
