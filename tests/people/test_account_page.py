"""The account page: what a person says of herself, and her consents."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from academy.db import session
from academy.people.models import Person
from academy.people.queries import standing_consents
from tests.cast import Cast

Browse = Callable[[Person], FlaskClient]
PROFILE = {
    "name": "Sutrisno", "called": "Pak Tris", "latin_name": "", "country": "ID",
    "organisation": "Batik cooperative", "language": "id", "zone": "Asia/Jakarta",
}  # fmt: skip
PAGES = (
    "/account/", "/account/addresses", "/account/password", "/account/sign-ins",
    "/account/second-factor", "/account/consents", "/account/proof",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_account_works_and_has_one_heading(
    cast: Cast, client_of: Browse, page: str
) -> None:
    answer = client_of(cast.learner).get(page)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_sent_to_sign_in(client: FlaskClient, page: str) -> None:
    assert client.get(page).location == f"/sign-in?next={page}"


@pytest.mark.parametrize("page", PAGES)
def test_the_account_knows_no_other_method(cast: Cast, client_of: Browse, page: str) -> None:
    assert client_of(cast.learner).delete(page).status_code == 405


def test_what_a_person_says_of_herself_is_kept(cast: Cast, client_of: Browse) -> None:
    browser = client_of(cast.other_learner)
    assert browser.post("/account/", data=PROFILE).status_code == 303
    assert "Pak Tris" in browser.get("/account/").text
    person = session.get_one(Person, cast.other_learner.id)
    assert (person.called, person.language) == ("Pak Tris", "id")


@pytest.mark.parametrize("wrong", [{"name": " "}, {"country": "XX"}, {"zone": "Mars/Base"}])
def test_what_cannot_be_is_refused_and_what_was_typed_stays(
    cast: Cast, client_of: Browse, wrong: dict[str, str]
) -> None:
    answer = client_of(cast.other_learner).post("/account/", data={**PROFILE, **wrong})
    assert answer.status_code == 422
    assert "Batik cooperative" in answer.text


def test_consents_are_given_and_taken_back(cast: Cast, client_of: Browse) -> None:
    browser, person_id = client_of(cast.learner), cast.learner.id
    browser.post("/account/consents", data={"recording": "y", "mail_news": "y"})
    assert standing_consents(person_id) == {"privacy", "recording", "mail_news"}
    browser.post("/account/consents", data={"mail_news": "y"})
    assert standing_consents(person_id) == {"privacy", "mail_news"}


def test_the_sign_ins_are_listed_and_each_can_be_ended(cast: Cast, client_of: Browse) -> None:
    here, there = client_of(cast.learner), client_of(cast.learner)
    page = here.get("/account/sign-ins").text
    assert page.count("This browser") == 1
    action = page.split('action="/account/sign-ins/')[1].split('"')[0]
    assert here.post(f"/account/sign-ins/{action}").status_code == 303
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200


def test_all_other_sign_ins_end_at_once(cast: Cast, client_of: Browse) -> None:
    here, there = client_of(cast.learner), client_of(cast.learner)
    here.post("/account/sign-ins/end-others")
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200


def test_nobody_ends_the_sign_in_of_another(cast: Cast, client_of: Browse) -> None:
    mine, others = client_of(cast.learner), client_of(cast.other_learner)
    others.get("/account/")
    page = client_of(cast.other_learner).get("/account/sign-ins").text
    action = page.split('action="/account/sign-ins/')[1].split('"')[0]
    assert mine.post(f"/account/sign-ins/{action}").status_code == 404
    assert others.get("/account/").status_code == 200


def test_a_name_stays_on_one_line_and_no_request_changes_who_one_is(
    cast: Cast, client_of: Browse
) -> None:
    extra = {"id": "1", "role": "administrator", "roles": "administrator", "password_hash": "x"}
    said = {**PROFILE, **extra, "name": "Tris\r\nBcc: everybody@example.org"}
    client_of(cast.other_learner).post("/account/", data=said)
    person = session.get_one(Person, cast.other_learner.id)
    assert person.name == "Tris Bcc: everybody@example.org"
    assert (person.roles, person.password_hash) == ([], None)


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30])
def test_an_id_that_no_row_can_have_is_not_found(
    cast: Cast, client_of: Browse, number: int
) -> None:
    browser = client_of(cast.administrator)
    assert browser.get(f"/desk/people/{number}").status_code == 404
    for action in ("account/sign-ins/{}/end", "account/addresses/{}/primary",
                   "desk/roles/{}/removal", "desk/tokens/{}/revocation"):  # fmt: skip
        assert browser.post("/" + action.format(number)).status_code == 404
