"""What a file says: identities, roles, refused rows, and dates that are never guessed."""

import datetime as dt
from typing import Any

import pytest

from academy.attendance.reading.files import AttendanceFile, as_json, read_attendance
from tests.attendance.files import Z2, csv


def _row(name: str, email: str = "", start: str = "10:00:00", end: str = "11:00:00") -> str:
    return f"{name},{email},11/19/2021 {start},11/19/2021 {end},60,Yes"


def _file(*rows: str, on: dt.date | None = None) -> AttendanceFile:
    return read_attendance(csv(Z2, *rows), "report.csv", zone="Asia/Manila", on=on)


def _people(*rows: str, on: dt.date | None = None) -> list[dict[str, Any]]:
    people: list[dict[str, Any]] = as_json(_file(*rows, on=on))["people"]
    return people


def test_one_address_is_one_identity_whatever_the_case_and_the_name() -> None:
    [person] = _people(
        _row("Siti (Siti A.)", "Siti@Coop.example", "10:00:00", "10:20:00"),
        _row("iPhone (Siti Aminah)", "siti@coop.example ", "10:10:00", "10:40:30"),
    )
    assert person["email"] == "siti@coop.example"
    assert person["names"] == ["Siti", "iPhone"]
    assert person["intervals"] == [["2021-11-19T10:00:00", "2021-11-19T10:40:30"]]
    assert person["minutes"] == 40


def test_one_name_without_address_is_one_identity_while_its_rows_follow_one_another() -> None:
    [person] = _people(
        _row("Siti  AMINAH (x)", "", "10:00:00", "10:20:00"),
        _row("Siti Aminah (y)", "", "10:20:00", "10:30:00"),
        _row("siti aminah", "", "10:40:00", "10:50:59"),
    )
    assert person["minutes"] == 40
    assert len(person["intervals"]) == 2


def test_rows_of_one_name_that_overlap_stay_apart_with_a_warning() -> None:
    file = _file(
        _row("Siti", "", "10:00:00", "10:30:00"),
        _row("Siti", "", "10:29:59", "11:00:00"),
        _row("Siti", "", "11:05:00", "11:30:00"),
    )
    assert [person.minutes for person in file.people] == [30, 55]
    assert len(file.warnings) == 1
    assert "Siti" in file.warnings[0]


def test_the_same_name_with_different_addresses_is_several_identities() -> None:
    people = _people(_row("Siti", "a@x.example"), _row("Siti", "b@x.example"), _row("Siti"))
    assert [person["email"] for person in people] == ["a@x.example", "b@x.example", None]


@pytest.mark.parametrize(
    "email",
    ["s***i@x.example", "r****@…", "not an address", "-", "n/a", "@x.example", "a@b", "a..b@x.co"],
)
def test_masked_addresses_and_what_is_none_are_not_used(email: str) -> None:
    [person] = _people(_row("Siti", email), _row("Siti", email, "12:00:00", "13:00:00"))
    assert person["email"] is None
    assert person["minutes"] == 120


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Siti Aminah", "attendee"),
        ("iPhone", "attendee"),
        ("+60 12-***-1234", "phone"),
        ("Otter.ai", "bot"),
        ("Siti's OtterPilot", "bot"),
        ("Fireflies.ai Notetaker Siti", "bot"),
        ("read.ai meeting notes", "bot"),
        ("Zoom recorder", "bot"),
        ("Ottermann Müller", "attendee"),
        ("Fathom Lee", "attendee"),
        ("Anonymous", "collective"),
        ("Total", "collective"),
        ("Ben (Host)", "host"),
    ],
)
def test_names_tell_telephones_bots_and_collective_rows(name: str, role: str) -> None:
    assert [person["role"] for person in _people(_row(name))] == [role]


