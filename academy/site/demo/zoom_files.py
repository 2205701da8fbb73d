"""The five participants files, each in another of the shapes in which Zoom writes them."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from academy.site.demo.facts import HOST_NAME, SERIES_TITLE, PlannedLiveSession
from academy.site.demo.presence import Connection, connections

MEETING_ID = "820 0502 2020"
_OLD_HEADER = (
    "Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest",
)  # fmt: skip
_NEW_HEADER = (
    "Name (original name)", "Email", "Join time", "Leave time", "Duration (minutes)", "Guest",
    "Recording disclaimer response", "In waiting room",
)  # fmt: skip
_SPANISH_HEADER = (
    "Nombre (nombre original)", "Correo electrónico", "Hora de entrada", "Hora de salida",
    "Duración (minutos)", "Invitado",
    "Respuesta al descargo de responsabilidad relativa a la grabación", "En sala de espera",
)  # fmt: skip
_MONTH_FIRST, _DAY_FIRST = "%m/%d/%Y %I:%M:%S %p", "%d/%m/%Y %H:%M:%S"
_BYTE_ORDER_MARK = "\ufeff"

Rows = list[Sequence[object]]


@dataclass(frozen=True)
class _Meeting:
    """What Zoom notes of a meeting above the participants."""

    planned: PlannedLiveSession
    rows: list[Connection]

    @property
    def started(self) -> datetime:
        return min(row.joined for row in self.rows)

    @property
    def ended(self) -> datetime:
        return max(row.left for row in self.rows)

    @property
    def minutes(self) -> int:
        return _minutes(self.started, self.ended)


def participants_file(planned: PlannedLiveSession) -> bytes:
    """Return the file of one live session; no time in it names a zone, as Zoom has it."""
    meeting = _Meeting(planned, connections(planned))
    return _SHAPES[planned.number](meeting)


def file_name(planned: PlannedLiveSession) -> str:
    """Return a name as Zoom gives it, and the day, so that five of them fit one folder."""
    return f"participants_{MEETING_ID.replace(' ', '')}_{planned.starts_at:%Y-%m-%d}.csv"


def _with_meeting_data(meeting: _Meeting) -> bytes:
    """Shape Z3: the meeting's line above, padded with commas."""
    above: Rows = [
        ("Meeting ID", "Topic", "Start Time", "End Time", "User Email", "Duration (Minutes)",
         "Participants"),
        (MEETING_ID, SERIES_TITLE, _spell(meeting.started, _MONTH_FIRST),
         _spell(meeting.ended, _MONTH_FIRST), _host_address(meeting), meeting.minutes,
         len(meeting.rows)),
        [""] * 7,
    ]  # fmt: skip
    return _write([*above, _OLD_HEADER, *_old_rows(meeting.rows)], padded_to=7)


def _plain(meeting: _Meeting) -> bytes:
    """Shape Z2: nothing but the rows."""
    return _write([_OLD_HEADER, *_old_rows(meeting.rows)])


def _with_semicolons(meeting: _Meeting) -> bytes:
    """Shape Z2 as a spreadsheet saves it where the comma stands in decimal numbers."""
    return _write([_OLD_HEADER, *_old_rows(meeting.rows)], delimiter=";")


def _spanish(meeting: _Meeting) -> bytes:
    """Shape Z7: exported by somebody whose portal is Spanish, day first."""
    rows = (
        (
            *_who_and_when(row, _DAY_FIRST),
            _word(row.is_guest, "Sí"),
            "",
            _word(row.is_waiting, "Sí"),
        )
        for row in meeting.rows
    )
    return _write([_SPANISH_HEADER, *rows])


def _newer(meeting: _Meeting) -> bytes:
    """Shape Z4: the newer portal, in lower-case words and with the host."""
    above: Rows = [
        ("Topic", "ID", "Host", "Duration (minutes)", "Start time", "End time", "Participants"),
        (SERIES_TITLE, MEETING_ID, HOST_NAME, meeting.minutes,
         _spell(meeting.started, _MONTH_FIRST), _spell(meeting.ended, _MONTH_FIRST),
         len(meeting.rows)),
        (),
    ]  # fmt: skip
    rows = (
        (*_who_and_when(row, _MONTH_FIRST), _word(row.is_guest, "Yes"), "OK",
         _word(row.is_waiting, "Yes"))
        for row in meeting.rows
    )  # fmt: skip
    return _write([*above, _NEW_HEADER, *rows])


_SHAPES: dict[int, Callable[[_Meeting], bytes]] = {
    1: _with_meeting_data,
    2: _plain,
    3: _with_semicolons,
    4: _spanish,
    5: _newer,
}


def _old_rows(rows: Iterable[Connection]) -> Rows:
    return [(*_who_and_when(row, _MONTH_FIRST), _word(row.is_guest, "Yes")) for row in rows]


def _who_and_when(row: Connection, clock: str) -> tuple[object, ...]:
    shown = f"{row.shown} ({row.original})" if row.original else row.shown
    minutes = _minutes(row.joined, row.left)
    return (shown, row.email, _spell(row.joined, clock), _spell(row.left, clock), minutes)


def _word(is_so: bool, yes: str) -> str:  # noqa: FBT001
    return yes if is_so else "No"


def _spell(moment: datetime, clock: str) -> str:
    return moment.strftime(clock)


def _minutes(joined: datetime, left: datetime) -> int:
    """Zoom rounds every row up to whole minutes."""
    return -(-int((left - joined).total_seconds()) // 60)


def _host_address(meeting: _Meeting) -> str:
    return next(row.email for row in meeting.rows if not row.is_guest)


def _write(rows: Iterable[Sequence[object]], *, delimiter: str = ",", padded_to: int = 0) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter)
    for row in rows:
        writer.writerow([*row, *[""] * (padded_to - len(row))])
    return (_BYTE_ORDER_MARK + written.getvalue()).encode()
