"""Teams' reports that were damaged, and Zoom's export of a whole account."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.attendance.reading.choosing import SeveralMeetings
from academy.attendance.reading.durations import seconds_of
from academy.attendance.reading.files import as_json, read_attendance
from academy.lib.tables import FileRefused
from tests.attendance.files import csv
from tests.attendance.teams_files import LIST, LIVE, REPORT, SECTIONS, tabbed

Z5 = (
    "Topic,Meeting ID,User Name,User Email,Department,Group,Has Zoom Rooms?,Creation Time,"
    "Start Time,End Time,Duration (Minutes),Participants,Name (Original Name),User Email,"
    "Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room,"
    "Marketing Opt-in"
)


def _read(data: bytes, on: dt.date | None = None) -> dict[str, Any]:
    return as_json(read_attendance(data, "report.csv", on=on))


def _zoom_row(week: int, day: int, name: str, email: str, hour: int = 10) -> str:
    date = f"11/{day}/2021"
    return (
        f"Week {week},812 345 {week:04},Ben,ben@asec.example,,,No,{date} 09:00:00 AM,"
        f"{date} 09:50:00 AM,{date} 12:05:00 PM,135,2,{name},{email},{date} {hour}:00:00 AM,"
        f"{date} {hour}:45:00 AM,45,Yes,,No,"
    )


ACCOUNT = [
    Z5,
    _zoom_row(1, 19, "Ben", "ben@asec.example"),
    _zoom_row(1, 19, "Siti (S)", "siti@x.example"),
    _zoom_row(2, 26, "Siti (S)", "siti@x.example"),
    _zoom_row(2, 26, "Budi", ""),
    _zoom_row(3, 26, "Wati", ""),
]


def test_an_account_wide_export_asks_for_the_day() -> None:
    with pytest.raises(SeveralMeetings, match=r"several meetings .*Week 1, 2021-11-19") as asked:
        _read(csv(*ACCOUNT))
    assert [choice.title for choice in asked.value.choices] == ["Week 1", "Week 2", "Week 3"]


def test_the_day_chooses_the_meeting_and_its_host_is_no_attendee() -> None:
    found = _read(csv(*ACCOUNT), dt.date(2021, 11, 19))
    people = [(person["name"], person["role"], person["minutes"]) for person in found["people"]]
    assert people == [("Ben", "host", 45), ("Siti", "attendee", 45)]
    assert found["people"][1]["email"] == "siti@x.example"
    assert found["warnings"] == ["This file holds 3 meetings; read is Week 1, 2021-11-19."]


def test_two_meetings_of_one_day_are_asked_for_by_name() -> None:
    data = csv(*ACCOUNT)
    with pytest.raises(SeveralMeetings, match="several meetings on 2021-11-26") as asked:
        _read(data, dt.date(2021, 11, 26))
    key = asked.value.choices[1].key
    file = read_attendance(data, "report.csv", on=dt.date(2021, 11, 26), meeting=key)
    assert [person.name for person in file.people] == ["Wati"]


def test_a_meeting_that_was_begun_again_is_one() -> None:
    again = _zoom_row(1, 19, "Siti", "siti@x.example", 11).replace("09:50:00 AM", "11:00:00 AM")
    found = _read(csv(*ACCOUNT[:3], again))
    assert found["people"][1]["minutes"] == 90


def test_a_day_without_a_meeting_is_refused_with_those_there_are() -> None:
    with pytest.raises(FileRefused, match="No meeting of this file is on 2021-12-24"):
        _read(csv(*ACCOUNT), dt.date(2021, 12, 24))


SITI = "Siti\t7/22/26, 7:00:11 PM\t7/22/26, 8:00:41 PM\t1h 30s\tsiti@x.example\tAttendee\t"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (SITI.replace("8:00:41", "6:00:41"), "The leaving time is before the joining time."),
        (SITI.replace("8:00:41", "8:00:61"), "is no moment"),
        (SITI.replace("7/22/26, 8", "7/22/26,\t8"), "is no moment"),
        (SITI + "\tx\ty", "more cells than the header"),
        ("Siti", "only one cell"),
        ("Si\0ti" + SITI, "zero bytes"),
    ],
)
def test_a_bad_row_is_listed_and_the_good_ones_are_used(row: str, why: str) -> None:
    found = _read(tabbed([REPORT, SITI.replace("iti", "ari"), row]))
    assert [person["minutes"] for person in found["people"]] == [60]
    assert [(one["row"], why in one["why"]) for one in found["refused"]] == [(3, True)]


def test_a_report_of_which_only_a_later_section_is_left_is_refused() -> None:
    stay = "Siti\t7/22/26, 7:00:11 PM\t7/22/26, 8:00:41 PM\tx"
    with pytest.raises(FileRefused):
        _read(tabbed(["4. Other", "Who\tFrom\tTo\tWhat", stay, stay]))


def test_a_short_row_has_no_length() -> None:
    found = _read(tabbed([REPORT, SITI, "Budi\t7/22/26, 7:00:11 PM"]))
    assert found["people"][1]["minutes"] is None


def test_a_formula_as_a_name_stays_a_name() -> None:
    formula = '=HYPERLINK("x")'
    found = _read(tabbed([REPORT, SITI.replace("Siti", '"' + formula.replace('"', '""') + '"')]))
    assert found["people"][0]["name"].startswith("=HYPERLINK")


def test_an_open_quotation_mark_refuses_the_file() -> None:
    with pytest.raises(FileRefused, match="never closed"):
        _read(tabbed([REPORT, SITI, '"' + SITI]))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1h 27m 51s", 5271),
        ("59 Min. 0 Sek.", 3540),
        ("1 godz. 27 min 51 sek.", 5271),
        ("1 h 2 min", 3720),
        ("1 t 30 s", 3630),
        ("1時間27分51秒", 5271),
        ("1 hora y 5 minutos", 3900),
        ("01:02:03", 3723),
        ("32m", 1920),
        ("n/a", None),
        ("12", None),
        ("1h later", None),
        ("", None),
    ],
)
def test_lengths_are_read_in_every_language(text: str, seconds: int | None) -> None:
    assert seconds_of(text) == seconds


WHOLE = (
    tabbed(SECTIONS),
    tabbed(SECTIONS, "utf-8"),
    tabbed([REPORT, SITI]),
    tabbed([LIST, "Siti\tJoined\t9/13/2022, 5:30:21 PM", "Siti\tLeft\t9/13/2022, 5:45:00 PM"]),
    csv(LIVE, "s,p,Siti,x,2022-09-13T09:05:00Z,Joined,Attendee"),
    csv(*ACCOUNT),
)
PIECES = [
    b'"',
    b"\t",
    b",",
    b"\n",
    b"\r\n",
    b"\0",
    b"\xff",
    b"2. x",
    b"Joined",
    b"99/99/99",
    b"(UPN)",
]


@given(
    st.sampled_from(WHOLE),
    st.lists(
        st.tuples(st.integers(0, 2_500), st.sampled_from(PIECES), st.integers(0, 60)), max_size=8
    ),
    st.sampled_from([None, dt.date(2026, 7, 22), dt.date(2021, 11, 19)]),
)
def test_any_damage_is_read_or_refused_with_a_sentence(
    whole: bytes, damage: list[tuple[int, bytes, int]], on: dt.date | None
) -> None:
    data = bytearray(whole)
    for place, piece, length in damage:
        data[place : place + length] = piece
    assert _sentence_or_people(bytes(data), on)


def _sentence_or_people(data: bytes, on: dt.date | None) -> bool:
    try:
        document = _read(data, on)
    except FileRefused as refusal:
        return str(refusal).endswith(".")
    return all(row["why"].endswith(".") for row in document["refused"])
