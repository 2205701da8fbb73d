"""The public pages of a series and its live sessions."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from academy.db import session, transaction
from academy.people.models import Person
from academy.programme.service import cancel_series, register, withdraw_series
from tests.cast import Cast
from tests.programme.scenes import a_series, somebody
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]


def test_everybody_sees_a_published_series(client: FlaskClient) -> None:
    a_series("weaving", title="Weaving together", weeks=2)
    page = client.get("/series/weaving/")
    assert (page.status_code, "Weaving together" in page.text) == (200, True)
    assert "weaving-2" in page.text


def test_the_readers_own_clock_comes_first(client: FlaskClient) -> None:
    a_series("weaving")
    client.set_cookie("zone", "Asia/Kathmandu", domain="127.0.0.1")
    client.set_cookie("zone", "Asia/Kathmandu")
    text = client.get("/live-sessions/weaving-1/").text
    assert text.index("11:45 in Kathmandu") < text.index("14:00 in Kuala Lumpur")


@pytest.mark.parametrize("address", ["/series/weaving/", "/live-sessions/weaving-1/"])
def test_a_draft_is_for_organisers_only(
    address: str, client: FlaskClient, client_of: ClientOf, cast: Cast
) -> None:
    a_series("weaving", published=False)
    assert client.get(address).status_code == 404
    assert client_of(cast.learner).get(address).status_code == 404
    assert client_of(cast.organiser).get(address).status_code == 200


@pytest.mark.parametrize("address", ["/series/weaving/", "/live-sessions/weaving-1/", "/series/"])
def test_what_is_invented_is_said_on_every_page(address: str, client: FlaskClient) -> None:
    series = a_series("weaving")
    with transaction():
        series.illustrative = "The people in it are invented."
    words = "llustrative" if address == "/series/" else "The people in it are invented."
    assert words in client.get(address).text


def test_published_numbers_are_quoted_with_their_source(client: FlaskClient) -> None:
    series = a_series("weaving")
    with transaction():
        series.citations = [{"label": "Countries", "value": "34", "source": "ASEC 2020",
                             "note": "Its parts give 32."}]  # fmt: skip
    text = client.get("/series/weaving/").text
    assert "ASEC 2020" in text
    assert "Its parts give 32." in text


def test_a_description_is_cleaned(client: FlaskClient) -> None:
    series = a_series("weaving")
    with transaction():
        series.description = "**Bold** <script>alert(1)</script> [link](javascript:alert(1))"
    text = client.get("/series/weaving/").text
    assert "<strong>Bold</strong>" in text
    assert "<script>alert" not in text
    assert 'href="javascript' not in text


@pytest.mark.parametrize("address", ["/series/weaving/", "/live-sessions/weaving-1/", "/series/"])
def test_pages_cost_few_statements(
    address: str, engine: Engine, client: FlaskClient, client_of: ClientOf, cast: Cast
) -> None:
    series = a_series("weaving", weeks=5, capacity=1)
    register(somebody(), series)
    register(cast.learner, series)
    reader = client_of(cast.learner)
    session.expunge_all()
    with counted(engine) as anonymous:
        assert client.get(address).status_code == 200
    session.expunge_all()
    with counted(engine) as signed_in:
        assert reader.get(address).status_code == 200
    assert len(anonymous) <= 4
    assert len(signed_in) <= 5


def test_the_waiting_list_shows_the_position(client_of: ClientOf, cast: Cast) -> None:
    series = a_series("weaving", capacity=1)
    for person in (somebody(), somebody(), cast.learner):
        register(person, series)
    assert "Waiting, number 2" in client_of(cast.learner).get("/series/weaving/").text


def test_a_withdrawn_series_is_gone_and_a_cancelled_one_says_so(client: FlaskClient) -> None:
    withdraw_series(a_series("weaving"))
    cancel_series(a_series("plaiting"))
    assert client.get("/series/weaving/").status_code == 404
    assert "Called off" in client.get("/series/plaiting/").text


@pytest.mark.parametrize("address", ["/series/", "/series/weaving/", "/live-sessions/weaving-1/"])
def test_a_page_is_only_read(address: str, client: FlaskClient) -> None:
    a_series("weaving")
    assert client.post(address).status_code == 405
