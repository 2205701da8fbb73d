"""The matrix taken away: what a role sees is what it gets, with definitions and no formula."""

import csv
import io
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import Engine, select

from academy.attendance.matrix import queries as matrix_queries
from academy.db import session, transaction
from academy.people.models import Person
from academy.security.models import AuditEntry
from tests.attendance.matrix_scene import MatrixScene
from tests.cast import Cast
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]
CSV = "/desk/series/weave/attendance.csv"


@pytest.fixture
def scene(app: Flask) -> MatrixScene:
    return MatrixScene()


@pytest.fixture
def desk(client_of: ClientOf, cast: Cast, scene: MatrixScene) -> FlaskClient:
    """Return the organiser's browser."""
    return client_of(cast.organiser)


def _table(browser: FlaskClient, query: str = "") -> list[dict[str, str]]:
    """Return the rows of the table, without the definitions below it."""
    answer = browser.get(CSV + query)
    assert answer.status_code == 200
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    end = lines.index([])
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:end]]


def test_the_wide_form_has_a_row_a_person_and_two_columns_a_live_session(
    desk: FlaskClient, scene: MatrixScene
) -> None:
    rows = {row["name"]: row for row in _table(desk)}
    assert len(rows) == 8
    ana = rows["Ana"]
    assert (ana["weave-1 status"], ana["weave-1 minutes"]) == ("came", "120")
    assert (ana["came"], ana["of"], ana["minutes"]) == ("2", "2", "135")
    ofs = {name: row["of"] for name, row in rows.items()}
    assert ofs == {
        "Ana": "2", "Bina": "2", "Chan": "2", "Gita": "2", "Hema": "2",
        "Dewi": "", "Esther": "1", "Farid": "1",
    }  # fmt: skip
    assert ana["person"] == str(scene.id_of("Ana"))
    assert rows["Bina"]["weave-1 status"] == "came, minutes unknown"
    assert rows["Bina"]["weave-1 minutes"] == ""
    assert rows["Dewi"]["registration"] == "walk_in"
    assert rows["Gita"]["weave-1 status"] == "opened the door"
    assert rows["Chan"]["weave-3 status"] == "to come"


def test_the_long_form_has_a_row_an_attendance(desk: FlaskClient) -> None:
    rows = _table(desk, "?form=long")
    assert [(row["name"], row["live session"], row["minutes"]) for row in rows] == [
        ("Ana", "weave-1", "120"), ("Ana", "weave-2", "15"), ("Bina", "weave-1", ""),
        ("Dewi", "weave-2", "60"), ("Farid", "weave-1", "30"),
    ]  # fmt: skip
    assert rows[0]["starts at (UTC)"] == "2020-05-02 06:00:00"
    assert rows[0]["of minutes"] == "120"


@pytest.mark.parametrize("query", ["?country=NP", "?status=never&sort=-name", "?q=an&sort=n1"])
def test_the_file_holds_whom_the_page_shows_in_the_same_order(
    desk: FlaskClient, query: str
) -> None:
    page = desk.get("/desk/series/weave/attendance/" + query).text
    names = [row["name"] for row in _table(desk, query)]
    places = [page.index(f"<bdi>{name}</bdi>") for name in names]
    assert names
    assert places == sorted(places)
    assert page.count('<svg class="strip"') == len(names)


def test_definitions_tell_the_words_and_what_is_not_in_it(desk: FlaskClient) -> None:
    text = desk.get(CSV + "?country=NP").text
    assert "\r\n\r\ndefinition,meaning\r\n" in text
    assert "used the personal link and nothing more is known: no attendance" in text
    assert "chosen,country NP" in text
    assert 'not matched: weave-1,"2 came whom nobody has matched' in text


def test_a_workbook_has_a_sheet_of_definitions(desk: FlaskClient) -> None:
    answer = desk.get("/desk/series/weave/attendance.xlsx")
    book = load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == ["attendance", "definitions"]
    rows = list(book["attendance"].iter_rows(values_only=True))
    assert len(rows) == 9
    assert rows[1][1] == "Ana"
    assert rows[1][rows[0].index("weave-1 minutes")] == 120
    assert ("people", 8) in set(book["definitions"].iter_rows(values_only=True))
    assert "weave-attendance.xlsx" in answer.headers["Content-Disposition"]


def test_a_focal_point_takes_away_what_her_page_shows(
    client_of: ClientOf, cast: Cast, scene: MatrixScene
) -> None:
    browser = client_of(cast.focal_point)
    assert [row["name"] for row in _table(browser)] == ["Bina", "Esther", "Gita"]
    assert [row["name"] for row in _table(browser, "?country=MY")] == []
    assert "not matched" not in browser.get(CSV).text
    book = load_workbook(
        io.BytesIO(browser.get("/desk/series/weave/attendance.xlsx?form=long").data)
    )
    assert [row[1] for row in book["attendance"].iter_rows(min_row=2, values_only=True)] == ["Bina"]


def test_a_name_is_no_formula(desk: FlaskClient, scene: MatrixScene) -> None:
    with transaction():
        session.get_one(Person, scene.id_of("Ana")).name = "=1+1"
    assert "'=1+1" in desk.get(CSV).text
    answer = desk.get("/desk/series/weave/attendance.xlsx?status=all")
    book = load_workbook(io.BytesIO(answer.data))
    assert book["attendance"]["B2"].value == "'=1+1"
    assert book["attendance"]["B2"].data_type == "s"


def test_the_log_keeps_who_took_how_many(desk: FlaskClient, cast: Cast) -> None:
    _table(desk, "?country=NP&form=long")
    entry = session.scalars(
        select(AuditEntry).where(AuditEntry.action == "attendance.export")
    ).one()
    assert entry.actor_id == cast.organiser.id
    assert entry.subject == "series:weave"
    assert entry.facts == {"rows": 3, "kind": "csv", "form": "long"}


def test_a_file_is_read_part_by_part(
    desk: FlaskClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matrix_queries, "PART", 3)
    whole = _table(desk)
    assert len(whole) == 8
    with counted(engine) as statements:
        assert _table(desk) == whole
    facts = [each for each in statements if "UNION ALL" in each]
    assert len(facts) == 3


def test_other_kinds_and_other_people_get_nothing(
    desk: FlaskClient, client: FlaskClient, client_of: ClientOf, cast: Cast
) -> None:
    assert desk.get("/desk/series/weave/attendance.pdf").status_code == 404
    assert desk.get("/desk/series/none/attendance.csv").status_code == 404
    assert client.get(CSV).headers["Location"].startswith("/sign-in")
    assert client_of(cast.learner).get(CSV).status_code == 403
    assert desk.post(CSV).status_code == 405
