"""The sign-up page: who joins, how the address is verified, and that it tells on nobody."""

from flask import Flask
from flask.testing import FlaskClient

from academy.db import session
from academy.people.models import Person
from academy.people.queries import find_person_by_address, standing_consents
from tests.cast import Cast
from tests.people.post_box import PostBox

NEWCOMER = {
    "name": "ស្រីមុំ", "email": "new@example.org", "country": "KH", "organisation": "",
    "language": "km", "zone": "Asia/Phnom_Penh", "password": "", "privacy": "y", "recording": "y",
}  # fmt: skip


def _newcomer() -> Person:
    person = find_person_by_address("new@example.org")
    assert person
    return person


def test_the_page_asks_one_name_and_a_country(client: FlaskClient) -> None:
    page = client.get("/sign-up").text
    assert 'name="name"' in page
    assert ">Cambodia<" in page
    assert "data-zone-guess" in page


def test_the_time_zone_is_the_one_that_the_browser_said(client: FlaskClient) -> None:
    client.set_cookie("zone", "Asia/Katmandu")
    assert '<option selected value="Asia/Kathmandu">' in client.get("/sign-up").text


def test_a_newcomer_joins_verifies_and_is_signed_in(client: FlaskClient, post_box: PostBox) -> None:
    assert client.post("/sign-up", data=NEWCOMER).location == "/sign-in/mail-sent"
    assert client.get("/account/").status_code == 302
    assert client.get(post_box.last.path).status_code == 200
    assert client.post(post_box.last.path).status_code == 303
    assert "ស្រីមុំ" in client.get("/account/").text


def test_what_the_newcomer_said_is_kept(client: FlaskClient, post_box: PostBox) -> None:
    client.post("/sign-up", data={**NEWCOMER, "organisation": "  Weavers  of Takeo "})
    person = _newcomer()
    assert (person.country, person.language, person.zone) == ("KH", "km", "Asia/Phnom_Penh")
    assert person.organisation == "Weavers of Takeo"
    assert standing_consents(person.id) == {"privacy", "recording"}
    assert person.addresses[0].verified_at is None


def test_one_letter_is_a_name(client: FlaskClient, post_box: PostBox) -> None:
    client.post("/sign-up", data={**NEWCOMER, "name": "O"})
    assert _newcomer().name == "O"


def test_nothing_is_kept_without_a_name_a_country_or_the_consent(
    client: FlaskClient, post_box: PostBox
) -> None:
    for missing in ({"name": "  "}, {"country": ""}, {"country": "XX"}, {"email": "no"},
                    {"zone": "Mars/Base"}, {"language": "zz"}):  # fmt: skip
        answer = client.post("/sign-up", data={**NEWCOMER, **missing})
        assert (answer.status_code, "error-summary" in answer.text) == (422, True)
    without = {key: value for key, value in NEWCOMER.items() if key != "privacy"}
    assert client.post("/sign-up", data=without).status_code == 422
    assert session.query(Person).count() == 0


def test_a_known_address_gets_the_same_answer_and_its_owner_a_mail(
    client: FlaskClient, cast: Cast, post_box: PostBox
) -> None:
    assert cast.learner
    answer = client.post("/sign-up", data={**NEWCOMER, "email": "SREYMOM@example.org"})
    new = client.post("/sign-up", data=NEWCOMER)
    assert (answer.status_code, answer.location) == (new.status_code, new.location)
    assert answer.text == new.text
    assert post_box.kinds == ["known_address", "verify_address"]
    assert post_box.letters[0].address == "sreymom@example.org"


def test_a_password_set_in_another_browser_does_not_survive_the_verification(
    app: Flask, client: FlaskClient, post_box: PostBox
) -> None:
    client.post("/sign-up", data={**NEWCOMER, "password": "the password of a stranger"})
    owner = app.test_client()
    owner.post(post_box.last.path)
    session.expire_all()
    assert _newcomer().password_hash is None


def test_a_password_set_in_the_same_browser_stays(client: FlaskClient, post_box: PostBox) -> None:
    client.post("/sign-up", data={**NEWCOMER, "password": "six woven baskets"})
    client.post(post_box.last.path)
    session.expire_all()
    assert _newcomer().password_hash


def test_the_roles_and_ids_that_a_request_adds_are_ignored(
    client: FlaskClient, post_box: PostBox
) -> None:
    extra = {"role": "administrator", "is_admin": "1", "id": "7", "verified_at": "2020-01-01"}
    client.post("/sign-up", data={**NEWCOMER, **extra})
    assert _newcomer().roles == []
    assert _newcomer().addresses[0].verified_at is None


def test_the_privacy_page_is_open_to_everybody(client: FlaskClient) -> None:
    assert client.get("/privacy").status_code == 200


def test_whoever_joins_on_the_way_to_a_series_gets_there(
    client: FlaskClient, post_box: PostBox
) -> None:
    page = client.get("/sign-in?next=/series/weaving/register").text
    assert "/sign-up?next=/series/weaving/register" in page
    client.post("/sign-up?next=/series/weaving/register", data=NEWCOMER)
    assert client.post(post_box.last.path).location == "/series/weaving/register"
