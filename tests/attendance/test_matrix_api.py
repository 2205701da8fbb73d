"""The matrix for programs: /api/v1/series/<slug>/attendance, with the page's filters and policy."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Engine

from tests.attendance.matrix_scene import MatrixScene
from tests.cast import Cast
from tests.programs import Program
from tests.statements import counted

ProgramOf = Callable[..., Program]
HERE = "/series/weave/attendance"


@pytest.fixture
def scene(app: Flask) -> MatrixScene:
    return MatrixScene()


def test_a_program_reads_people_by_live_sessions(
    program_of: ProgramOf, cast: Cast, scene: MatrixScene
) -> None:
    answer = program_of(cast.organiser, "attendance:read")("GET", HERE).json
    assert answer["series"] == "weave"
    assert answer["known"] == 2
    assert [one["attended"] for one in answer["live_sessions"]] == [5, 2, None]
    assert [one["unmatched"] for one in answer["live_sessions"]] == [2, 0, None]
    ana = next(one for one in answer["items"] if one["person"]["name"] == "Ana")
    assert ana["person"]["country"] == "MY"
    assert (ana["registration"], ana["came"], ana["minutes"]) == ("registered", 2, 135)
    assert {one["person"]["name"]: one["of"] for one in answer["items"]} == {
        "Ana": 2, "Bina": 2, "Chan": 2, "Dewi": None, "Esther": 1, "Farid": 1, "Gita": 2, "Hema": 2,
    }  # fmt: skip
    assert ana["last_seen"] == "2020-05-09T06:00:00Z"
    assert ana["cells"] == [
        {"live_session": "weave-1", "status": "came", "minutes": 120},
        {"live_session": "weave-2", "status": "came", "minutes": 15},
        {"live_session": "weave-3", "status": "coming", "minutes": None},
    ]
    assert answer["next"] is None


def test_the_attendances_of_rows_and_of_nobody_are_those_of_the_report(
    program_of: ProgramOf, cast: Cast, scene: MatrixScene
) -> None:
    program = program_of(cast.organiser)
    answer = program("GET", HERE).json
    report = program("GET", "/series/weave/figures/attendance").json
    unmatched = sum(one["unmatched"] or 0 for one in answer["live_sessions"])
    assert sum(one["came"] for one in answer["items"]) + unmatched == report["attendances"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=an", ["Ana", "Chan"]),
        ("country=NP&status=never", ["Esther", "Gita"]),
        ("status=exactly&times=1", ["Bina", "Dewi", "Farid"]),
        ("role=left", ["Farid"]),
    ],
)
def test_people_are_found(
    program_of: ProgramOf, cast: Cast, scene: MatrixScene, query: str, names: list[str]
) -> None:
    items = program_of(cast.organiser)("GET", f"{HERE}?{query}").json["items"]
    assert [one["person"]["name"] for one in items] == names


def test_pages_follow_each_other_without_a_gap(
    program_of: ProgramOf, cast: Cast, scene: MatrixScene
) -> None:
    program, names, cursor = program_of(cast.organiser), [], ""
    while cursor is not None:
        page = program("GET", f"{HERE}?limit=3" + (f"&cursor={cursor}" if cursor else "")).json
        names += [one["person"]["name"] for one in page["items"]]
        cursor = page["next"]
    assert names == list(scene.people)


def test_a_focal_point_reads_the_people_of_her_countries(
    program_of: ProgramOf, cast: Cast, scene: MatrixScene
) -> None:
    items = program_of(cast.focal_point)("GET", HERE).json["items"]
    assert [one["person"]["name"] for one in items] == ["Bina", "Esther", "Gita"]


def test_a_page_costs_three_statements_beyond_the_token(
    program_of: ProgramOf, cast: Cast, scene: MatrixScene, engine: Engine
) -> None:
    program = program_of(cast.organiser)
    program("GET", HERE)
    with counted(engine) as statements:
        program("GET", HERE)
    assert len([one for one in statements if "attendances" in one or "series" in one]) == 3


@pytest.mark.parametrize("query", ["status=often", "country=np", "times=-1", "limit=0", "x=1"])
def test_what_it_cannot_mean_is_refused(
    program_of: ProgramOf, cast: Cast, scene: MatrixScene, query: str
) -> None:
    assert program_of(cast.organiser)("GET", f"{HERE}?{query}").status_code == 422


def test_another_scope_or_nobody_gets_nothing(
    program_of: ProgramOf, cast: Cast, scene: MatrixScene
) -> None:
    assert program_of(cast.organiser, "figures:read")("GET", HERE).status_code == 403
    assert program_of(cast.organiser)("GET", "/series/none/attendance").status_code == 404
