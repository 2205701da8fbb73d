"""Zoom's attendee report of a webinar: hosts, panelists, attendees, and who stayed away."""

from collections.abc import Iterator
from itertools import pairwise

from academy.attendance.formats.blocks import facts_of, filled_cells, is_titles
from academy.attendance.formats.headers import (
    MEETING,
    NUMBER_NAMES,
    START_NAMES,
    TOPIC_NAMES,
    columns_of,
    has_digits,
    level,
    looks_like_a_pair,
    names_in,
)
from academy.attendance.formats.report import Columns, Meeting, Report, Role, Section
from academy.attendance.formats.several import Part, put_together
from academy.attendance.formats.values import completed_by_values
from academy.lib.tables import FileRefused, Row, Table

FORMAT = "zoom-webinar"
_HEADER_WITHIN = 60
#: Yes and No in some language, and perhaps the next header.
_TWO_WORDS = 3
#: "Attendee Report", or the words and the moment of its making.
_LONE_LINE = 2
_START = names_in(START_NAMES)
_NUMBER = names_in(NUMBER_NAMES)
_TOPIC = names_in(TOPIC_NAMES)
_TITLES: dict[str, Role] = {
    **dict.fromkeys(
        names_in("""host details | host detail | detalles del anfitrión | dettagli host
        dettagli organizzatore | dettagli sull'organizzatore | detalhes do anfitrião
        détails de l'hôte | host-details | gastgeberdetails | details zum host | detail host
        detail tuan rumah | 호스트 세부 정보 | ホストの詳細 | 主持人详情 | 主持人详细信息"""),
        "host",
    ),
    **dict.fromkeys(
        names_in("""panelist details | panelist detail | detalles del panelista
        detalles de panelista | detalles de los panelistas | dettagli panelista | dettagli relatore
        detalhes do painelista | détails du panéliste | détails des panélistes
        diskussionsteilnehmer-details | detail panelis | 패널리스트 세부 정보 | パネリストの詳細
        嘉宾详情 | 嘉宾详细信息"""),
        "panelist",
    ),
    **dict.fromkeys(
        names_in("""attendee details | attendee detail | other attended | viewed by phone
        detalles del asistente | detalles de los asistentes | dettagli partecipante
        dettagli partecipanti | detalhes do participante | détails du participant
        détails des participants | teilnehmerdetails | teilnehmer-details | detail peserta
        참석자 세부 정보 | 出席者の詳細 | 参加者详情 | 与会者详细信息 | 参会者详情"""),
        "attendee",
    ),
}  # fmt: skip
_TABBED = (
    "This copy of the webinar report is divided by tabs, and such copies have lost their quotation"
    " marks: download the report from Zoom again as CSV."
)


class ZoomWebinar:
    """Reads the attendee report of one Zoom webinar."""

    def read(self, table: Table) -> Report | None:
        """Return the report, or None where no header says whether somebody attended."""
        first = _first_header(table.rows)
        if first is None:
            return None
        if table.delimiter == "\t":
            raise FileRefused(_TABBED)
        bounds = [0, *_next_reports(table.rows, first), len(table.rows)]
        reports = [table.rows[start:end] for start, end in pairwise(bounds)]
        firsts = [_first_header(rows) for rows in reports]
        above = [row for rows, at in zip(reports, firsts, strict=True) for row in rows[:at]]
        report = Report(
            format=FORMAT,
            sections=(),
            other_dates=tuple(cell for row in above for cell in row.cells if _may_be_date(cell)),
            meeting_dates=tuple(_beginnings(above)),
            made=tuple(
                cell for row in above if filled_cells(row) == _LONE_LINE for cell in row.cells[1:2]
            ),
            refused=tuple(table.refused),
        )
        return put_together(report, list(map(_part, reports, firsts)))


def _next_reports(rows: list[Row], first: int) -> Iterator[int]:
    """Yield where a further report begins: at its titles, or at the lone lines above these."""
    titles = [row for row in rows[:first] if filled_cells(row) > _LONE_LINE]
    firsts = {rows[first].cells[0]}

    def is_header(place: int) -> bool:
        return _could_be_header(rows[place], firsts)

    for place in range(first + 1, len(rows)):
        if is_header(place) or not is_titles(rows, place, titles, is_header):
            continue
        while filled_cells(rows[place - 1]) <= _LONE_LINE:
            place -= 1  # noqa: PLW2901 - upwards, to the first line of the report
        yield place


