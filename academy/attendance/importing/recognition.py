"""What a page says of a file before anything of it counts: recognised facts as plain values."""

import datetime as dt
from typing import Any

from academy.attendance.formats.languages import language_of
from academy.attendance.reading.files import AttendanceFile, OpenedFile
from academy.lib.identifiers import without_identifiers

#: Refused rows that the page lists; the report of the import has them all.
_LISTED = 20


def describe_opened(opened: OpenedFile) -> dict[str, Any]:
    """Return what is certain before the days and the meeting of the file are."""
    report = opened.report
    return {
        "format": report.format,
        "encoding": report.encoding,
        "delimiter": report.delimiter,
        "language": language_of(report),
        "own_zone": report.zone or "",
        "rows": sum(len(section.rows) for section in report.sections) + len(report.refused),
        "meetings": len(report.meetings) or 1,
    }


def describe_read(file: AttendanceFile) -> dict[str, Any]:
    """Return what the file says as it is going to be read."""
    first, last = ends_of(file)
    seen = [person for person in file.people if person.attended]
    return {
        "date_order": file.date_order or "",
        "connections": len(file.connections),
        "people": sum(1 for person in seen if person.role in {"attendee", "phone"}),
        "not_counted": sum(1 for person in file.people if person.role not in {"attendee", "phone"}),
        "absent": sum(1 for one in file.people if not one.attended and one.role == "attendee"),
        "first": first.isoformat(timespec="minutes") if first else "",
        "last": last.isoformat(timespec="minutes") if last else "",
        "refused": len(file.refused),
        "refused_rows": [
            {"row": row.number, "why": without_identifiers(row.why)}
            for row in file.refused[:_LISTED]
        ],
        "warnings": [without_identifiers(said) for said in file.warnings],
    }


def ends_of(file: AttendanceFile) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Return the first joining and the last moment of the file, on its own clock."""
    joined = [row.joined for row in file.connections if row.joined]
    left = [row.left for row in file.connections if row.left]
    return min(joined, default=None), max([*joined, *left], default=None)
