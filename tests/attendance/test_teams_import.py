"""Teams' files and Zoom's account export on their way into the ledger."""

from sqlalchemy import select

from academy.attendance.models import Attendance, Evidence
from academy.attendance.service import import_attendance
from academy.db import session
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.attendance.files import csv
from tests.attendance.teams_files import LIVE, REPORT, tabbed

EVENTS = (
    "s,p1,Siti Aminah,Edge,2020-05-02T06:10:00Z,Joined,Attendee",
    "s,p1,Siti Aminah,Edge,2020-05-02T07:10:00Z,Left,Attendee",
)
ROW = "Siti Aminah\t5/2/20, {}:00 PM\t5/2/20, {}:00 PM\t1h\tsiti@example.org\tAttendee\t"


def test_the_clock_of_a_live_event_is_utc_whatever_zone_is_asked_for(
    live_session: LiveSession, siti: Person
) -> None:
    report = import_attendance(live_session, csv(LIVE, *EVENTS), "event.csv")
    joined = session.scalars(select(Evidence.joined_at)).one()
    assert (report.zone, joined and joined.isoformat()) == ("UTC", "2020-05-02T06:10:00+00:00")
    [row] = session.scalars(select(Attendance))
    assert (row.person_id, row.minutes) == (siti.id, 60)


def test_a_live_event_imported_twice_changes_nothing(
    live_session: LiveSession, siti: Person
) -> None:
    import_attendance(live_session, csv(LIVE, *EVENTS), "event.csv")
    again = import_attendance(live_session, csv(LIVE, *EVENTS), "event.csv")
    assert (again.unchanged, again.connections) == (True, 1)


def test_a_teams_report_is_on_the_clock_of_the_live_session(
    live_session: LiveSession, siti: Person
) -> None:
    rows = [ROW.format("2:00", "2:30"), ROW.format("3:00", "4:00")]
    report = import_attendance(live_session, tabbed([REPORT, *rows]), "teams.csv")
    assert (report.matched, report.connections) == (1, 2)
    assert [row.minutes for row in session.scalars(select(Attendance))] == [90]


def test_of_several_meetings_that_of_the_live_sessions_day_is_imported(
    live_session: LiveSession, siti: Person
) -> None:
    row = ROW.format("2:00", "3:00")
    data = tabbed([REPORT, row.replace("5/2/20", "4/25/20"), REPORT, row])
    report = import_attendance(live_session, data, "teams.csv")
    assert (report.connections, report.matched) == (1, 1)
