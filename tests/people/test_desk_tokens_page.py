"""The desk's API tokens: made, shown once, revoked."""

import re
from collections.abc import Callable

from flask.testing import FlaskClient

from academy.db import session
from academy.people.forms.desk import SCOPE_WORDS
from academy.people.models import ApiToken, Person
from academy.people.queries import find_api_token
from academy.people.service.api_tokens import create_api_token
from academy.security.scopes import SCOPES
from tests.cast import Cast

Browse = Callable[[Person], FlaskClient]
PAGE = "/desk/tokens/"
ASKED = {"name": "Figures for the website", "scopes": ["figures:read"], "days": "90"}


def _make(browser: FlaskClient) -> str:
    page = browser.post(PAGE, data=ASKED)
    assert page.status_code == 201
    found: list[str] = re.findall(r"sse_[\w-]{43}", page.text)
    return found[0]


def test_a_token_is_made_and_shown_once(cast: Cast, client_of: Browse) -> None:
    browser = client_of(cast.organiser)
    secret = _make(browser)
    again = browser.get(PAGE).text
    assert "Figures for the website" in again
    assert secret not in again


def test_only_the_hash_of_a_token_is_kept(cast: Cast, client_of: Browse) -> None:
    secret = _make(client_of(cast.organiser))
    row = session.query(ApiToken).one()
    assert secret not in repr(vars(row))
    assert len(row.token_hash) == 64
    found = find_api_token(secret)
    assert found
    assert (found.id, found.scopes) == (row.id, ["figures:read"])


def test_a_revoked_token_opens_nothing(cast: Cast, client_of: Browse) -> None:
    browser = client_of(cast.organiser)
    secret = _make(browser)
    row = session.query(ApiToken).one()
    assert browser.post(f"{PAGE}{row.id}/revocation").status_code == 303
    assert find_api_token(secret) is None
    assert browser.post(f"{PAGE}{row.id}/revocation").status_code == 404


def test_a_token_needs_a_purpose_and_a_scope(cast: Cast, client_of: Browse) -> None:
    browser = client_of(cast.organiser)
    wrongs: list[dict[str, object]] = [
        {"name": ""},
        {"scopes": []},
        {"scopes": ["all:write"]},
        {"days": "9999"},
    ]
    for wrong in wrongs:
        assert browser.post(PAGE, data=wrong).status_code == 422
    assert session.query(ApiToken).count() == 0


def test_the_token_of_another_is_not_there_unless_for_an_administrator(
    cast: Cast, client_of: Browse
) -> None:
    token, _secret = create_api_token(cast.administrator, "Backups", ["figures:read"])
    mine, _mine_secret = create_api_token(cast.organiser, "Imports", ["figures:read"])
    organiser, boss = client_of(cast.organiser), client_of(cast.administrator)
    assert "Backups" not in organiser.get(PAGE).text
    assert organiser.post(f"{PAGE}{token.id}/revocation").status_code == 404
    assert "Imports" in boss.get(PAGE).text
    assert boss.post(f"{PAGE}{mine.id}/revocation").status_code == 303


def test_only_organisers_and_administrators_open_the_page(
    cast: Cast, client: FlaskClient, client_of: Browse
) -> None:
    assert client.get(PAGE).location == f"/sign-in?next={PAGE}"
    for person in (cast.learner, cast.moderator, cast.focal_point):
        assert client_of(person).get(PAGE).status_code == 403
        assert client_of(person).post(PAGE, data=ASKED).status_code == 403
    assert client_of(cast.organiser).put(PAGE).status_code == 405


def test_every_scope_has_words_that_can_be_translated() -> None:
    assert set(SCOPE_WORDS) == set(SCOPES)
