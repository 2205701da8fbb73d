"""GET /api/v1/cases and /api/v1/cases/<slug>: open, paged, and only what is published."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, update

from academy.db import session, transaction
from academy.library.content import CaseFile
from academy.library.models import STATUSES, CaseStudy
from academy.library.service import load_cases
from tests.cast import Cast
from tests.library.conftest import FOREST, record
from tests.programs import Program
from tests.statements import counted


def _get(client: FlaskClient, path: str) -> Any:
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == 200, answer.text
    return answer.json


def _slugs(client: FlaskClient, query: str) -> list[str]:
    return [case["slug"] for case in _get(client, f"/cases?{query}")["items"]]


def test_the_cases_are_open_to_everybody(client: FlaskClient, library: None) -> None:
    page = _get(client, "/cases")
    assert [case["slug"] for case in page["items"]] == ["bank", "forest", "river"]
    assert (page["total"], page["next"], page["mended"]) == (3, None, {})
    assert page["items"][0]["address"].endswith("/cases/bank/")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=village", ["forest", "bank"]),
        ("q=village&country=NP", ["forest"]),
        ("country=NP,KH", ["forest", "river"]),
        ("goal=1", ["bank"]),
        ("goal=5,14", ["bank", "river"]),
        ("partner=Forest%20Federation&country=KH", ["river"]),
        ("q=nothing-at-all", []),
    ],
)
def test_words_and_facets_narrow_as_on_the_page(
    client: FlaskClient, library: None, query: str, found: list[str]
) -> None:
    assert sorted(_slugs(client, query)) == sorted(found)


def test_facets_count_all_that_fit_and_goals_are_numbers(
    client: FlaskClient, library: None
) -> None:
    facets = _get(client, "/cases?demand=commons&limit=1")["facets"]
    assert facets["country"] == [{"value": "KH", "count": 1}, {"value": "NP", "count": 1}]
    assert {each["value"] for each in facets["goal"]} == {"14", "15"}


def test_a_slip_is_mended_and_said(client: FlaskClient, library: None) -> None:
    assert _get(client, "/cases?q=vilage")["mended"] == {"vilage": "village"}


def test_the_parts_together_are_the_whole_list_once(client: FlaskClient, app: object) -> None:
    load_cases([CaseFile(f"case-{n}", record(title=f"Case {n:02}")) for n in range(7)])
    found: list[str] = []
    query = "limit=3"
    while True:
        page = _get(client, f"/cases?{query}")
        found += [case["slug"] for case in page["items"]]
        if page["next"] is None:
            break
        query = f"limit=3&cursor={page['next']}"
    assert found == [f"case-{n}" for n in range(7)]


def test_one_case_comes_with_its_whole_record(client: FlaskClient, library: None) -> None:
    case = _get(client, "/cases/forest")
    assert case["record"] == FOREST.record.model_dump(mode="json")
    assert case["version"] == 1


@pytest.mark.parametrize("status", [each for each in STATUSES if each != "published"])
def test_what_is_not_published_is_in_no_answer_whoever_asks(
    client: FlaskClient, library: None, cast: Cast, program_of: Callable[..., Program], status: str
) -> None:
    with transaction():
        session.execute(
            update(CaseStudy).where(CaseStudy.slug == "river")
            .values(status=status, author_id=cast.moderator.id)
        )  # fmt: skip
    program = program_of(cast.administrator)
    for ask in (client.get, lambda path: program("GET", path.removeprefix("/api/v1"))):
        assert ask("/api/v1/cases/river").status_code == 404
        whole = ask("/api/v1/cases?q=fishers").text + ask("/api/v1/cases").text
        assert "River" not in whole
        assert '"KH"' not in whole


@pytest.mark.parametrize(
    "query",
    ["country=nepal", "country=NP&country=KH", "goal=18", "demand=love", "unknown=1", "limit=0",
     "language=EN_us", "partner=", "cursor=zzz"],
)  # fmt: skip
def test_what_a_call_may_not_say_is_422(client: FlaskClient, library: None, query: str) -> None:
    assert client.get(f"/api/v1/cases?{query}").status_code == 422


def test_a_list_costs_few_statements(client: FlaskClient, library: None, engine: Engine) -> None:
    _get(client, "/cases")
    with counted(engine) as statements:
        _get(client, "/cases?q=vilage")
    assert len(statements) <= 5
