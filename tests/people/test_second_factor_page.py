"""The second factor's page: scanned, confirmed, recovered from, taken away."""

import re
from collections.abc import Callable

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient

from academy.config import Settings
from academy.db import session
from academy.people.models import Person
from academy.people.service import grant_role, start_sign_in
from tests.cast import Cast

Browse = Callable[[Person], FlaskClient]
PAGE = "/account/second-factor"


@pytest.fixture
def browser(cast: Cast, client_of: Browse) -> FlaskClient:
    return client_of(cast.learner)


def _set_up(browser: FlaskClient, person: Person) -> list[str]:
    browser.post(PAGE)
    session.expire_all()
    secret = session.get_one(Person, person.id).totp_secret or ""
    page = browser.post(f"{PAGE}/confirmation", data={"code": pyotp.TOTP(secret).now()}).text
    return re.findall(r"<code>([a-z2-7-]{19})</code>", page)


def test_looking_at_the_page_makes_no_secret(cast: Cast, browser: FlaskClient) -> None:
    assert "Set it up" in browser.get(PAGE).text
    session.expire_all()
    assert session.get_one(Person, cast.learner.id).totp_secret is None


def test_the_secret_is_shown_as_a_picture_and_as_letters(cast: Cast, browser: FlaskClient) -> None:
    browser.post(PAGE)
    page = browser.get(PAGE).text
    secret = session.get_one(Person, cast.learner.id).totp_secret or ""
    assert "<svg" in page
    assert secret[:4] in page


def test_the_first_code_puts_it_in_force_and_shows_ten_recovery_codes(
    cast: Cast, browser: FlaskClient
) -> None:
    codes = _set_up(browser, cast.learner)
    assert len(set(codes)) == 10
    page = browser.get(PAGE).text
    assert "In force" in page
    assert not any(code in page for code in codes)


def test_a_wrong_first_code_leaves_it_out_of_force(cast: Cast, browser: FlaskClient) -> None:
    browser.post(PAGE)
    assert browser.post(f"{PAGE}/confirmation", data={"code": "12"}).status_code == 422
    session.expire_all()
    assert not session.get_one(Person, cast.learner.id).has_second_factor


def test_new_recovery_codes_replace_the_old_ones(cast: Cast, browser: FlaskClient) -> None:
    first = _set_up(browser, cast.learner)
    page = browser.post(f"{PAGE}/recovery-codes").text
    second = re.findall(r"<code>([a-z2-7-]{19})</code>", page)
    assert len(second) == 10
    assert set(first).isdisjoint(second)


def test_recovery_codes_need_a_second_factor(browser: FlaskClient) -> None:
    assert browser.post(f"{PAGE}/recovery-codes").status_code == 409


def test_it_is_taken_away(cast: Cast, browser: FlaskClient) -> None:
    _set_up(browser, cast.learner)
    browser.post(f"{PAGE}/removal")
    session.expire_all()
    assert not session.get_one(Person, cast.learner.id).has_second_factor


def _new_organiser(app: Flask, cast: Cast) -> FlaskClient:
    grant_role(cast.learner, "organiser")
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie["_user_id"] = start_sign_in(cast.learner)
    return browser


def test_the_desk_sends_staff_without_a_second_factor_to_set_one_up(app: Flask, cast: Cast) -> None:
    browser = _new_organiser(app, cast)
    assert browser.get("/desk/people/").location == f"{PAGE}?next=/desk/people/"
    assert "The desk opens after this step" in browser.get(PAGE).text
    _set_up(browser, cast.learner)
    assert browser.get("/desk/people/").status_code == 200


def test_until_then_staff_are_learners_on_every_page(app: Flask, cast: Cast) -> None:
    assert 'href="/desk/' not in _new_organiser(app, cast).get("/account/").text


def test_on_ones_own_machine_it_can_wait_until_the_next_sign_in(app: Flask, cast: Cast) -> None:
    browser = _new_organiser(app, cast)
    assert "Not now" in browser.get(PAGE).text
    assert browser.post(f"{PAGE}/skip?next=/desk/people/").location == "/desk/people/"
    assert browser.get("/desk/people/").status_code == 200
    browser.post("/sign-out")
    assert browser.get("/desk/people/").status_code == 302


def test_in_production_it_cannot_wait(
    app: Flask, cast: Cast, production: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "ACADEMY", production)
    browser = _new_organiser(app, cast)
    assert "Not now" not in browser.get(PAGE).text
    assert browser.post(f"{PAGE}/skip").status_code == 404
    with browser.session_transaction() as cookie:
        cookie["second_factor_skipped"] = True
    assert browser.get("/desk/people/").status_code == 302


def test_whoever_has_a_second_factor_cannot_skip_it(cast: Cast, client_of: Browse) -> None:
    assert client_of(cast.organiser).post(f"{PAGE}/skip").status_code == 404
