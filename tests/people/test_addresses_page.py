"""The addresses page: several verified addresses of one person, one of them the primary."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from academy.db import session
from academy.people.models import Person
from academy.people.queries import find_address, list_addresses
from tests.cast import Cast
from tests.people.post_box import PostBox

Browse = Callable[[Person], FlaskClient]
NEW = "second@example.org"


@pytest.fixture
def browser(cast: Cast, client_of: Browse, post_box: PostBox) -> FlaskClient:
    return client_of(cast.learner)


def _add_verified(browser: FlaskClient, post_box: PostBox) -> int:
    browser.post("/account/addresses", data={"email": NEW})
    browser.post(post_box.last.path)
    session.expire_all()
    added = find_address(NEW)
    assert added
    assert added.verified_at
    return added.id


def test_an_address_is_added_and_verified_by_its_mail(
    cast: Cast, browser: FlaskClient, post_box: PostBox
) -> None:
    _add_verified(browser, post_box)
    assert post_box.last.address == NEW
    assert [one.address for one in list_addresses(cast.learner.id)] == ["sreymom@example.org", NEW]


def test_another_address_becomes_the_primary_and_both_are_told(
    browser: FlaskClient, post_box: PostBox
) -> None:
    address_id = _add_verified(browser, post_box)
    browser.post(f"/account/addresses/{address_id}/primary")
    assert {letter.address for letter in post_box.letters if letter.kind == "address_changed"} == {
        "sreymom@example.org", NEW,
    }  # fmt: skip
    session.expire_all()
    known = find_address(NEW)
    assert known
    assert known.is_primary


def test_an_unverified_address_does_not_become_the_primary(
    browser: FlaskClient, post_box: PostBox
) -> None:
    browser.post("/account/addresses", data={"email": NEW})
    added = find_address(NEW)
    assert added
    browser.post(f"/account/addresses/{added.id}/primary")
    after = find_address(NEW)
    assert after
    assert not after.is_primary


def test_an_address_of_somebody_else_gets_the_same_answer_and_changes_nothing(
    cast: Cast, browser: FlaskClient, post_box: PostBox
) -> None:
    theirs = cast.other_learner.addresses[0].address
    taken = browser.post("/account/addresses", data={"email": theirs}, follow_redirects=True)
    assert "We sent a mail to this address" in taken.text
    assert post_box.kinds == ["known_address"]
    assert len(list_addresses(cast.learner.id)) == 1


def test_an_address_is_given_up_but_never_the_primary(
    cast: Cast, browser: FlaskClient, post_box: PostBox
) -> None:
    address_id = _add_verified(browser, post_box)
    primary = list_addresses(cast.learner.id)[0]
    browser.post(f"/account/addresses/{primary.id}/removal")
    browser.post(f"/account/addresses/{address_id}/removal")
    assert [one.address for one in list_addresses(cast.learner.id)] == ["sreymom@example.org"]


def test_the_mail_can_be_sent_again(browser: FlaskClient, post_box: PostBox) -> None:
    browser.post("/account/addresses", data={"email": NEW})
    added = find_address(NEW)
    assert added
    browser.post(f"/account/addresses/{added.id}/verification")
    assert post_box.kinds == ["verify_address", "verify_address"]


@pytest.mark.parametrize("deed", ["primary", "removal", "verification"])
def test_the_addresses_of_others_are_not_there(cast: Cast, browser: FlaskClient, deed: str) -> None:
    theirs = cast.other_learner.addresses[0].id
    assert browser.post(f"/account/addresses/{theirs}/{deed}").status_code == 404


def test_a_mailed_link_dies_when_its_address_is_given_up(
    browser: FlaskClient, client: FlaskClient, post_box: PostBox
) -> None:
    address_id = _add_verified(browser, post_box)
    client.post("/sign-in/link", data={"email": NEW})
    link = post_box.last.path
    browser.post(f"/account/addresses/{address_id}/removal")
    assert client.post(link).status_code == 410


def test_nobody_collects_more_than_ten_addresses(
    cast: Cast, browser: FlaskClient, post_box: PostBox
) -> None:
    for number in range(9):
        browser.post("/account/addresses", data={"email": f"number{number}@example.org"})
    assert browser.post("/account/addresses", data={"email": NEW}).status_code == 422
    assert len(list_addresses(cast.learner.id)) == 10
