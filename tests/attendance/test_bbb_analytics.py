"""What BigBlueButton sends when a meeting is over: attendees with their joinings and leavings."""

import json
from typing import Any

import pytest

from academy.attendance.reading.files import as_json, read_attendance
from academy.lib.tables import FileRefused
from tests.attendance.document_files import analytics, attendee, utc

SITI = attendee("Siti Aminah", "reg-212", [utc("06:00:11")], [utc("08:20:00")])
BEN = attendee("Ben", "gl-ben", [utc("05:55:00")], [utc("08:30:00")], moderator=True)


def _read(data: bytes) -> dict[str, Any]:
    return as_json(read_attendance(data, "callback.json"))


def _people(document: dict[str, Any]) -> dict[str, Any]:
    return {person["name"]: person for person in document["people"]}


def test_the_callback_is_read_in_utc_with_our_own_id() -> None:
    file = read_attendance(analytics(BEN, SITI), "callback.json")
    people = {person.name: person for person in file.people}
    assert (file.format, file.zone, file.refused) == ("bigbluebutton-analytics", "UTC", ())
    assert people["Siti Aminah"].external_ids == {"reg-212"}
    assert (people["Siti Aminah"].minutes, people["Ben"].role) == (139, "host")


def test_two_devices_at_once_are_one_person() -> None:
    sessions = [
        {"joins": [utc("06:00:00")], "lefts": [utc("07:00:00")]},
        {"joins": [utc("06:30:00")], "lefts": [utc("07:30:00")]},
    ]
    person = attendee("Siti", "reg-1", [], [], sessions=sessions)
    assert _people(_read(analytics(person)))["Siti"]["minutes"] == 90


def test_who_has_not_left_stays_to_the_end_of_the_meeting() -> None:
    still = attendee("Ana", "reg-2", [utc("06:30:00")], [])
    assert _people(_read(analytics(still)))["Ana"]["minutes"] == 120


def test_older_callbacks_without_devices_are_paired_in_time() -> None:
    older = attendee(
        "Budi", "reg-3", [utc("07:00:00"), utc("06:00:00")], [utc("08:00:00"), utc("06:30:00")]
    )
    del older["sessions"]
    assert _people(_read(analytics(older)))["Budi"]["minutes"] == 90


@pytest.mark.parametrize(
    "moment",
    [
        "2020-05-02T14:00:00.000+08:00", "2020-05-02 14:00:00 +0800", "2020-05-02 06:00:00 UTC",
        1_588_399_200_000, 1_588_399_200, {"timestamp": 1_588_399_200_000},
    ],
)  # fmt: skip
def test_moments_are_understood_in_each_way_in_which_ruby_writes_them(moment: object) -> None:
    person = attendee("Siti", "reg-1", [moment], [utc("07:00:00")])
    assert _people(_read(analytics(person)))["Siti"]["intervals"] == [
        ["2020-05-02T06:00:00", "2020-05-02T07:00:00"]
    ]


@pytest.mark.parametrize(
    ("damaged", "why"),
    [
        (attendee("X", "r", [utc("06:00:61")], []), "is no moment"),
        (attendee("X", "r", [], [utc("07:00:00")]), "not there"),
        (attendee("X", "r", [], []), "no moment of joining"),
        ({"name": None}, "no object with a name"),
        (7, "no object with a name"),
    ],
)
def test_a_damaged_attendee_costs_itself_only(damaged: Any, why: str) -> None:
    document = _read(analytics(damaged, SITI))
    assert [(row["row"], why in row["why"]) for row in document["refused"]] == [(1, True)]
    assert set(_people(document)) == {"Siti Aminah"}


def test_only_the_data_of_a_callback_is_enough() -> None:
    data = json.loads(analytics(SITI))["data"]
    assert _people(_read(json.dumps(data).encode())).keys() == {"Siti Aminah"}


def test_a_meeting_of_nobody_is_refused() -> None:
    with pytest.raises(FileRefused, match="lists no attendees"):
        _read(analytics())
