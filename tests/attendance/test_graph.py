"""Microsoft Graph's attendance records: every stay of every person, in UTC."""

import json
from typing import Any

import pytest

from academy.attendance.reading.choosing import SeveralMeetings
from academy.attendance.reading.files import as_json, read_attendance
from academy.lib.tables import FileRefused
from tests.attendance.document_files import BEN, BUDI, SITI, graph, record, stay


def _read(data: bytes, **said: Any) -> dict[str, Any]:
    return as_json(read_attendance(data, "report.json", **said))


def _people(document: dict[str, Any]) -> dict[str, Any]:
    return {person["name"]: person for person in document["people"]}


def test_a_report_gives_every_stay_in_utc_and_its_organiser_as_host() -> None:
    document = _read(graph(BEN, SITI, BUDI))
    people = _people(document)
    assert (document["format"], document["zone"], document["refused"]) == ("teams-graph", "UTC", [])
    assert people["Ben"]["role"] == "host"
    assert people["Siti Aminah"]["intervals"] == [["2020-05-02T06:00:11", "2020-05-02T08:20:00"]]
    assert (people["Budi Hartono"]["minutes"], len(people["Budi Hartono"]["intervals"])) == (130, 2)


def test_bare_records_and_the_answer_that_lists_them_are_read_alike() -> None:
    whole = _read(graph(SITI, BUDI))
    assert _read(json.dumps({"value": [SITI, BUDI]}).encode()) == whole
    assert _read(json.dumps([SITI, BUDI]).encode()) == whole


def test_a_page_that_is_not_the_last_says_so() -> None:
    page = {"value": [SITI], "@odata.nextLink": "https://graph.microsoft.com/v1.0/next"}
    assert "in pages" in _read(json.dumps(page).encode())["warnings"][0]


def test_where_moments_are_lacking_the_length_stands_alone() -> None:
    person = _people(_read(graph(record("Ana", "", stay(None, None)))))["Ana"]
    assert (person["minutes"], person["intervals"]) == (91, None)


def test_a_guest_without_identity_is_known_by_the_address() -> None:
    guest = record("", "guest@union.example", stay("06:00:00", "07:00:00"), identity=None)
    assert [one["email"] for one in _read(graph(guest))["people"]] == ["guest@union.example"]


def test_several_reports_of_one_meeting_are_told_apart_by_their_day() -> None:
    later = record("Siti Aminah", "siti@coop.example", stay("06:00:11", "08:20:00", "2020-05-09"))
    both = {
        "value": [
            json.loads(graph(SITI)),
            {**json.loads(graph(later)), "id": "second", "meetingStartDateTime": "2020-05-09T06"},
        ]
    }
    data = json.dumps(both).encode()
    with pytest.raises(SeveralMeetings, match="several meetings"):
        _read(data)
    [person] = _read(data, meeting="second")["people"]
    assert person["intervals"] == [["2020-05-09T06:00:11", "2020-05-09T08:20:00"]]


@pytest.mark.parametrize(
    ("damaged", "why"),
    [
        (record("X", "", stay("06:00:61", "07:00:00")), "when it began"),
        (record("X", "", stay("06:00:00", "25:00:00")), "is no moment"),
        (record("X", "", stay("07:00:00", "06:00:00")), "before the joining"),
        (record("X", "", totalAttendanceInSeconds=None), "neither a stay nor a length"),
        (record("", "", stay("06:00:00", "07:00:00")), "neither a name nor"),
        ("cut off", "no object"),
    ],
)
def test_a_damaged_record_costs_itself_only(damaged: Any, why: str) -> None:
    document = _read(graph(SITI, damaged, BUDI))
    assert [(row["row"], why in row["why"]) for row in document["refused"]] == [(2, True)]
    assert {"Siti Aminah", "Budi Hartono"} <= set(_people(document))


def test_a_stay_that_cannot_be_read_leaves_the_length_that_is_told() -> None:
    person = _people(_read(graph(record("Ana", "", stay("06:00:61", None)))))["Ana"]
    assert (person["minutes"], person["intervals"]) == (91, None)


def test_a_list_of_reports_without_records_says_what_to_get() -> None:
    reports = {"value": [{"id": "1", "totalParticipantCount": 3}]}
    with pytest.raises(FileRefused, match="expand=attendanceRecords"):
        _read(json.dumps(reports).encode())


@pytest.mark.parametrize("value", [{}, [], {"value": []}, {"value": [1]}, {"attendanceRecords": 1}])
def test_what_is_no_answer_about_attendance_is_refused(value: object) -> None:
    with pytest.raises(FileRefused, match="no attendance report"):
        _read(json.dumps(value).encode())


def test_no_records_at_all_are_refused() -> None:
    with pytest.raises(FileRefused, match="are empty"):
        _read(graph())
