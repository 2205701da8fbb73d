"""Microsoft Graph's attendance records of a Teams meeting, as JSON in UTC.

Source: learn.microsoft.com/graph, resources meetingAttendanceReport, attendanceRecord and
attendanceInterval. One record is one person with every stay; an organiser is a host, a presenter
counts. Where data are lacking, Graph gives null for the moments: then only the length is known.
"""

from collections.abc import Iterator
from typing import Any

from academy.attendance.formats.instants import iso_of, milliseconds_of
from academy.attendance.formats.report import Columns, Meeting, Report, Section
from academy.lib.documents import Document, JsonDocument
from academy.lib.tables import FileRefused, RefusedRow, Row

FORMAT = "teams-graph"
_HEADER = Row(0, ["displayName", "emailAddress", "id", "organizer", "joined", "left", "minutes"])
_COLUMNS: Columns = {
    "name": 0, "email": 1, "external_id": 2, "moderator": 3, "joined": 4, "left": 5, "minutes": 6,
}  # fmt: skip
_NO_RECORD = "This record is no object that says who was there."
_NO_STAY = "This record has neither a stay nor a length."
_BAD_STAY = "A stay of this record does not say when it began: “{cell}”."
_BAD_LEAVING = "A stay of this record ends at “{cell}”, which is no moment."
_NOBODY = "These attendance records of Microsoft Graph are empty."
_NO_RECORDS = (
    "This is Microsoft Graph's list of attendance reports, which does not say who came; get the"
    " attendance records of one report, or the report with $expand=attendanceRecords."
)
_MORE_PAGES = (
    "Microsoft Graph gives these records in pages, and this is not the last:"
    " import the next ones too."
)
#: Nobody stays longer in one meeting than ten weeks.
_MOST_SECONDS = 6_000_000
_MARKS = frozenset(("attendanceIntervals", "totalAttendanceInSeconds"))


class GraphAttendance:
    """Reads the records of one report, a report with its records, or several such reports."""

    def read(self, document: Document) -> Report | None:
        """Return the report, or None for a document that is no answer of Graph's about attendance.

        Raises FileRefused for a list of reports without their records.
        """
        value = document.value if isinstance(document, JsonDocument) else None
        parts = list(_reports(value))
        if not parts:
            return None
        if not any(records for _report, records in parts):
            raise FileRefused(_NOBODY)
        refused: list[RefusedRow] = []
        keys = [_key(report, at) if len(parts) > 1 else "" for at, (report, _) in enumerate(parts)]
        first, sections = 1, []
        for key, (_report, records) in zip(keys, parts, strict=True):
            rows = list(_rows(records, first, refused))
            sections.append(Section(_HEADER, _COLUMNS, rows, meeting=key))
            first += len(records)
        return Report(
            format=FORMAT,
            sections=tuple(sections),
            zone="UTC",
            refused=tuple(refused),
            warnings=(_MORE_PAGES,) if _has_more(value) else (),
            meetings=tuple(
                Meeting(key, str(report.get("meetingStartDateTime") or "")[:16])
                for key, (report, _records) in zip(keys, parts, strict=True)
                if key
            ),
            must_choose=len(parts) > 1,
        )


def _reports(value: object) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    """Yield each report with its records; bare records are those of one report."""
    if isinstance(value, dict) and isinstance(value.get("attendanceRecords"), list):
        yield value, value["attendanceRecords"]
        return
    listed = value.get("value") if isinstance(value, dict) else value
    if not isinstance(listed, list):
        return
    known = [one for one in listed if isinstance(one, dict)]
    if any(one.keys() & _MARKS for one in known):
        yield {}, listed
        return
    reports = [one for one in known if "totalParticipantCount" in one]
    if reports and not any("attendanceRecords" in one for one in reports):
        raise FileRefused(_NO_RECORDS)
    for report in reports:
        records = report.get("attendanceRecords")
        yield report, records if isinstance(records, list) else []


def _key(report: dict[str, Any], place: int) -> str:
    return str(report.get("id") or place + 1)[:200]


def _has_more(value: object) -> bool:
    return isinstance(value, dict) and any("nextLink" in key for key in value)


def _rows(records: list[Any], first: int, refused: list[RefusedRow]) -> Iterator[Row]:
    """Yield a row for each stay, numbered by the record that it is of."""
    for number, record in enumerate(records, start=first):
        if not isinstance(record, dict) or not record.keys() & _MARKS:
            refused.append(RefusedRow(number, _NO_RECORD))
            continue
        who, problems = _who(record), list[str]()
        stays = list(_stays(record.get("attendanceIntervals"), problems))
        minutes = _minutes(record.get("totalAttendanceInSeconds"))
        if not stays and not problems and not minutes:
            problems.append(_NO_STAY)
        refused += (RefusedRow(number, problem) for problem in problems)
        for joined, left in stays:
            yield Row(number, [*who, iso_of(joined), iso_of(left), ""])
        if not stays and minutes:
            yield Row(number, [*who, "", "", minutes])


def _minutes(seconds: object) -> str:
    is_number = isinstance(seconds, int) and not isinstance(seconds, bool)
    return str(seconds // 60) if is_number and 0 <= seconds < _MOST_SECONDS else ""  # type: ignore[operator]


def _who(record: dict[str, Any]) -> list[str]:
    found = record.get("identity")
    identity: dict[str, Any] = found if isinstance(found, dict) else {}
    texts = (identity.get("displayName"), record.get("emailAddress"), identity.get("id"))
    name, email, key = (_clean(text) for text in texts)
    is_host = _clean(record.get("role")).casefold() == "organizer"
    return [name, email, key, "true" if is_host else "false"]


def _clean(text: object) -> str:
    return " ".join(text.replace("\0", " ").split())[:4_000] if isinstance(text, str) else ""


def _stays(values: object, problems: list[str]) -> Iterator[tuple[int, int | None]]:
    for stay in values if isinstance(values, list) else ():
        begin, end = (
            (stay.get("joinDateTime"), stay.get("leaveDateTime"))
            if isinstance(stay, dict)
            else (stay, None)
        )
        if begin is None and end is None:
            continue
        joined, left = milliseconds_of(begin), milliseconds_of(end)
        if joined is None:
            problems.append(_BAD_STAY.format(cell=_clean(str(begin))[:60]))
        elif left is None and end is not None:
            problems.append(_BAD_LEAVING.format(cell=_clean(str(end))[:60]))
        else:
            yield joined, left