def _part(rows: list[Row], first: int | None) -> Part:
    """Return one report of the file; one that breaks off before its lists has nobody in it."""
    above = rows[:first]
    starts = _beginnings(above)
    number, topic = (_value_below(above, names) for names in (_NUMBER, _TOPIC))
    day = starts[0].strip() if starts else ""
    meeting = Meeting(" ".join(filter(None, (number or topic, day))), topic, dates=tuple(starts))
    return Part(meeting, () if first is None else tuple(_sections(rows, first)))


def _value_below(above: list[Row], names: frozenset[str]) -> str:
    return next((value.strip() for title, value in facts_of(above) if level(title) in names), "")


def _may_be_date(cell: str) -> bool:
    return ":" in cell and any(map(str.isdigit, cell))


def _beginnings(above: list[Row]) -> list[str]:
    return [value for title, value in facts_of(above) if level(title) in _START]


def _first_header(rows: list[Row]) -> int | None:
    for place, row in enumerate(rows[:_HEADER_WITHIN]):
        below = rows[place + 1 : place + 50]
        if _is_header(row, below) and _says_who_attended(row, below):
            return place
    return None


def _says_who_attended(row: Row, below: list[Row]) -> bool:
    """The first column is Attended in a known language, or says two words before a pair."""
    if "attended" in columns_of(row.cells):
        return True
    if has_digits(row.cells):
        return False
    words = {other.cells[0] for other in below if len(other.cells) > 2}  # noqa: PLR2004
    is_unknown = len(row.cells) > 1 and looks_like_a_pair(row.cells[1])
    return is_unknown and level(row.cells[0]) not in MEETING and 0 < len(words) <= _TWO_WORDS


def _is_header(row: Row, below: list[Row]) -> bool:
    """Say whether a row names columns: known ones, or a pair with moments below it."""
    columns = columns_of(row.cells)
    people = columns.keys() & {"name", "first_name", "email"}
    if people and columns.keys() & {"joined", "minutes"}:
        return True
    is_unknown = len(row.cells) > 1 and looks_like_a_pair(row.cells[1])
    return is_unknown and "joined" in completed_by_values({}, below, 1, len(row.cells))


def _sections(rows: list[Row], first: int) -> list[Section]:
    """Cut the report at its headers; a lone cell above a header is the title of its section."""
    firsts = {rows[first].cells[0]}
    headers = [
        place
        for place in range(first, len(rows))
        if _could_be_header(rows[place], firsts)
        and _is_header(rows[place], rows[place + 1 : place + 50])
    ]
    sections = []
    for number, place in enumerate(headers):
        end = headers[number + 1] if number + 1 < len(headers) else len(rows)
        title = _title(rows, place)
        if end < len(rows) and _title(rows, end):
            end -= 1
        role = _role(title, number, len(headers), rows[place])
        below = rows[place + 1 : end]
        sections.append(Section(rows[place], _columns(rows[place], below), below, role))
    return sections


def _could_be_header(row: Row, firsts: set[str]) -> bool:
    """Only a few rows are worth a closer look: those that begin as a header does."""
    return row.cells[0] in firsts or level(row.cells[0]) in _FIRST_CELLS


_FIRST_CELLS = names_in("attended | user name | first name | name | email")


def _title(rows: list[Row], header: int) -> str:
    """Return the levelled title above a header, or nothing."""
    above = [cell for cell in rows[header - 1].cells if cell.strip()] if header else []
    return level(above[0]) if len(above) == 1 else ""


def _role(title: str, number: int, count: int, header: Row) -> Role:
    """By its title; without one the report goes host, panelists, attendees."""
    columns = columns_of(header.cells)
    if title in _TITLES:
        role: Role = _TITLES[title]
    elif columns.keys() & {"registered_at", "approval", "first_name"} or number == count - 1:
        role = "attendee"
    else:
        role = "host" if number == 0 else "panelist"
    return role


def _columns(header: Row, below: list[Row]) -> Columns:
    """The known columns; in a language that is not known the values and the first place speak."""
    columns = columns_of(header.cells)
    has_people = bool(columns.keys() & {"name", "first_name", "email"})
    if has_people and {"joined", "left"} <= columns.keys():
        return columns
    rows = [row for row in below if len(row.cells) > 1]
    name = columns.get("name", 1)
    return completed_by_values({"attended": 0, **columns}, rows, name, len(header.cells))
