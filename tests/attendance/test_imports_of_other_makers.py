"""The ledger after files that are not Zoom's: presence in UTC, envelopes, and check-ins."""

import json

from sqlalchemy import select

from academy.attendance.models import Attendance, Evidence
from academy.attendance.service import import_attendance
from academy.db import session
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.attendance.files import csv
from tests.attendance.zoom_files import zoom_file

MEET = "Name,Email,Duration,Time joined,Time exited"
LUMA = "api_id,name,email,created_at,approval_status,checked_in_at"
START = 1_588_399_200_000


def _attendance() -> list[tuple[int | None, int | None, list[list[int]]]]:
    rows = session.scalars(select(Attendance).order_by(Attendance.id))
    return [(row.person_id, row.minutes, row.intervals) for row in rows]


def test_whoever_was_checked_in_came_and_nobody_knows_for_how_long(
    live_session: LiveSession, siti: Person, budi: Person
) -> None:
    came = "g1,Siti Aminah,siti@example.org,2020-04-15T10:00:00Z,approved,2020-05-02T06:03:11Z"
    stayed_away = "g2,Budi Hartono,budi@example.org,2020-04-15T10:00:00Z,approved,"
    report = import_attendance(live_session, csv(LUMA, came, stayed_away), "guests.csv")
    assert (report.matched, report.unmatched, report.excluded) == (1, 0, 0)
    assert _attendance() == [(siti.id, None, [])]


def test_a_check_in_beside_a_connection_takes_no_minutes_away(
    live_session: LiveSession, siti: Person
) -> None:
    came = "g1,Siti Aminah,siti@example.org,2020-04-15T10:00:00Z,approved,2020-05-02T06:03:11Z"
    import_attendance(live_session, csv(LUMA, came), "guests.csv")
    online = ("Siti", "siti@example.org", "14:00:00", "15:00:00")
    import_attendance(live_session, zoom_file([online]), "zoom.csv")
    assert _attendance() == [(siti.id, 60, [[0, 3600]])]


def test_a_clock_of_utc_is_not_read_on_the_clock_of_the_live_session(
    live_session: LiveSession, siti: Person
) -> None:
    stay = {"registeredOn": START, "leftOn": START + 90 * 60_000}
    user = {"name": "Siti Aminah", "extId": "r1", "isModerator": False, "intIds": {"w_1": stay}}
    data = json.dumps({"intId": "x", "users": {"u": user}, "polls": {}}).encode()
    import_attendance(live_session, data, "learning_dashboard_data.json")
    assert _attendance() == [(siti.id, 90, [[0, 5400]])]
    assert import_attendance(live_session, data, "again.json").unchanged


def test_minutes_within_an_envelope_are_those_that_the_file_states(
    live_session: LiveSession, siti: Person
) -> None:
    row = "Siti Aminah,siti@example.org,45 min,2:00 PM,4:00 PM"
    import_attendance(live_session, csv(MEET, row), "meet.csv")
    assert _attendance() == [(siti.id, 45, [[0, 7200]])]


def test_an_envelope_beside_a_connection_adds_at_most_what_it_states(
    live_session: LiveSession, siti: Person
) -> None:
    row = "Siti Aminah,siti@example.org,10 min,2:00 PM,4:00 PM"
    import_attendance(live_session, csv(MEET, row), "meet.csv")
    online = ("Siti", "siti@example.org", "14:00:00", "15:00:00")
    import_attendance(live_session, zoom_file([online]), "zoom.csv")
    assert [minutes for _person, minutes, _intervals in _attendance()] == [70]


def test_the_cells_of_a_document_are_kept_as_evidence(live_session: LiveSession) -> None:
    stay = {"registeredOn": START, "leftOn": START + 60_000}
    user = {"name": "Siti", "extId": "r1", "isModerator": False, "intIds": {"w_1": stay}}
    data = json.dumps({"intId": "x", "users": {"u": user}, "polls": {}}).encode()
    import_attendance(live_session, data, "x.json")
    [cells] = session.scalars(select(Evidence.cells))
    assert (cells["name"], cells["joined"]) == ("Siti", "2020-05-02 06:00:00")