def test_collective_rows_overlap_without_a_warning() -> None:
    file = _file(_row("Anonymous"), _row("Anonymous"))
    assert len(file.people) == 1
    assert file.warnings == ()


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (_row("Siti", "", "11:00:00", "10:00:00"), "before"),
        (_row("Siti", "", "soon"), "joining time"),
        (_row("Siti", "", "10:00:00", "25:00:00"), "leaving time"),
        (_row("", ""), "neither a name nor"),
        (_row("Lee, Ana"), "more cells"),
        ("Siti", "only one cell"),
        ("Siti,,--,--,many,Yes", "no number"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_its_line_and_reason(row: str, word: str) -> None:
    document = as_json(_file(_row("Ali"), row, _row("Budi")))
    assert [person["name"] for person in document["people"]] == ["Ali", "Budi"]
    [refused] = document["refused"]
    assert refused["row"] == 3
    assert word in refused["why"]


def test_a_zero_byte_costs_its_row_only() -> None:
    document = as_json(_file(_row("Ali"), _row("Bu\0di"), _row("Wati")))
    assert [person["name"] for person in document["people"]] == ["Ali", "Wati"]
    assert document["refused"][0]["row"] == 3


def test_an_address_without_a_name_is_still_somebody() -> None:
    [person] = _people(_row("", "siti@x.example"))
    assert (person["name"], person["names"]) == (None, [])


def test_whoever_never_left_has_no_interval_and_the_minutes_that_are_stated() -> None:
    [person] = _people("Siti,,11/19/2021 10:00:00,--,55,Yes")
    assert (person["intervals"], person["minutes"]) == (None, 55)


def test_dates_that_fit_two_orders_are_left_open_with_a_warning() -> None:
    file = _file(_row("Siti").replace("11/19", "05/09"))
    document = as_json(file)
    assert document["date_order"] is None
    assert len(document["warnings"]) == 1
    assert document["people"][0]["intervals"] is None
    assert document["people"][0]["minutes"] == 60
    assert file.connections[0].joined is None


@pytest.mark.parametrize(
    ("on", "order", "day"),
    [
        (dt.date(2021, 5, 9), "month-first", "2021-05-09"),
        (dt.date(2021, 9, 5), "day-first", "2021-09-05"),
    ],
)
def test_the_day_that_is_named_settles_the_order(on: dt.date, order: str, day: str) -> None:
    document = as_json(_file(_row("Siti").replace("11/19", "05/09"), on=on))
    assert document["date_order"] == order
    assert document["warnings"] == []
    assert document["people"][0]["intervals"] == [[f"{day}T10:00:00", f"{day}T11:00:00"]]


def test_an_afternoon_says_nothing_of_the_order() -> None:
    row = "Siti,,{0} 01:00:00 PM,{0} 02:00:00 PM,60,Yes"
    assert as_json(_file(row.format("05/09/2021")))["date_order"] is None
    found = as_json(_file(row.format("05/09/2021"), row.format("19/09/2021")))
    assert found["date_order"] == "day-first"
    assert found["people"][0]["intervals"][0][0] == "2021-09-05T13:00:00"


def test_midnight_is_crossed() -> None:
    [person] = _people("Siti,,11/19/2021 11:50:00 PM,11/20/2021 12:10:00 AM,20,Yes")
    assert person["intervals"] == [["2021-11-19T23:50:00", "2021-11-20T00:10:00"]]
    assert person["minutes"] == 20


def test_bare_times_stand_on_the_day_that_is_named_and_cross_midnight() -> None:
    row = "Siti,,23:50:00,00:10:00,20,Yes"
    assert _people(row)[0]["intervals"] is None
    assert _people(row)[0]["minutes"] == 20
    [person] = _people(row, on=dt.date(2021, 11, 19))
    assert person["intervals"] == [["2021-11-19T23:50:00", "2021-11-20T00:10:00"]]


def test_evidence_keeps_the_cells_as_they_came() -> None:
    [connection] = _file(_row("Siti (S)", "Siti@X.example")).connections
    assert connection.row == 2
    assert connection.raw["User Email"] == "Siti@X.example"
    assert connection.raw["Name (Original Name)"] == "Siti (S)"
    assert (connection.shown_name, connection.original_name) == ("Siti", "S")


def test_the_zone_is_noted_and_changes_nothing() -> None:
    document = as_json(_file(_row("Siti")))
    assert document["zone"] == "Asia/Manila"
    assert document["people"][0]["intervals"][0][0] == "2021-11-19T10:00:00"


def test_two_readings_of_one_file_are_equal() -> None:
    rows = [_row(f"Person {number % 7}", "", f"10:{number:02}:00") for number in range(40)]
    assert as_json(_file(*rows)) == as_json(_file(*rows))


def test_progress_ends_with_all_rows() -> None:
    heard: list[tuple[int, int]] = []
    data = csv(Z2, *[_row(f"Person {number}") for number in range(6_000)])
    read_attendance(data, "x.csv", progress=lambda done, total: heard.append((done, total)))
    assert heard == [(5_000, 6_000), (6_000, 6_000)]
