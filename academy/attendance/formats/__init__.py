"""The attendance files that are understood: a new format is one file here and one line below."""

from dataclasses import replace
from typing import Protocol

from academy.attendance.formats.bigbluebutton import LearningDashboard
from academy.attendance.formats.bigbluebutton_activities import LearningActivities
from academy.attendance.formats.bigbluebutton_analytics import MeetingAnalytics
from academy.attendance.formats.bigbluebutton_events import RecordedEvents
from academy.attendance.formats.checkins import EventbriteCheckins, LumaCheckins
from academy.attendance.formats.google_meet import GoogleMeet
from academy.attendance.formats.refusal import why_unknown
from academy.attendance.formats.report import Columns, Field, Meeting, Report, Role, Section
from academy.attendance.formats.teams import TeamsReport
from academy.attendance.formats.teams_events import TeamsEvents
from academy.attendance.formats.teams_graph import GraphAttendance
from academy.attendance.formats.witnesses import dates_of_refused
from academy.attendance.formats.zoom import ZoomMeeting
from academy.attendance.formats.zoom_webinar import ZoomWebinar
from academy.lib.documents import Document, JsonDocument, open_document
from academy.lib.tables import FileRefused, Limits, Table, read_table

__all__ = [
    "DOCUMENT_READERS",
    "READERS",
    "Columns",
    "DocumentReader",
    "Field",
    "Meeting",
    "Reader",
    "Report",
    "Role",
    "Section",
    "recognise",
    "recognise_file",
]


class Reader(Protocol):
    """One maker's report: it knows its own files and says which of their cells is what."""

    def read(self, table: Table) -> Report | None:
        """Return the report, or None if the table is not of this format.

        Raises FileRefused for a table that is of this format and yet cannot be used.
        """


class DocumentReader(Protocol):
    """One maker's report that is JSON or XML."""

    def read(self, document: Document) -> Report | None:
        """Return the report, or None if the document is not of this format.

        Raises FileRefused for a document that is of this format and yet cannot be used.
        """


#: Asked in this order; the one with the surest mark comes first.
READERS: tuple[Reader, ...] = (
    EventbriteCheckins(),
    LumaCheckins(),
    LearningDashboard(),
    ZoomWebinar(),
    TeamsReport(),
    TeamsEvents(),
    GoogleMeet(),
    ZoomMeeting(),
)
#: The same for JSON and XML.
DOCUMENT_READERS: tuple[DocumentReader, ...] = (
    LearningActivities(),
    MeetingAnalytics(),
    GraphAttendance(),
    RecordedEvents(),
)
_UNKNOWN_DOCUMENT = (
    "This JSON or XML document is no attendance report that is known here;"
    " BigBlueButton's dashboard, analytics and events.xml are, and attendance records of Graph."
)


def recognise_file(data: bytes, filename: str, limits: Limits) -> Report:
    """Return the report that the bytes are, a document or a table; the name only words a refusal.

    Raises FileRefused with a sentence for what is no report, broken or too large.
    """
    document = open_document(data, filename, limits=limits)
    if document is None:
        return recognise(read_table(data, filename, limits=limits))
    for reader in DOCUMENT_READERS:
        report = reader.read(document)
        if report is not None:
            kind = "json" if isinstance(document, JsonDocument) else "xml"
            return replace(report, encoding=kind)
    raise FileRefused(_UNKNOWN_DOCUMENT)


def recognise(table: Table) -> Report:
    """Return the report that a table is; raise FileRefused if it is none that is known."""
    for reader in READERS:
        report = reader.read(table)
        if report is not None:
            dates = dates_of_refused(table, report.refused)
            return replace(
                report,
                encoding=table.encoding,
                delimiter=table.delimiter,
                other_dates=(*report.other_dates, *dates),
            )
    raise FileRefused(why_unknown(table))
