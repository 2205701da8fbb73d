"""The attendance files that are understood: a new format is one file here and one line below."""

from typing import Protocol

from academy.attendance.formats.refusal import why_unknown
from academy.attendance.formats.report import Columns, Field, Meeting, Report, Role, Section
from academy.attendance.formats.teams import TeamsReport
from academy.attendance.formats.teams_events import TeamsEvents
from academy.attendance.formats.zoom import ZoomMeeting
from academy.attendance.formats.zoom_webinar import ZoomWebinar
from academy.lib.tables import FileRefused, Table

__all__ = [
    "READERS",
    "Columns",
    "Field",
    "Meeting",
    "Reader",
    "Report",
    "Role",
    "Section",
    "recognise",
]


class Reader(Protocol):
    """One maker's report: it knows its own files and says which of their cells is what."""

    def read(self, table: Table) -> Report | None:
        """Return the report, or None if the table is not of this format.

        Raises FileRefused for a table that is of this format and yet cannot be used.
        """


#: Asked in this order; the one with the surest mark comes first.
READERS: tuple[Reader, ...] = (ZoomWebinar(), TeamsReport(), TeamsEvents(), ZoomMeeting())


def recognise(table: Table) -> Report:
    """Return the report that a table is; raise FileRefused if it is none that is known."""
    for reader in READERS:
        report = reader.read(table)
        if report is not None:
            return report
    raise FileRefused(why_unknown(table))
