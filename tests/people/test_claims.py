"""An address that somebody added without proof keeps nobody else from being its owner."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from academy.db import session
from academy.people.models import Person
from academy.people.queries import find_address, find_person_by_address
from academy.people.service.newcomers import Newcomer, add_newcomers
from academy.people.service.persons import create_person
from tests.cast import Cast
from tests.people.post_box import PostBox

Browse = Callable[[Person], FlaskClient]
THEIRS = "victim@example.org"


@pytest.fixture
def claimant(cast: Cast, client_of: Browse, post_box: PostBox) -> Person:
    client_of(cast.learner).post("/account/addresses", data={"email": THEIRS})
    session.expire_all()
    return cast.learner


def test_a_claimed_address_names_nobody(claimant: Person) -> None:
    assert find_address(THEIRS)
    assert find_person_by_address(THEIRS) is None


def test_no_sign_in_link_is_mailed_into_the_account_of_the_claimant(
    claimant: Person, post_box: PostBox, client: FlaskClient
) -> None:
    client.post("/sign-in/link", data={"email": THEIRS})
    assert "sign_in_link" not in post_box.kinds


def test_the_owner_signs_up_all_the_same(claimant: Person) -> None:
    owner = create_person("Owner", THEIRS)
    session.expire_all()
    assert find_person_by_address(THEIRS) == owner


def test_a_file_brings_the_owner_and_not_the_claimant(claimant: Person) -> None:
    (person_id,) = add_newcomers([Newcomer("Owner", THEIRS, THEIRS, None, "", "en", "")])
    session.expire_all()
    known = find_person_by_address(THEIRS)
    assert known
    assert known.id == person_id != claimant.id


def test_another_account_can_add_it_too(
    claimant: Person, cast: Cast, client_of: Browse, post_box: PostBox
) -> None:
    client_of(cast.organiser).post("/account/addresses", data={"email": THEIRS})
    session.expire_all()
    known = find_address(THEIRS)
    assert known
    assert (known.person_id, post_box.last.kind) == (cast.organiser.id, "verify_address")
