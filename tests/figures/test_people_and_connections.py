"""People and connections apart: in the report, on the page, in the files and in the API."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from academy.attendance import service
from academy.attendance.listening.points import PointFacts
from academy.figures import views
from academy.figures.queries import find_head, read_ledger, report_attendance
from academy.people.models import Person
from academy.programme.models import LiveSession
from tests.attendance.conftest import budi, live_session, siti
from tests.attendance.zoom_files import zoom_file
from tests.cast import Cast
from tests.programs import Program

__all__ = ["budi", "live_session", "siti"]
FILE = [
    ("Siti Aminah", "", "14:00:00", "15:00:00"),
    ("Siti Aminah", "", "15:01:00", "16:00:00"),
    ("Hall phone", "", "14:00:00", "16:00:00"),
]


@pytest.fixture
def held(live_session: LiveSession, siti: Person, budi: Person, cast: Cast) -> LiveSession:
    """Return a live session with three connections of two names, and a hall of eight people."""
    views._drawn.clear()  # noqa: SLF001 (the database forgets between tests, the memory does not)
    service.import_attendance(live_session, zoom_file(FILE), "zoom.csv")
    facts = PointFacts("Hall", "ID", women=4, men=2, others=1, names=("Budi Hartono",))
    service.open_point(live_session, facts, None, service.Actor(cast.organiser.id, at_desk=True))
    return live_session


def _report() -> dict[str, Any]:
    head = find_head("may")
    assert head is not None
    return report_attendance(read_ledger(head))


def test_numbers_stand_beside_attendance_and_names_within(held: LiveSession) -> None:
    [line] = _report()["live_sessions"]
    assert (line["attended"], line["matched"], line["unmatched"]) == (3, 2, 1)
    assert line["listening_points"] == {
        "points": 1, "people": 7, "women": 4, "men": 2, "others": 1,
    }  # fmt: skip
    assert (line["people_reached"], line["connections"]) == (10, 3)


def test_a_point_that_was_taken_back_counts_nobody(held: LiveSession, cast: Cast) -> None:
    facts = PointFacts("Other hall", women=30)
    desk = service.Actor(cast.organiser.id, at_desk=True)
    service.withdraw_point(service.open_point(held, facts, None, desk), desk)
    assert _report()["attendances_reached"] == 10


def test_without_a_file_of_devices_the_connections_are_unknown(
    live_session: LiveSession,
    siti: Person,
) -> None:
    service.record_presence(live_session, siti.id, "roll")
    [line] = _report()["live_sessions"]
    assert (line["attended"], line["connections"], line["people_reached"]) == (1, None, 1)


def test_the_page_says_which_is_which(held: LiveSession, client: FlaskClient) -> None:
    page = " ".join(client.get("/figures/may/").text.split())
    assert "10 attendances of people, 3 connections of devices" in page
    assert "3 of 2, and 7" in page
    assert "People reached" in page


def test_both_files_say_what_the_page_says(held: LiveSession, client: FlaskClient) -> None:
    text = client.get("/figures/may/figures.csv").data.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    values = {(line[0], line[1]): line[2] for line in lines}
    assert values["people_reached", "may-1"] == "10"
    assert values["connections", "may-1"] == "3"
    assert values["listening points, women", "may-1"] == "4"
    assert values["attendances_reached", "all"] == "10"
    assert all(line[3] for line in lines)
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(client.get("/figures/may/figures.xlsx").data)
    ).get_sheet_by_index(0)
    sheet = {(row[0], row[1]): row[2] for row in book.to_python()}
    for key, value in values.items():
        if value.isdecimal():
            assert sheet[key] == float(value)


def test_the_api_gives_the_same_object(
    held: LiveSession, cast: Cast, program_of: Callable[..., Program]
) -> None:
    answer = program_of(cast.organiser)("GET", "/series/may/figures/attendance").json
    assert answer | {"as_of": ""} == _report() | {"as_of": ""}


def test_another_kind_of_file_is_404(held: LiveSession, client: FlaskClient) -> None:
    assert client.get("/figures/may/figures.exe").status_code == 404
