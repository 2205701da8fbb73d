"""What of a file does not come into the ledger: numbers of telephones, machines, other systems."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from academy.attendance.models import AttendanceImport, Evidence, Identity
from academy.attendance.service import (
    begin_import,
    decide,
    import_attendance,
    run_import,
    undo_import,
)
from academy.db import session, transaction
from academy.people.models import Person
from academy.programme.models import LiveSession, UploadedFile
from tests.attendance.files import ATTENDEES, csv
from tests.attendance.teams_files import LIVE, REPORT, tabbed
from tests.attendance.zoom_files import HEADER, zoom_file
from tests.cast import Cast, sign_in_to
from tests.everything import find_anywhere

#: 2 May 2020, 14:00 in Kuala Lumpur, in milliseconds.
BEGAN = 1_588_399_200_000
PHONE = "+60 12-345 6789"
PLANTED = (
    "345 6789", "3456789", "6012345", "203.0.113.77", "2001:db8::77", "00:1b:44:11:3a:b7",
    "Firefox/119", "4f7c1de2-91aa-4c61-8d53-0a1be2a3c4d5", "Jalan Ampang", "order-99171",
    "s****@private.example", "upn-of-siti@tenant.example", "guid-of-siti",
)  # fmt: skip

ZOOM = csv(
    f"{HEADER},Recording Consent,IP Address,Device ID,Network Type,Location",
    "Siti Aminah,siti@example.org,05/02/2020 02:00:00 PM,05/02/2020 03:00:00 PM,60,Yes,Y,"
    "203.0.113.77,4f7c1de2-91aa-4c61-8d53-0a1be2a3c4d5,Wifi,Jalan Ampang",
    f"{PHONE},,05/02/2020 02:00:00 PM,05/02/2020 02:30:00 PM,30,Yes,Y,2001:db8::77,,,",
    "60123456789,,05/02/2020 02:40:00 PM,05/02/2020 03:00:00 PM,20,Yes,Y,,,,",
    "Budi +60 12-345 6789,s****@private.example,05/02/2020 02:00:00 PM,05/02/2020 03:00:00 PM,60,"
    "Yes,Y,,,,",
    "00:1b:44:11:3a:b7 (Ana),,05/02/2020 02:00:00 PM,05/02/2020 03:00:00 PM,60,Yes,Y,,,,",
    "Broken,,+60 12-345 6789,05/02/2020 03:00:00 PM,60,Yes,Y,,,,",
)
TEAMS = tabbed([
    REPORT,
    ("Siti Aminah\t5/2/2020, 2:00:00 PM\t5/2/2020, 3:00:00 PM\t1h\tsiti@example.org\tAttendee"
     "\tupn-of-siti@tenant.example"),
])  # fmt: skip
LIVE_EVENT = csv(
    LIVE,
    "x1,guid-of-siti,Siti Aminah,Mozilla/5.0 Firefox/119,2020-05-02T06:00:00Z,Joined,Attendee",
    "x1,guid-of-siti,Siti Aminah,Mozilla/5.0 Firefox/119,2020-05-02T07:00:00Z,Left,Attendee",
)
LUMA = csv(
    "api_id,name,first_name,last_name,email,phone_number,created_at,approval_status,checked_in_at,"
    "custom_source,qr_code_url,eth_address,ticket_name",
    "order-99171,Siti Aminah,,,siti@example.org,+60123456789,2020-04-01T00:00:00Z,approved,"
    "2020-05-02T06:03:11.123Z,Jalan Ampang,https://lu.ma/check-in/guid-of-siti,,Standard",
)
EVENTBRITE = csv(
    "Order #,Order Date,First Name,Last Name,Email,Quantity,Ticket Type,Attendee Status,"
    "Home Address 1,Cell Phone",
    "order-99171,2020-04-01,Siti,Aminah,siti@example.org,1,Free,Checked In,Jalan Ampang 7,"
    "+60 12-345 6789",
)
ATTENDEE = csv(
    "Attendee Report",
    "Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled",
    'Solidarity,847 0000 1045,"May 2, 2020 2:00 PM",120,3,0',
    "Attendee Details",
    ATTENDEES,
    "Yes,Siti Aminah,Siti,Aminah,siti@example.org,+60 12-345 6789,"
    '"Apr 15, 2020 11:27:19",approved,"May 2, 2020 14:00:01","May 2, 2020 15:00:39",60,Yes,'
    "Jalan Ampang",
)
FILES = {
    "zoom.csv": ZOOM, "teams.csv": TEAMS, "live-event.csv": LIVE_EVENT, "luma.csv": LUMA,
    "eventbrite.csv": EVENTBRITE, "webinar.csv": ATTENDEE,
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_no_planted_number_is_anywhere_in_the_database(
    live_session: LiveSession, siti: Person, name: str
) -> None:
    report = import_attendance(live_session, FILES[name], name)
    assert report.matched == 1
    assert find_anywhere(PLANTED) == []


@pytest.mark.parametrize("name", FILES)
def test_nor_after_a_worker_took_the_file_up(live_session: LiveSession, name: str) -> None:
    record = begin_import(live_session, FILES[name], name, zone=live_session.zone, actor_id=None)
    assert session.scalars(select(UploadedFile.content)).one() == FILES[name]
    run_import(record.id)
    assert record.state == "done"
    assert find_anywhere(PLANTED) == []


def test_the_file_itself_is_dropped_and_known_again(live_session: LiveSession) -> None:
    import_attendance(live_session, ZOOM, "zoom.csv")
    file = session.scalars(select(UploadedFile)).one()
    session.refresh(file)
    assert (file.content, file.size) == (b"", len(ZOOM))
    assert file.dropped_at is not None
    assert import_attendance(live_session, ZOOM, "zoom.csv").unchanged


def test_an_import_without_its_file_is_undone_and_counts_again(
    live_session: LiveSession, cast: Cast
) -> None:
    import_attendance(live_session, ZOOM, "zoom.csv")
    undo_import(session.scalars(select(AttendanceImport)).one(), cast.organiser.id)
    report = import_attendance(live_session, ZOOM, "zoom.csv")
    assert not report.unchanged
    assert report.connections == 5


def test_a_refused_file_is_kept_for_a_week(live_session: LiveSession) -> None:
    record = begin_import(live_session, b"Hello", "x.csv", zone=live_session.zone, actor_id=None)
    run_import(record.id)
    assert record.file.dropped_at is None
    assert session.scalars(select(UploadedFile.content)).one() == b"Hello"


def test_one_telephone_is_one_identity_in_every_live_session_and_another_one_is_another(
    live_session: LiveSession,
) -> None:
    rows = [(PHONE, "", "14:00:00", "14:30:00"), ("+60 12-345 6780", "", "14:00:00", "14:30:00")]
    import_attendance(live_session, zoom_file(rows), "a.csv")
    import_attendance(
        live_session, zoom_file([("60123456789", "", "15:00:00", "15:30:00")]), "b.csv"
    )
    names = session.scalars(select(Identity.shown_name).order_by(Identity.id)).all()
    assert sorted(name.split(" · ")[0] for name in names) == ["phone ending 80", "phone ending 89"]
    evidence = session.scalars(select(Evidence.identity_id).order_by(Evidence.id)).all()
    assert evidence[0] == evidence[2] != evidence[1]


def test_a_telephone_written_in_two_ways_and_twice_at_once_is_one(
    live_session: LiveSession,
) -> None:
    rows = [(PHONE, "", "14:00:00", "15:00:00"), ("60123456789", "", "14:10:00", "15:00:00"),
            ("60123456789", "", "14:20:00", "15:30:00")]  # fmt: skip
    report = import_attendance(live_session, zoom_file(rows), "zoom.csv")
    assert (report.identities, report.connections) == (1, 3)
    assert len(session.scalars(select(Evidence.id)).all()) == 3


def test_masked_numbers_that_look_alike_stay_apart(live_session: LiveSession) -> None:
    rows = [("+60 12-***-**89", "", "14:00:00", "15:00:00")] * 2
    assert import_attendance(live_session, zoom_file(rows), "zoom.csv").identities == 2
    assert find_anywhere(("12-***",)) == []


def test_a_telephone_that_a_human_named_is_known_in_the_next_week(
    live_session: LiveSession, siti: Person, cast: Cast
) -> None:
    with transaction() as current:
        later = LiveSession(
            series_id=live_session.series_id, slug="may-2", number=2, title="Two",
            starts_at=live_session.starts_at.replace(hour=7), minutes=150, zone=live_session.zone,
            status="published",
        )  # fmt: skip
        current.add(later)
    import_attendance(live_session, zoom_file([(PHONE, "", "14:00:00", "15:00:00")]), "a.csv")
    decide(session.scalars(select(Identity)).one(), siti.id, seen=None, actor_id=cast.organiser.id)
    report = import_attendance(later, zoom_file([("60123456789", "", "15:00:00", "16:00:00")]), "b")
    assert report.matched == 1


def test_two_people_whose_names_differ_by_a_number_stay_two(live_session: LiveSession) -> None:
    rows = [("Siti 0123456789", "", "14:00:00", "14:30:00"),
            ("Siti 0198765432", "", "15:00:00", "15:30:00")]  # fmt: skip
    assert import_attendance(live_session, zoom_file(rows), "zoom.csv").identities == 2
    assert find_anywhere(("0123456789", "0198765432")) == []


def test_a_number_behind_a_name_does_not_hide_who_it_is(
    live_session: LiveSession, siti: Person
) -> None:
    row = ("Siti Aminah 0123456789", "", "14:00:00", "14:30:00")
    assert import_attendance(live_session, zoom_file([row]), "zoom.csv").matched == 1


@pytest.mark.parametrize("name", ["Siti Aminah 2045", "20BCE1234 Siti Aminah", "12. Siti Aminah"])
def test_roll_numbers_stay_as_they_are(live_session: LiveSession, name: str) -> None:
    import_attendance(live_session, zoom_file([(name, "", "14:00:00", "14:30:00")]), "zoom.csv")
    assert session.scalars(select(Identity.shown_name)).one() == name


def test_an_identifier_of_another_system_becomes_a_mark_and_ours_stays(
    live_session: LiveSession,
) -> None:
    users = [
        {"name": "Siti", "extId": "guid-of-siti", "intIds": {"w_1": {"registeredOn": BEGAN}}},
        {"name": "Ana", "extId": "reg-212", "intIds": {"w_2": {"registeredOn": BEGAN}}},
    ]
    document = {"intId": "x", "users": users, "polls": {}, "endedOn": BEGAN + 600_000}
    import_attendance(live_session, json.dumps(document).encode(), "bbb.json")
    found = session.scalars(select(Identity.external_id).order_by(Identity.id)).all()
    assert found[1] == "reg-212"
    assert len(found[0]) == 32
    assert find_anywhere(PLANTED) == []


def test_the_page_of_an_import_says_what_was_left_out_and_that_the_file_is_gone(
    app: Flask, client: FlaskClient, live_session: LiveSession, cast: Cast
) -> None:
    import_attendance(live_session, ZOOM, "zoom.csv", actor_id=cast.organiser.id)
    number = session.scalars(select(AttendanceImport.id)).one()
    page = sign_in_to(client, cast.organiser).get(f"/desk/attendance-imports/{number}/").text
    assert "IP Address" in page
    assert "Device ID" in page
    assert "User Email" not in page
    assert "The file itself was dropped" in page
