"""Rows that add up the others in a language nobody listed, and people who are none of these."""

from typing import Any

import pytest

from academy.attendance.models import Attendance, Identity
from academy.attendance.reading.files import as_json, read_attendance
from academy.attendance.service import import_attendance, offer_file
from academy.db import session
from academy.programme.models import LiveSession
from tests.attendance.files import Z1, Z2, csv
from tests.attendance.zoom_files import HEADER, zoom_file

TIMES = "05/22/2020 02:00:00 PM,05/22/2020 0{}:00:00 PM,{},Yes"
PEOPLE = [f"{name},,{TIMES.format(2 + hours, 60 * hours)}"
          for name, hours in (("Siti", 1), ("Budi", 2), ("Ana", 2))]  # fmt: skip
UNIQUE = ["Siti,s@x.example,60,Yes", "Budi,,45,Yes", "Ana,,30,No"]


def _read(data: bytes) -> dict[str, Any]:
    return as_json(read_attendance(data, "report.csv"))


def _roles(data: bytes) -> dict[str, str]:
    return {person["name"]: person["role"] for person in _read(data)["people"]}


@pytest.mark.parametrize("name", ["Jumla", "סה״כ", "รวม", "Összesen", "कुल", "Tổng cộng"])
@pytest.mark.parametrize(("number", "what"), [(300, "the sum"), (3, "the count"),
                                              (100, "the mean"), (120, "the most")])  # fmt: skip
def test_a_row_without_times_that_sums_up_the_others_is_no_person(
    name: str, number: int, what: str
) -> None:
    data = csv(Z2, *PEOPLE, f"{name},,,,{number},")
    assert _roles(data)[name] == "collective"
    warnings = _read(data)["warnings"]
    assert f"Row 5, “{name}”, leaves empty what all others fill" in warnings[-1]
    assert f"its number is {what} of theirs" in warnings[-1]


def test_several_rows_of_sums_at_the_end() -> None:
    data = csv(Z2, *PEOPLE, "Jumla,--,--,--,300,", "Wastani,,,,100,")
    assert [_roles(data)[name] for name in ("Jumla", "Wastani")] == ["collective"] * 2


def test_a_total_of_a_list_without_times_leaves_the_guest_column_empty() -> None:
    assert _roles(csv(Z1, *UNIQUE, "Jumla,,135,"))["Jumla"] == "collective"


@pytest.mark.parametrize(
    "lines",
    [
        # Two people who were there equally long.
        [Z1, "Siti,,60,Yes", "Wati,,60,Yes"],
        # One who stayed as long as all others together, in a row like theirs.
        [Z1, *UNIQUE, "Wati,,135,Yes"],
        # One whose times were lost, beside a single other row.
        [Z2, PEOPLE[0], "Wati,,,,60,Yes"],
        # One whose times were lost, in a row like the others' but for them.
        [Z2, *PEOPLE, "Wati,,--,--,300,Yes"],
        [Z2, *PEOPLE, "Wati,,,,120,Yes"],
        # One whom nobody marked as guest, beside a single other.
        [Z1, *UNIQUE[:1], "Wati,,60,"],
    ],
)
def test_a_person_who_may_be_a_total_stays_a_person_and_that_is_said(lines: list[str]) -> None:
    data = csv(*lines)
    assert _roles(data)["Wati"] == "attendee"
    assert "“Wati”, may be a total" in _read(data)["warnings"][-1]


@pytest.mark.parametrize(
    "lines",
    [
        [Z1, *UNIQUE, "Wati,wati@x.example,135,"],
        [Z1, "Wati,,135,Yes", *UNIQUE],
        [Z2, *PEOPLE, "Wati,,05/22/2020 02:00:00 PM,05/22/2020 07:00:00 PM,300,Yes"],
        [Z2, *PEOPLE, "Wati,,05/22/2020 02:00:00 PM,,300,"],
        [Z2, *PEOPLE, "Wati,,,,77,"],
        [Z1, *UNIQUE, "Wati,,60,Yes"],
        [Z1, *UNIQUE, "Wati,,45,Yes"],
        [Z1, "Wati,,60,Yes"],
    ],
)
def test_a_person_with_an_address_or_times_or_another_number_is_no_total(lines: list[str]) -> None:
    data = csv(*lines)
    assert _roles(data)["Wati"] == "attendee"
    assert not any("total" in warning for warning in _read(data)["warnings"])


def test_nobody_is_added_to_the_ledger_for_a_total(live_session: LiveSession) -> None:
    data = zoom_file([("Siti", "", "14:00:00", "15:00:00"), ("Budi", "", "14:00:00", "16:00:00")])
    assert data.decode().startswith(HEADER)
    import_attendance(live_session, data + b"Jumla,,,,180,\n", "zoom.csv")
    excluded = {one.shown_name: one.excluded_because for one in session.query(Identity)}
    assert excluded == {"Siti": "", "Budi": "", "Jumla": "collective"}
    assert session.query(Attendance).count() == 2


def test_the_card_says_what_is_not_counted_and_why(live_session: LiveSession) -> None:
    rows = [("Siti", "", "14:00:00", "15:00:00"), ("Budi", "", "14:00:00", "16:00:00")]
    offered = offer_file(live_session.series, zoom_file(rows) + b"Jumla,,,,180,\n", "z.csv").file
    assert (offered.facts["people"], offered.facts["not_counted"]) == (2, 1)
    assert "“Jumla”" in offered.facts["warnings"][-1]
