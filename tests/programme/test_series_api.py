"""/api/v1/series and live sessions, for programs of organisers."""

from collections.abc import Callable

import pytest

from academy.db import session
from academy.programme.models import Series
from tests.cast import Cast
from tests.programme.scenes import a_series
from tests.programs import Program

NEW = {
    "slug": "weaving", "title": "Weaving", "zone": "Asia/Kathmandu",
    "starts": "2027-05-02T14:00", "minutes": 150, "weekly": 3,
}  # fmt: skip


@pytest.fixture
def program(cast: Cast, program_of: Callable[..., Program]) -> Program:
    return program_of(cast.organiser)


def test_a_new_series_has_its_weekly_live_sessions(program: Program) -> None:
    answer = program("POST", "/series", json=NEW)
    assert (answer.status_code, answer.headers["Location"]) == (201, "/api/v1/series/weaving")
    listed = program("GET", "/series/weaving/live-sessions").json
    assert [each["starts_at"] for each in listed["items"]] == [
        "2027-05-02T08:15:00Z", "2027-05-09T08:15:00Z", "2027-05-16T08:15:00Z",
    ]  # fmt: skip


def test_a_new_series_is_a_draft_unless_it_is_published(program: Program) -> None:
    assert program("POST", "/series", json=NEW).json["status"] == "draft"
    assert program("PATCH", "/series/weaving", json={"status": "published"}).json["status"] == (
        "published"
    )


def test_an_address_that_is_taken_is_a_conflict(program: Program) -> None:
    program("POST", "/series", json=NEW)
    answer = program("POST", "/series", json=NEW)
    assert (answer.status_code, answer.content_type) == (409, "application/problem+json")
    assert answer.json["type"] == "/api/v1/docs#problem-slug-taken"


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"zone": "Mars/Olympus"}, "#/zone"),
        ({"starts": "2027-02-30T14:00"}, "#/starts"),
        ({"minutes": "150"}, "#/minutes"),
        ({"minutes": True}, "#/minutes"),
        ({"slug": "../../etc"}, "#/slug"),
        ({"capacity": 0}, "#/capacity"),
        ({"places_taken": 3}, "#/places_taken"),
        ({"created_by": 1}, "#/created_by"),
        ({"title": ["a"]}, "#/title"),
    ],
)
def test_what_is_wrong_or_unknown_is_pointed_at_and_nothing_is_made(
    program: Program, change: dict[str, object], pointer: str
) -> None:
    answer = program("POST", "/series", json=NEW | change)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer)
    assert session.query(Series).count() == 0


def test_an_hour_that_the_clocks_skip_is_refused(program: Program) -> None:
    skipped = {"zone": "Europe/Berlin", "starts": "2027-03-28T02:30"}
    assert program("POST", "/series", json=NEW | skipped).status_code == 422


def test_only_what_is_given_is_changed(program: Program) -> None:
    series = a_series("weaving", capacity=20)
    answer = program("PATCH", "/series/weaving", json={"summary": "By hand"})
    assert (answer.json["summary"], answer.json["title"], answer.json["capacity"]) == (
        "By hand", series.title, 20,
    )  # fmt: skip


def test_null_takes_the_limit_away(program: Program) -> None:
    a_series("weaving", capacity=20)
    assert program("PATCH", "/series/weaving", json={"capacity": None}).json["capacity"] is None


def test_a_cancelled_series_stays_cancelled(program: Program) -> None:
    a_series("weaving")
    program("PATCH", "/series/weaving", json={"status": "cancelled"})
    answer = program("PATCH", "/series/weaving", json={"status": "published"})
    assert answer.status_code == 409


def test_the_list_comes_in_parts_and_every_series_stands_in_one(program: Program) -> None:
    slugs = [a_series(f"series-{number}").slug for number in range(5)]
    seen, cursor = [], ""
    while cursor is not None:
        part = program("GET", f"/series?limit=2{cursor and '&cursor=' + cursor}").json
        seen += [each["slug"] for each in part["items"]]
        cursor = part["next"]
    assert seen == slugs


def test_one_live_session_tells_its_time_in_utc_and_its_zone(program: Program) -> None:
    a_series("weaving", capacity=9)
    found = program("GET", "/live-sessions/weaving-1").json
    assert (found["zone"], found["series"], found["capacity"]) == (
        "Asia/Kuala_Lumpur", "weaving", 9,
    )  # fmt: skip
    assert found["starts_at"].endswith("T06:00:00Z")


def test_what_is_not_there_is_404_as_a_problem(program: Program) -> None:
    for path in ("/series/none", "/series/none/live-sessions", "/live-sessions/none"):
        answer = program("GET", path)
        assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


def test_a_focal_point_reads_published_series_and_changes_none(
    cast: Cast, program_of: Callable[..., Program]
) -> None:
    a_series("weaving")
    a_series("draft", published=False)
    program = program_of(cast.focal_point)
    assert [each["slug"] for each in program("GET", "/series").json["items"]] == ["weaving"]
    assert program("GET", "/series/draft").status_code == 404
    assert program("POST", "/series", json=NEW).status_code == 403
    assert program("PATCH", "/series/weaving", json={"title": "Mine"}).status_code == 403


def test_reading_does_not_allow_writing(cast: Cast, program_of: Callable[..., Program]) -> None:
    answer = program_of(cast.organiser, "series:read")("POST", "/series", json=NEW)
    assert (answer.status_code, answer.json["type"]) == (403, "/api/v1/docs#problem-scope")
