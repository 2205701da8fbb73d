"""Telling a corrected file from another one, and what a correction changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from academy.attendance.models import Attendance, AttendanceImport, Evidence, Identity
from academy.attendance.reading.files import AttendanceFile
from academy.db import session
from academy.i18n.zones import zone_of
from academy.people.models import Person

#: A file that shares this part of its rows with an earlier one is its corrected version.
SHARED = 0.5

#: What a correction leaves alone of a row: who, joined when; minutes stated where it gives no time.
Mark = tuple[str, str]

#: Who came, with the minutes: by a label that stays the same between two versions.
Came = dict[str, int | None]


def find_earlier_version(record: AttendanceImport, file: AttendanceFile) -> AttendanceImport | None:
    """Return the import that this file corrects, or None where it is a further source.

    The mark is what a correction leaves alone: at least half of the rows (who, joined when) of
    the smaller file stand in the other one too. Two halves of a restarted meeting share none.
    Where a row gives no time, that somebody is in both proves nothing: the minutes must agree.
    The very same file, read in another way, corrects its first reading.
    """
    rows: set[Mark] | None = None
    statement = select(AttendanceImport).where(
        AttendanceImport.live_session_id == record.live_session_id,
        AttendanceImport.state == "done",
        AttendanceImport.id != record.id,
    )
    for earlier in session.scalars(statement.order_by(AttendanceImport.id.desc())):
        if earlier.file.sha256 == record.file.sha256:
            if earlier.meeting == record.meeting:
                return earlier
            continue  # another meeting of one file, as when it was begun again
        if earlier.format != file.format:
            continue
        rows, known = rows or _rows_of_file(record, file), _rows_of_import(earlier.id)
        smaller = min(len(rows), len(known))
        if smaller and len(rows & known) >= SHARED * smaller:
            return earlier
    return None


def _rows_of_file(record: AttendanceImport, file: AttendanceFile) -> set[Mark]:
    zone = zone_of(file.zone or record.zone)
    return {
        (
            row.email or row.shown_name,
            _mark(row.joined and row.joined.replace(tzinfo=zone), row.stated_minutes),
        )
        for row in file.connections
    }


def _rows_of_import(import_id: int) -> set[Mark]:
    statement = (
        select(Identity.email, Identity.shown_name, Evidence.joined_at, Evidence.stated_minutes)
        .join(Evidence, Evidence.identity_id == Identity.id)
        .where(Evidence.import_id == import_id)
    )
    return {
        (email or name, _mark(joined, stated))
        for email, name, joined, stated in session.execute(statement)
    }


def _mark(joined: datetime | None, stated: int | None) -> str:
    return f"{joined.timestamp():.0f}" if joined else f"{stated} minutes"


def who_came(live_session_id: int) -> Came:
    """Return everybody who counts as having come, by name, with the minutes."""
    name = func.coalesce(Person.name, Identity.shown_name)
    statement = (
        select(name, Attendance.person_id, Attendance.minutes)
        .outerjoin(Person, Person.id == Attendance.person_id)
        .outerjoin(Identity, Identity.id == Attendance.identity_id)
        .where(Attendance.live_session_id == live_session_id)
        .order_by(Attendance.id)
    )
    came: Came = {}
    for shown, person_id, minutes in session.execute(statement):
        label = shown if shown not in came else f"{shown} ({person_id or 'unmatched'})"
        came[label] = minutes
    return came


def describe_difference(before: Came, after: Came) -> dict[str, Any]:
    """Return who is new, who is gone, and whose minutes changed (before and after)."""
    both = before.keys() & after.keys()
    return {
        "came": sorted(after.keys() - before.keys()),
        "gone": sorted(before.keys() - after.keys()),
        "minutes": {
            name: [before[name], after[name]]
            for name in sorted(both)
            if before[name] != after[name]
        },
    }
