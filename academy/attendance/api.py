"""The API of attendance: who attended a live session, and importing a file of it."""

from dataclasses import asdict
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Literal

from flask import abort
from pydantic import AfterValidator, Field
from werkzeug.datastructures import FileStorage

from academy.attendance import service
from academy.attendance.listing import page_of_attendance
from academy.attendance.matrix.api import MatrixPart, MatrixQuery, show_matrix_part
from academy.attendance.matrix.queries import find_loom
from academy.attendance.models import Attendance
from academy.attendance.policy import KEEPERS
from academy.attendance.queries import find_live_session
from academy.attendance.reading.choosing import SeveralMeetings
from academy.i18n.zones import is_zone
from academy.lib.strict import Answer, Paging, Query, make_cursor
from academy.lib.tables import FileRefused
from academy.people.models import Person
from academy.programme.models import LiveSession
from academy.security.api import Calls, answer_with
from academy.security.problems import refuse

calls = Calls("attendance")


def _zone(name: str) -> str:
    if not is_zone(name):
        raise ValueError("this is no zone of the IANA database, such as Asia/Kuala_Lumpur")
    return name


class ImportOptions(Query):
    """How to read the file."""

    zone: Annotated[str, Field(max_length=64), AfterValidator(_zone)] | None = Field(
        None, description="The zone of the file's clock; the live session's where left out."
    )
    meeting: Annotated[str, Field(max_length=300)] | None = Field(
        None, description="The key of the meeting, where the file holds several at that time."
    )
    date_order: Literal["month-first", "day-first", "year-first"] | None = Field(
        None, description="The order of its dates, where the file leaves it open."
    )
    dry_run: bool = Field(default=False, description="Tell what would happen; store nothing.")


class RefusedRow(Answer):
    """A row that was not taken, and why."""

    row: int | None
    why: str


class ImportAnswer(Answer):
    """What an import did."""

    format: str
    zone: str
    live_session: str
    rows: int
    connections: int
    identities: int
    matched: int
    suggested: int
    unmatched: int
    excluded: int
    refused: list[RefusedRow]
    unchanged: bool


class AttendeeAnswer(Answer):
    """A person who came; null where nobody has said yet who it was."""

    id: int
    name: str
    country: str | None


class AttendanceAnswer(Answer):
    """One who came, and for how long."""

    person: AttendeeAnswer | None
    shown_name: str = Field(description="The name in the evidence, for one nobody has matched.")
    minutes: int | None = Field(description="The union of the intervals, rounded down.")
    intervals: list[tuple[datetime, datetime]]


class AttendancePage(Answer):
    """A part of the list of those who came."""

    items: list[AttendanceAnswer]
    next: str | None = Field(description="The cursor of the next part; null at the end.")


@calls.get("/live-sessions/<slug>/attendance", scope="attendance:read")
def list_attendance(caller: Person, slug: str, query: Paging) -> AttendancePage:
    """List who attended a live session; a focal point reads the people of its countries."""
    live_session = _get_live_session(slug, caller)
    found, more = page_of_attendance(caller, live_session.id, query.after, query.limit)
    return AttendancePage(
        items=[_show(each, live_session.starts_at) for each in found],
        next=make_cursor(found[-1].id) if more else None,
    )


@calls.get("/series/<slug>/attendance", scope="attendance:read")
def list_series_attendance(caller: Person, slug: str, query: MatrixQuery) -> MatrixPart:
    """Show people by live sessions; a focal point reads the people of its countries."""
    return show_matrix_part(find_loom(slug, caller) or abort(404), query)


@calls.post(
    "/live-sessions/<slug>/attendance/imports",
    scope="attendance:write",
    statuses=(201, 200),
    roles=KEEPERS,
)
def create_attendance_import(
    caller: Person, slug: str, query: ImportOptions, file: FileStorage
) -> ImportAnswer:
    """Import an attendance file: 200 where it was a dry run or changed nothing."""
    live_session = _get_live_session(slug, caller)
    try:
        report = service.import_attendance(
            live_session, file.read(), file.filename or "", zone=query.zone,
            meeting=query.meeting, date_order=query.date_order, actor_id=caller.id,
            dry_run=query.dry_run,
        )  # fmt: skip
    except SeveralMeetings as error:
        choices = "; ".join(f"{one.key} ({one.title})" for one in error.choices)
        refuse(422, "file", "Name the meeting", f"{error} The keys are: {choices}")
    except FileRefused as error:
        refuse(422, "file", "This file cannot be imported", str(error))
    if query.dry_run or report.unchanged:
        answer_with(HTTPStatus.OK)
    return ImportAnswer.model_validate(asdict(report))


def _get_live_session(slug: str, caller: Person) -> LiveSession:
    return find_live_session(slug, caller) or abort(404)


def _show(attendance: Attendance, start: datetime) -> AttendanceAnswer:
    person = attendance.person
    return AttendanceAnswer(
        person=AttendeeAnswer(id=person.id, name=person.name, country=person.country)
        if person is not None
        else None,
        shown_name=attendance.identity.shown_name if attendance.identity is not None else "",
        minutes=attendance.minutes,
        intervals=[
            (start + timedelta(seconds=begin), start + timedelta(seconds=end))
            for begin, end in attendance.intervals
        ],
    )
