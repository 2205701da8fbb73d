"""The sentence for a table that is no attendance report, as close to the reason as can be seen."""

from academy.attendance.formats.headers import columns_of
from academy.lib.tables import Table

_NUMBERS = "This file holds only numbers; an attendance report names people."
_PROSE = "This file holds running text, not a table of people and times."
_REGISTRATIONS = (
    "This is a list of registrations: it does not say who came. Import it as registrations."
)
_NOTHING = "No row of this file can be read."
_UNKNOWN = (
    "This is no attendance report that is known here: no line names a column for people"
    " together with columns for times or minutes."
)
_LOOKED_AT = 100


def why_unknown(table: Table) -> str:
    """Return one sentence on why no reader wanted the table."""
    rows = [row.cells for row in table.rows[:_LOOKED_AT]]
    cells = [cell for row in rows for cell in row if cell.strip()]
    if not rows:
        sentence = _NOTHING
    elif all(_is_number(cell) for cell in cells):
        sentence = _NUMBERS
    elif any({"registered_at", "email"} <= columns_of(row).keys() for row in rows):
        sentence = _REGISTRATIONS
    elif not any(sum(1 for cell in row if cell.strip()) > 1 for row in rows):
        sentence = _PROSE
    else:
        sentence = _UNKNOWN
    return sentence


def _is_number(cell: str) -> bool:
    bare = cell.strip().replace(".", "").replace(",", "").replace(" ", "").lstrip("+-")
    return bare.isdigit()
