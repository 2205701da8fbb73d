"""Choosing a new password: by a mailed link, and while signed in."""

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from academy.db import session
from academy.people.models import Person
from tests.cast import Cast
from tests.people.post_box import PostBox

Browse = Callable[[Person], FlaskClient]
NEW = "seven woven baskets"


def _hash(person: Person) -> str | None:
    session.expire_all()
    return session.get_one(Person, person.id).password_hash


def test_a_mailed_link_leads_to_a_new_password(
    client: FlaskClient, cast: Cast, post_box: PostBox
) -> None:
    assert cast.learner
    asked = client.post("/reset-password", data={"email": "sreymom@example.org"})
    link = post_box.last.path
    assert (asked.location, client.get(link).status_code) == ("/sign-in/mail-sent", 200)
    assert client.post(link, data={"password": NEW}).status_code == 303
    assert client.get("/account/").status_code == 200
    assert post_box.last.kind == "password_changed"
    assert _hash(cast.learner)


def test_a_bad_new_password_leaves_the_link_usable(
    client: FlaskClient, cast: Cast, post_box: PostBox
) -> None:
    assert cast.learner
    client.post("/reset-password", data={"email": "sreymom@example.org"})
    link = post_box.last.path
    for bad in ("", "short", "password", "sreymom1"):
        assert client.post(link, data={"password": bad}).status_code == 422
    assert client.post(link, data={"password": NEW}).status_code == 303


def test_a_new_password_is_chosen_while_signed_in(
    cast: Cast, client_of: Browse, post_box: PostBox
) -> None:
    browser = client_of(cast.learner)
    assert browser.post("/account/password", data={"password": "x"}).status_code == 422
    assert browser.post("/account/password", data={"password": NEW}).status_code == 303
    assert browser.get("/account/").status_code == 200
    assert (_hash(cast.learner) or "").startswith("$argon2id$")


def test_what_is_asked_of_an_unknown_address_looks_the_same(
    app: Flask, cast: Cast, post_box: PostBox
) -> None:
    assert cast.learner
    answers = [
        app.test_client().post("/reset-password", data={"email": email})
        for email in ("sreymom@example.org", "nobody@example.org")
    ]
    assert answers[0].status_code == answers[1].status_code
    assert answers[0].data == answers[1].data
    assert post_box.kinds == ["reset_password"]


def test_a_mailed_link_is_not_a_page_for_other_methods(client: FlaskClient) -> None:
    assert client.put("/reset-password/nonsense").status_code == 405
    assert client.delete("/sign-in").status_code == 405
