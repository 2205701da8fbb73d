"""/api/v1/live-sessions/<slug>/attendance, for programs of organisers and focal points."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.attendance.zoom_files import account_file, zoom_file
from tests.cast import Cast
from tests.programs import Program

HERE = "/live-sessions/may-1/attendance"
ROWS = (
    ("Siti Aminah", "siti@example.org", "14:00:00", "15:00:00"),
    ("Galaxy A12", "", "14:10:00", "14:40:00"),
)


@pytest.fixture
def program(cast: Cast, program_of: Callable[..., Program], live_session: LiveSession) -> Program:
    return program_of(cast.organiser)


def upload(content: bytes, name: str = "participants.csv") -> dict[str, Any]:
    return {"file": (BytesIO(content), name)}


def a_file() -> bytes:
    return zoom_file(ROWS)


def test_an_import_answers_with_the_contracts_object(program: Program, siti: Person) -> None:
    answer = program("POST", f"{HERE}/imports", data=upload(a_file()))
    assert (answer.status_code, answer.json["matched"], answer.json["unmatched"]) == (201, 1, 1)
    assert set(answer.json) == {
        "format", "zone", "live_session", "rows", "connections", "identities", "matched",
        "suggested", "unmatched", "excluded", "refused", "unchanged",
    }  # fmt: skip


def test_the_same_file_again_changes_nothing(program: Program, siti: Person) -> None:
    program("POST", f"{HERE}/imports", data=upload(a_file()))
    again = program("POST", f"{HERE}/imports", data=upload(a_file()))
    assert (again.status_code, again.json["unchanged"]) == (200, True)


def test_a_dry_run_stores_nothing(program: Program, siti: Person) -> None:
    answer = program("POST", f"{HERE}/imports?dry_run=true", data=upload(a_file()))
    assert (answer.status_code, answer.json["matched"]) == (200, 1)
    assert program("GET", HERE).json["items"] == []


def test_who_came_is_listed_with_intervals_and_minutes(program: Program, siti: Person) -> None:
    program("POST", f"{HERE}/imports", data=upload(a_file()))
    items = program("GET", HERE).json["items"]
    came = next(each for each in items if each["person"])
    assert (came["person"]["name"], came["minutes"]) == ("Siti Aminah", 60)
    assert came["intervals"] == [["2020-05-02T06:00:00Z", "2020-05-02T07:00:00Z"]]
    assert next(each for each in items if not each["person"])["shown_name"] == "Galaxy A12"


def test_no_answer_holds_an_address(program: Program, siti: Person) -> None:
    program("POST", f"{HERE}/imports", data=upload(a_file()))
    assert "@" not in program("GET", HERE).text


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\x00", b"Dear all, thank you.", b'"'])
def test_a_file_that_is_no_report_is_refused_with_a_sentence(
    program: Program, content: bytes
) -> None:
    answer = program("POST", f"{HERE}/imports", data=upload(content))
    assert (answer.status_code, answer.json["title"]) == (422, "This file cannot be imported")
    assert answer.json["detail"].endswith(".")


def test_exactly_one_file_is_taken(program: Program) -> None:
    assert program("POST", f"{HERE}/imports", data={"file": "text"}).status_code == 415
    two = {"file": [(BytesIO(b"a"), "a.csv"), (BytesIO(b"b"), "b.csv")]}
    assert program("POST", f"{HERE}/imports", data=two).status_code == 422
    other = {**upload(a_file()), "role": "administrator"}
    assert program("POST", f"{HERE}/imports", data=other).status_code == 422


def test_a_focal_point_reads_its_people_and_imports_nothing(
    cast: Cast, program: Program, siti: Person, program_of: Callable[..., Program]
) -> None:
    program("POST", f"{HERE}/imports", data=upload(a_file()))
    focal = program_of(cast.focal_point)
    assert focal("GET", HERE).json["items"] == []
    assert focal("POST", f"{HERE}/imports", data=upload(a_file())).status_code == 403


def test_a_file_of_several_meetings_is_imported_once_one_is_named(
    program: Program, siti: Person
) -> None:
    account = account_file(("1", "05/02/2020"), ("2", "05/02/2020"))
    asked = program("POST", f"{HERE}/imports", data=upload(account))
    assert (asked.status_code, asked.json["title"]) == (422, "Name the meeting")
    key = asked.json["detail"].split("The keys are: ")[1].split(" (Week 1)")[0]
    answer = program("POST", f"{HERE}/imports?meeting={key}", data=upload(account))
    assert (answer.status_code, answer.json["connections"]) == (201, 1)


def test_an_order_that_the_dates_contradict_is_refused(program: Program, siti: Person) -> None:
    data = a_file().replace(b"05/02/2020", b"05/23/2020")
    answer = program("POST", f"{HERE}/imports?date_order=day-first", data=upload(data))
    assert "cannot" in answer.json["title"] + answer.json["detail"]
    assert "day first" in answer.json["detail"]
    assert program("POST", f"{HERE}/imports?date_order=odd", data=upload(data)).status_code == 422
