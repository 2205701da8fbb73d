"""One calendar of all live sessions of a person: everything in it, secret, renewable."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import Engine

from academy.db import session, transaction
from academy.people.models import Person
from academy.programme.models import Series
from academy.programme.service import cancel_registration, register
from tests.cast import Cast
from tests.programme.scenes import a_series
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]


@pytest.fixture
def two(cast: Cast) -> tuple[Series, Series]:
    """Return two series to come for which the learner is registered."""
    first, second = a_series(weeks=2), a_series(weeks=3, title="Dyeing together")
    for each in (first, second):
        register(cast.learner, each, source="api")
    return first, second


def _address(browser: FlaskClient) -> str:
    page = browser.get("/my/live-sessions/").text
    own = page[page.index('id="own-calendar"') :]
    found = re.search(r"/calendar/[^/\s<\"]+\.ics", own)
    assert found is not None
    return found[0]


def _entries(text: str) -> dict[str, str]:
    calendar = Calendar.from_ical(text)
    return {str(one["UID"]): str(one["LOCATION"]) for one in calendar.walk("VEVENT")}


def test_it_holds_the_live_sessions_of_every_series(
    client: FlaskClient, client_of: ClientOf, cast: Cast, two: tuple[Series, Series]
) -> None:
    answer = client.get(_address(client_of(cast.learner)))
    assert answer.mimetype == "text/calendar"
    entries = _entries(answer.text)
    assert len(entries) == sum(len(each.live_sessions) for each in two)
    assert len(set(entries.values())) == 2
    assert all("/j/" in place for place in entries.values())


def test_what_was_left_is_in_it_no_more(
    client: FlaskClient, client_of: ClientOf, cast: Cast, two: tuple[Series, Series]
) -> None:
    address = _address(client_of(cast.learner))
    before = _entries(client.get(address).text)
    registration = register(cast.learner, two[0], source="api")
    cancel_registration(registration)
    assert len(_entries(client.get(address).text)) == len(before) - len(two[0].live_sessions)


def test_a_new_address_closes_the_old_one(
    client: FlaskClient, client_of: ClientOf, cast: Cast, two: tuple[Series, Series]
) -> None:
    browser = client_of(cast.learner)
    old = _address(browser)
    assert "shows nothing any more" in browser.post("/my/calendar", follow_redirects=True).text
    assert client.get(old).status_code == 410
    assert client.get(_address(browser)).status_code == 200


def test_a_closed_account_and_a_forged_token_show_nothing(
    client: FlaskClient, client_of: ClientOf, cast: Cast, two: tuple[Series, Series]
) -> None:
    address = _address(client_of(cast.learner))
    forged = address.replace(address[-8], "0" if address[-8] != "0" else "1")
    assert client.get(forged).status_code == 404
    with transaction():
        session.get_one(Person, cast.learner.id).disabled_at = two[0].created_at
    assert client.get(address).status_code == 404


def test_it_costs_two_statements_however_many_series(
    client: FlaskClient, client_of: ClientOf, cast: Cast, two: tuple[Series, Series], engine: Engine
) -> None:
    address = _address(client_of(cast.learner))
    with counted(engine) as statements:
        client.get(address)
    assert len(statements) <= 2
