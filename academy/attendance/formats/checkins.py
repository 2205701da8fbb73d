"""Check-ins at the door: Eventbrite's attendees and Luma's guests, of whom some came.

A check-in says that somebody came, never how long they stayed. Columns of money, telephones and
addresses of houses are not kept: the academy has no use for them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from academy.attendance.formats.headers import level, names_in
from academy.attendance.formats.report import Columns, Field, Report, Section
from academy.attendance.reading.moments import is_absent
from academy.lib.names import same_name_key
from academy.lib.tables import RefusedRow, Row, Table

_HEADER_WITHIN = 10
_NOBODY = "Nobody in this list is checked in: it may be a list of registrations."
_SHARED = "{count} rows share the address of another name; they are known by their names alone."
_CUT_OFF = "The row is cut off before the cell that says whether somebody came."
_MORE_CELLS = "The row has more cells than the header; perhaps a comma in a name."
_CAME = names_in("checked in | yes | true | attended")
_Names = dict[str, Field | None]

#: The columns that are kept, and what they mean; None is kept as evidence only.
_EVENTBRITE: _Names = {
    "order#": None, "orderid": None, "attendee#": None, "tickettype": None, "name": "name",
    "attendeename": "name", "firstname": "first_name", "lastname": "last_name",
    "surname": "last_name", "email": "email", "attendeeemail": "email", "emailaddress": "email",
    "attendeestatus": "attended", "checkedin": "attended",
}  # fmt: skip
_LUMA: _Names = {
    "apiid": None, "guestapiid": None, "name": "name", "firstname": "first_name",
    "lastname": "last_name", "email": "email", "approvalstatus": "approval",
    "checkedinat": "attended", "ticketname": None,
}  # fmt: skip


class EventbriteCheckins:
    """Reads attendees, or orders, whose status says who was checked in."""

    def read(self, table: Table) -> Report | None:
        """Return the report, or None for a table without orders and a status of check-in."""
        marks = {"attendeestatus", "checkedin"}
        place = _find_header(
            table, lambda names: bool(names & {"order#", "orderid"} and names & marks)
        )
        return (
            None if place is None else _report("eventbrite", table, place, _EVENTBRITE, _has_come)
        )


class LumaCheckins:
    """Reads guests, of whom those who came have the moment of their check-in, in UTC."""

    def read(self, table: Table) -> Report | None:
        """Return the report, or None for a table without the moment of a check-in."""
        place = _find_header(table, lambda names: {"name", "email", "checkedinat"} <= names)
        return None if place is None else _report("luma", table, place, _LUMA, _is_set)


def _has_come(status: str) -> bool:
    return level(status) in _CAME


def _is_set(moment: str) -> bool:
    return not is_absent(moment)


def _find_header(table: Table, is_header: Callable[[set[str]], bool]) -> int | None:
    for place, row in enumerate(table.rows[:_HEADER_WITHIN]):
        if is_header(set(map(_name, row.cells))):
            return place
    return None


def _name(cell: str) -> str:
    return level(cell.replace("_", ""))


def _report(
    maker: str, table: Table, place: int, names: _Names, came: Callable[[str], bool]
) -> Report:
    header = table.rows[place]
    kept = [number for number, cell in enumerate(header.cells) if _name(cell) in names]
    columns = _columns([header.cells[number] for number in kept], names)
    below = [row for row in table.rows[place + 1 :] if row.cells != header.cells]
    width = len(header.cells)
    reach = kept[columns["attended"]]
    rows = [_cut(row, kept) for row in below if not _misfit(row, width, reach)]
    own, shared = _part(rows, columns)
    without: Columns = {field: at for field, at in columns.items() if field != "email"}
    head = _cut(header, kept)
    some_came = any(came(row.cells[columns["attended"]]) for row in rows)
    return Report(
        format=f"{maker}-checkins",
        sections=(
            Section(head, columns, own, came=came),
            Section(head, without, shared, came=came),
        ),
        zone="UTC" if "joined" in columns else None,
        warnings=_warnings(len(shared), some_came=some_came),
        refused=tuple(sorted([*table.refused, *_misfits(below, width, reach)])),
        left_out=tuple(_left_out(header, below, kept)),
    )


def _left_out(header: Row, below: list[Row], kept: Sequence[int]) -> Iterator[str]:
    """Name the columns that hold something and are not handed on."""
    for place, title in enumerate(header.cells):
        if place not in kept and any(
            row.cells[place : place + 1] not in ([], [""]) for row in below
        ):
            yield title


def _misfit(row: Row, width: int, reach: int) -> str:
    """Say why a row is refused: too long, or cut off before the cell that says who came."""
    if any(cell.strip() for cell in row.cells[width:]):
        return _MORE_CELLS
    return _CUT_OFF if len(row.cells) <= reach else ""


def _misfits(rows: list[Row], width: int, reach: int) -> list[RefusedRow]:
    found = ((row, _misfit(row, width, reach)) for row in rows)
    return [RefusedRow(row.number, why) for row, why in found if why]


def _cut(row: Row, kept: Sequence[int]) -> Row:
    cells = row.cells
    return Row(row.number, [cells[at] if at < len(cells) else "" for at in kept])


def _columns(header: Sequence[str], names: _Names) -> dict[Field, int]:
    """A moment of check-in is when somebody came through the door; when they left, nobody knows."""
    columns: dict[Field, int] = {}
    for place, cell in enumerate(header):
        field = names[_name(cell)]
        if field:
            columns.setdefault(field, place)
        if _name(cell) == "checkedinat":
            columns["joined"] = place
    return columns


def _part(rows: list[Row], columns: dict[Field, int]) -> tuple[list[Row], list[Row]]:
    """Set apart the rows whose address stands beside several names: it is the buyer's."""
    if "email" not in columns:
        return rows, []
    names: dict[str, set[str]] = defaultdict(set)
    parts = [columns[field] for field in ("name", "first_name", "last_name") if field in columns]
    for row in rows:
        shown = " ".join(row.cells[place] for place in parts)
        names[_address(row, columns)].add(same_name_key(shown) or shown.casefold())
    several = {address for address, shown in names.items() if address and len(shown) > 1}
    own = [row for row in rows if _address(row, columns) not in several]
    return own, [row for row in rows if _address(row, columns) in several]


def _address(row: Row, columns: dict[Field, int]) -> str:
    return row.cells[columns["email"]].strip().casefold()


def _warnings(shared: int, *, some_came: bool) -> tuple[str, ...]:
    told = ("" if some_came else _NOBODY, _SHARED.format(count=shared) if shared else "")
    return tuple(filter(None, told))
