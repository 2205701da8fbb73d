"""The sign-in page: with a password, by a mailed link, with a second factor, and out again."""

from collections.abc import Callable

import pyotp
import pytest
from flask.testing import FlaskClient

from academy.db import transaction
from academy.people.models import Person
from academy.people.passwords import hash_password
from academy.people.service.mailed_links import store_password
from tests.cast import Cast
from tests.people.post_box import PostBox

PASSWORD = "six woven baskets"


@pytest.fixture
def learner(cast: Cast, post_box: PostBox) -> Person:
    return _with_password(cast.learner)


def _with_password(person: Person) -> Person:
    with transaction() as current:
        store_password(current.merge(person), hash_password(PASSWORD))
    return person


def _enter(client: FlaskClient, address: str, password: str = PASSWORD, query: str = "") -> int:
    data = {"email": address, "password": password}
    return client.post("/sign-in" + query, data=data).status_code


def test_the_page_shows_the_ways_in(client: FlaskClient) -> None:
    page = client.get("/sign-in").text
    assert "<h1" in page
    assert "/sign-in/link" in page
    assert "/sign-up" in page


def test_address_and_password_sign_a_person_in(client: FlaskClient, learner: Person) -> None:
    assert _enter(client, "Sreymom@Example.org") == 303
    assert client.get("/account/").status_code == 200


def test_a_wrong_password_says_so_and_keeps_the_address(
    client: FlaskClient, learner: Person
) -> None:
    data = {"email": "sreymom@example.org", "password": "not this one"}
    answer = client.post("/sign-in", data=data)
    assert answer.status_code == 422
    assert 'value="sreymom@example.org"' in answer.text
    assert "do not fit" in answer.text
    assert client.get("/account/").status_code == 302


def test_signing_in_leads_where_the_visitor_wanted_to_go(
    client: FlaskClient, learner: Person
) -> None:
    wall = client.get("/account/consents")
    assert wall.location == "/sign-in?next=/account/consents"
    data = {"email": "sreymom@example.org", "password": PASSWORD}
    assert client.post(wall.location, data=data).location == "/account/consents"


def test_whoever_is_signed_in_goes_on_from_the_sign_in_page(
    cast: Cast, client_of: Callable[[Person], FlaskClient]
) -> None:
    assert client_of(cast.learner).get("/sign-in?next=/account/").location == "/account/"


def test_an_address_that_was_never_verified_is_mailed_a_link_first(
    client: FlaskClient, learner: Person, post_box: PostBox
) -> None:
    with transaction() as current:
        current.merge(learner).addresses[0].verified_at = None
    data = {"email": "sreymom@example.org", "password": PASSWORD}
    answer = client.post("/sign-in", data=data)
    assert (answer.location, post_box.last.kind) == ("/sign-in/mail-sent", "verify_address")
    client.post(post_box.last.path)
    client.post("/sign-out")
    assert _enter(client, "sreymom@example.org") == 303


def test_a_mailed_link_signs_a_person_in_once(
    client: FlaskClient, cast: Cast, post_box: PostBox
) -> None:
    assert cast.learner
    asked = client.post("/sign-in/link?next=/account/", data={"email": "sreymom@example.org"})
    assert asked.location == "/sign-in/mail-sent"
    link = post_box.last.path
    assert client.get(link).status_code == 200
    assert client.post(link).location == "/account/"
    assert client.get("/account/").status_code == 200
    assert client.post(link).status_code == 410


def test_opening_a_mailed_link_changes_nothing(
    client: FlaskClient, cast: Cast, post_box: PostBox
) -> None:
    assert cast.learner
    client.post("/sign-in/link", data={"email": "sreymom@example.org"})
    for _scanner in range(3):
        assert client.get(post_box.last.path).status_code == 200
        assert client.head(post_box.last.path).status_code == 200
    assert client.get("/account/").status_code == 302
    assert client.post(post_box.last.path).status_code == 303


def test_a_link_that_nobody_made_is_gone(client: FlaskClient) -> None:
    assert client.get("/sign-in/link/nonsense").status_code == 410
    assert client.post("/sign-in/link/nonsense").status_code == 410
    assert client.get("/verify-address/nonsense").status_code == 410
    assert client.get("/reset-password/nonsense").status_code == 410


def test_the_address_of_a_mailed_link_is_told_to_no_other_site(client: FlaskClient) -> None:
    assert client.get("/sign-in/link/nonsense").headers["Referrer-Policy"] == "no-referrer"


def test_staff_are_signed_in_only_after_the_second_factor(
    client: FlaskClient, cast: Cast, post_box: PostBox
) -> None:
    _with_password(cast.organiser)
    data = {"email": "aisyah@example.org", "password": PASSWORD}
    assert client.post("/sign-in", data=data).location.startswith("/sign-in/second-factor")
    assert client.get("/account/").status_code == 302
    assert client.get("/sign-in/second-factor").status_code == 200
    code = pyotp.TOTP(cast.organiser.totp_secret or "").now()
    assert client.post("/sign-in/second-factor", data={"code": code}).status_code == 303
    assert client.get("/desk/people/").status_code == 200


def test_a_wrong_second_factor_signs_nobody_in(
    client: FlaskClient, cast: Cast, post_box: PostBox
) -> None:
    _with_password(cast.organiser)
    _enter(client, "aisyah@example.org")
    assert client.post("/sign-in/second-factor", data={"code": "abc"}).status_code == 422
    assert client.post("/sign-in/second-factor", data={}).status_code == 422
    assert client.get("/desk/people/").status_code == 302


def test_the_second_factor_is_asked_only_of_whoever_began_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/sign-in/second-factor").location == "/sign-in?next=/"
    assert client.post("/sign-in/second-factor", data={"code": "1"}).status_code == 303


def test_signing_out_ends_the_sign_in_and_clears_the_browser(
    cast: Cast, client_of: Callable[[Person], FlaskClient]
) -> None:
    browser = client_of(cast.learner)
    with browser.session_transaction() as cookie:
        token = cookie["_user_id"]
    answer = browser.post("/sign-out")
    assert '"cookies"' in answer.headers["Clear-Site-Data"]
    with browser.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert browser.get("/account/").status_code == 302


def test_signing_out_is_not_done_by_a_link(client: FlaskClient) -> None:
    assert client.get("/sign-out").status_code == 405


@pytest.mark.parametrize(
    "email", ["", "nobody", "a@b@c.org", "a@b.org,c@d.org", "a@b.org\r\nBcc: x@y"]
)
def test_what_is_no_address_gets_a_sentence(client: FlaskClient, email: str) -> None:
    answer = client.post("/sign-in/link", data={"email": email})
    assert answer.status_code == 422
    assert "error-summary" in answer.text
