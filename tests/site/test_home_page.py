"""The front page: the next live session first, then the series."""

from flask.testing import FlaskClient
from sqlalchemy import Engine

from academy.db import session
from academy.programme.models import LiveSession
from academy.programme.service import cancel_live_session
from tests.programme.scenes import a_series
from tests.statements import counted


def test_an_empty_academy_still_welcomes(client: FlaskClient) -> None:
    page = client.get("/")
    assert (page.status_code, "No series yet" in page.text) == (200, True)


def test_the_live_session_that_comes_next_comes_first(client: FlaskClient) -> None:
    later = a_series("later", in_days=9)
    soon = a_series("soon", in_days=2)
    assert 'href="/live-sessions/soon-1/"' in client.get("/").text
    cancel_live_session(session.get_one(LiveSession, soon.live_sessions[0].id))
    assert f'href="/live-sessions/{later.slug}-1/"' in client.get("/").text


def test_a_draft_is_not_on_the_front_page(client: FlaskClient) -> None:
    a_series("weaving", title="Weaving together", published=False)
    assert "Weaving together" not in client.get("/").text


def test_it_costs_at_most_three_statements(client: FlaskClient, engine: Engine) -> None:
    a_series("weaving", weeks=5)
    with counted(engine) as statements:
        client.get("/")
    assert len(statements) <= 3


def test_it_is_only_read(client: FlaskClient) -> None:
    assert client.post("/").status_code == 405
