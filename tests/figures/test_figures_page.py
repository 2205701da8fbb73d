"""The page of figures: numbers with their definitions, for everybody, in four statements."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from academy.db import now, session, transaction
from academy.figures import views
from academy.people.models import Person
from academy.programme.models import LiveSession, Registration, Series
from tests.cast import Cast
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]


def test_everybody_reads_who_registered_and_who_came(client: FlaskClient, series: Series) -> None:
    page = client.get("/figures/may/")
    assert page.status_code == 200
    assert "1 of 3 registrants live in 1 Asian countries" in page.text
    assert "2.0" in page.text


def test_each_number_says_what_it_counts_and_as_of_when(
    client: FlaskClient, series: Series
) -> None:
    page = client.get("/figures/may/").text
    assert page.count("What this counts") == 6
    assert "As of" in page


def test_of_a_live_session_that_goes_on_the_numbers_are_of_so_far(
    client: FlaskClient, series: Series
) -> None:
    assert "numbers so far" not in client.get("/figures/may/").text
    with transaction():
        held = session.get_one(LiveSession, series.live_sessions[1].id)
        held.starts_at = now() - timedelta(minutes=20)
    views._drawn.clear()  # noqa: SLF001 (a page is drawn again after half a minute)
    assert client.get("/figures/may/").text.count("still running: numbers so far") == 1


def test_a_published_number_stands_beside_the_computed_ones(
    client: FlaskClient, series: Series
) -> None:
    with transaction():
        quoted = {"label": "Countries", "value": "34", "source": "A report", "note": "Parts: 32."}
        session.get_one(Series, series.id).citations = [quoted]
    assert "Parts: 32." in client.get("/figures/may/").text


def test_a_change_of_the_ledger_is_on_the_page_at_once(client: FlaskClient, series: Series) -> None:
    client.get("/figures/may/")
    with transaction():
        session.query(Registration).first().cancelled_at = series.created_at  # type: ignore[union-attr]
        session.get_one(Series, series.id).version += 1
    assert "of 2 registrants" in client.get("/figures/may/").text


@pytest.mark.parametrize(("visit", "most"), [(1, 4), (2, 1)])
def test_a_reader_costs_four_statements_at_first_and_then_one(
    client: FlaskClient, series: Series, engine: Engine, visit: int, most: int
) -> None:
    if visit == 2:
        client.get("/figures/may/")
    with counted(engine) as statements:
        client.get("/figures/may/")
    assert len(statements) <= most


def test_the_file_has_each_figure_with_its_definition(client: FlaskClient, series: Series) -> None:
    answer = client.get("/figures/may/figures.csv")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "attended,may-1,2,matched people" in answer.text


def test_the_figures_of_a_draft_are_for_organisers_only(
    client: FlaskClient, client_of: ClientOf, cast: Cast, series: Series
) -> None:
    with transaction():
        session.get_one(Series, series.id).status = "draft"
    assert client.get("/figures/may/").status_code == 404
    assert client_of(cast.learner).get("/figures/may/figures.csv").status_code == 404
    assert client_of(cast.organiser).get("/figures/may/").status_code == 200


def test_a_series_that_does_not_exist_has_no_figures(client: FlaskClient) -> None:
    assert client.get("/figures/none/").status_code == 404


def test_figures_are_only_read(client: FlaskClient, series: Series) -> None:
    assert client.post("/figures/may/").status_code in {400, 405}


def test_a_quoted_number_stands_beside_ours_for_the_same_thing(
    client: FlaskClient, series: Series
) -> None:
    quoted = {"label": "Registered", "value": "34", "source": "A report", "figure": "registrants"}
    with transaction():
        session.get_one(Series, series.id).citations = [quoted]
    page = " ".join(client.get("/figures/may/").text.split())
    assert 'data-label="Published" class="table__number">34</td>' in page
    assert 'data-label="From the ledger" class="table__number">3</td>' in page
