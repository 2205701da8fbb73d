"""Files that state minutes and no times: the same minutes told twice count once."""

from sqlalchemy import select

from academy.attendance.models import Attendance, AttendanceImport
from academy.attendance.recomputing.series import recompute_series
from academy.attendance.service import import_attendance
from academy.attendance.service.digest import digest_of
from academy.db import session
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.attendance.files import csv

ZOOM = "Name (Original Name),User Email,Total Duration (Minutes),Guest"
MEET = "Name,Email,Duration"


def _minutes(person: Person) -> int | None:
    statement = select(Attendance.minutes).where(Attendance.person_id == person.id)
    return session.scalars(statement).one()


def test_two_files_that_tell_of_the_same_meeting_count_once(
    live_session: LiveSession, siti: Person
) -> None:
    import_attendance(live_session, csv(ZOOM, "Siti Aminah,siti@example.org,40,Yes"), "zoom.csv")
    meet = csv(MEET, "Siti Aminah,siti@example.org,50 min", "Ana Lima,,50 min")
    import_attendance(live_session, meet, "meet.csv")
    assert _minutes(siti) == 50
    before = digest_of(live_session.series_id)
    recompute_series(live_session.series_id)
    assert digest_of(live_session.series_id) == before


def test_rows_of_one_device_in_one_file_are_added_up(
    live_session: LiveSession, siti: Person
) -> None:
    row = "Siti Aminah,siti@example.org,{},Yes"
    import_attendance(live_session, csv(ZOOM, row.format(40), row.format(15)), "zoom.csv")
    assert _minutes(siti) == 55
    before = digest_of(live_session.series_id)
    recompute_series(live_session.series_id)
    assert digest_of(live_session.series_id) == before


def test_two_halves_that_give_no_times_stand_side_by_side(
    live_session: LiveSession, siti: Person, budi: Person
) -> None:
    first = csv(
        ZOOM,
        "Siti Aminah,siti@example.org,30,Yes",
        "Budi Hartono,budi@example.org,30,Yes",
        "G One,,20,Yes",
    )
    import_attendance(live_session, first, "one.csv")
    second = csv(ZOOM, "Siti Aminah,siti@example.org,60,Yes", "G Five,,20,Yes")
    import_attendance(live_session, second, "two.csv")
    states = session.scalars(select(AttendanceImport.state).order_by(AttendanceImport.id))
    assert states.all() == ["done", "done"]
    assert (_minutes(siti), _minutes(budi)) == (60, 30)


def test_a_corrected_file_without_times_replaces_the_earlier_one(
    live_session: LiveSession, siti: Person, budi: Person
) -> None:
    rows = ["Siti Aminah,siti@example.org,30,Yes", "Budi Hartono,budi@example.org,30,Yes"]
    import_attendance(live_session, csv(ZOOM, *rows, "G One,,20,Yes"), "one.csv")
    import_attendance(live_session, csv(ZOOM, *rows, "Ana Lima,,20,Yes"), "one (1).csv")
    states = session.scalars(select(AttendanceImport.state).order_by(AttendanceImport.id))
    assert states.all() == ["replaced", "done"]
