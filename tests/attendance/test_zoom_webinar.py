"""Zoom's attendee report of a webinar, in its variants."""

import re
from typing import Any

import pytest

from academy.attendance.reading.files import as_json, read_attendance
from academy.lib.tables import FileRefused
from tests.attendance.files import ATTENDEES, WEBINAR, padded


def _read(text: str) -> dict[str, Any]:
    return as_json(read_attendance(text.encode(), "attendee_report.csv"))


def _people(text: str) -> dict[str, dict[str, Any]]:
    return {person["name"]: person for person in _read(text)["people"]}


@pytest.mark.parametrize("text", [WEBINAR, padded(WEBINAR), WEBINAR.replace("\n", "\r\n")])
def test_sections_give_roles_and_absent_registrants_are_told(text: str) -> None:
    people = _people(text)
    assert {name: person["role"] for name, person in people.items()} == {
        "Benjamin": "host",
        "Kundan": "panelist",
        "Ajay": "attendee",
        "Shuaib Shaik": "attendee",
    }
    assert people["Kundan"]["intervals"] == [["2025-03-22T19:28:32", "2025-03-22T21:10:00"]]
    assert people["Kundan"]["minutes"] == 101
    assert people["Ajay"]["attended"] is False
    assert (people["Ajay"]["intervals"], people["Ajay"]["minutes"]) == (None, None)
    assert people["Shuaib Shaik"]["minutes"] == 0


@pytest.mark.parametrize(
    ("pattern", "order"),
    [
        (r"\2/03/2025 \3", "day-first"),
        (r"03/\2/2025 \3", "month-first"),
        (r"\2-03-2025 \3", "day-first"),
        (r"2025-03-\2 \3", "year-first"),
    ],
)
def test_dates_in_digits_are_read(pattern: str, order: str) -> None:
    found = _read(re.sub(r'"(Mar) (\d\d), 2025 (\d\d:\d\d:\d\d)"', pattern, WEBINAR))
    assert found["date_order"] == order
    assert found["people"][3]["intervals"] == [["2025-03-22T19:52:01", "2025-03-22T19:52:39"]]


def test_the_beginning_of_the_webinar_settles_dates_that_fit_two_orders() -> None:
    head, _, _ = WEBINAR.partition("Host Details")
    text = head.replace("Mar 22", "Mar 4") + ATTENDEES + "\n"
    text += "Yes,Siti,Siti,A,s@x.example,,,approved,"
    text += "04/03/2025 19:52:01,04/03/2025 20:52:39,61,Yes,India\n"
    found = _read(text)
    assert found["date_order"] == "day-first"
    assert found["people"][0]["intervals"] == [["2025-03-04T19:52:01", "2025-03-04T20:52:39"]]


def test_the_times_of_registration_settle_dates_that_fit_two_orders() -> None:
    text = f"Attendee Report\n{ATTENDEES}\n"
    text += "Yes,Siti,Siti,A,s@x.example,,02/28/2025 10:00:00 AM,approved,"
    text += "03/04/2025 07:52:01 PM,03/04/2025 08:52:39 PM,61,Yes,India\n"
    assert _read(text)["date_order"] == "month-first"


def test_questions_to_registrants_stand_among_the_columns() -> None:
    header = ATTENDEES.replace(
        "Approval Status",
        'Approval Status,"Name of your cooperative","What is your e-mail for work?"',
    )
    text = WEBINAR.replace(ATTENDEES, header + ",Registration Source,Attendance Type")
    text = text.replace(",approved,", ",approved,Sunrise Coop,work@coop.example,")
    text = text.replace("1,Yes,India", "1,Yes,India,Link,Live").replace(
        ",--,--,--,--,", ",--,--,--,--,,Link,"
    )
    people = _people(text)
    assert people["Shuaib Shaik"]["email"] == "shuaib@x.example"
    assert people["Ajay"]["attended"] is False


def test_older_reports_have_first_and_last_names_only() -> None:
    header = "Attended,First Name,Last Name,Email,Join Time,Leave Time,Time in Session (minutes)"
    row = "Yes,Siti,Aminah,s@x.example,03/22/2025 07:52:01 PM,03/22/2025 08:52:39 PM,61"
    people = _people(f"Attendee Report\n{header}\n{row}\n")
    assert people["Siti Aminah"]["minutes"] == 60


def test_people_on_the_telephone_stand_in_a_section_of_their_own() -> None:
    text = (
        WEBINAR
        + "Other Attended\nUser Name,Join Time,Leave Time,Time in Session (minutes),Country\n"
    )
    text += '919800***123,"Mar 22, 2025 19:20:00","Mar 22, 2025 20:20:00",60,India\n'
    person = _people(text)["919800***123"]
    assert (person["role"], person["attended"], person["minutes"]) == ("phone", True, 60)


def test_sections_without_titles_are_known_by_their_order() -> None:
    text = "\n".join(line for line in WEBINAR.splitlines() if not line.endswith("Details"))
    assert [person["role"] for person in _read(text)["people"]] == [
        "host",
        "panelist",
        "attendee",
        "attendee",
    ]


def test_an_attendee_who_became_panelist_is_one_panelist() -> None:
    text = WEBINAR.replace("shuaib@x.example", "Kundan@Coop.example")
    kundan = next(one for one in _read(text)["people"] if one["email"] == "kundan@coop.example")
    assert kundan["role"] == "panelist"
    assert kundan["names"] == ["Kundan", "Shuaib Shaik"]


def test_a_panelist_who_was_not_there_may_have_come_as_attendee() -> None:
    text = WEBINAR.replace("Yes,Kundan", "No,Kundan").replace(
        "shuaib@x.example", "kundan@coop.example"
    )
    kundan = next(one for one in _read(text)["people"] if one["email"] == "kundan@coop.example")
    assert (kundan["role"], kundan["attended"]) == ("attendee", True)


def test_another_language_is_known_by_its_pair_and_its_values() -> None:
    text = "Ripoti\nAmehudhuria,Jina (jina asili),Barua pepe,Kuingia,Kutoka,Muda\n"
    text += "Ndiyo,Amani,a@x.example,22/03/2025 19:52:01,22/03/2025 20:52:39,61\n"
    text += "Hapana,Zuri,z@x.example,--,--,--\n"
    people = _people(text)
    assert people["Amani"]["minutes"] == 60
    assert people["Amani"]["email"] == "a@x.example"


def test_a_copy_with_tabs_is_refused_with_the_reason() -> None:
    with pytest.raises(FileRefused, match="divided by tabs"):
        _read(WEBINAR.replace(",", "\t"))


def test_a_registration_report_is_told_apart() -> None:
    text = 'Registration Report\nReport generated time,"x"\nFirst Name,Last Name,Email,'
    text += "Registration Time,Approval Status\nSiti,A,s@x.example,02/28/2025 10:00,approved\n"
    with pytest.raises(FileRefused, match="list of registrations"):
        _read(text)
