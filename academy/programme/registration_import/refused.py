"""The refused rows of a file as a file to mend: all that is kept of one that was imported."""

from collections.abc import Mapping
from datetime import timedelta

from academy.lib.sheets import write_csv
from academy.lib.tables import read_table
from academy.programme.formats.answered_at import DateOrder
from academy.programme.formats.entries import WHY_REFUSED
from academy.programme.formats.headings import Role
from academy.programme.formats.reading import read_registrations

#: So long somebody can fetch the rows to mend, or a file that was refused as a whole.
REFUSED_ARE_KEPT = timedelta(days=7)


def rows_to_mend(
    data: bytes, name: str, columns: Mapping[Role, int | None], date_order: DateOrder | None
) -> bytes:
    """Return a CSV file of just the refused rows, as they came, each with the reason beside it.

    Mended, it can be imported as it is: the column with the reasons is passed over. Nothing is
    returned for a file of which every row can be used.
    """
    table = read_table(data, name)
    file = read_registrations(table, columns, date_order)
    if not file.refused:
        return b""
    reasons = {row.number: row.why for row in file.refused}
    cells = {row.number: row.cells for row in table.rows if row.number in reasons}
    titles = [file.title_of(at) or f"Column {at + 1}" for at in range(file.width)]
    rows = ([*_padded(cells.get(row, []), file.width), why] for row, why in reasons.items())
    return write_csv([*titles, WHY_REFUSED], rows)


def _padded(cells: list[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]
