"""Input that no database could keep is the visitor's mistake, never a fault of ours."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from academy.people.models import Person
from tests.cast import Cast
from tests.programme.scenes import a_series

ClientOf = Callable[[Person], FlaskClient]


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**40])
def test_an_id_that_no_row_can_have_is_404(client: FlaskClient, number: int) -> None:
    assert client.get(f"/dev/mail/{number}").status_code == 404


@pytest.mark.parametrize("address", ["/series/a%00b/", "/?q=%00", "/dev/mail?before=%00"])
def test_a_nul_in_an_address_is_400(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 400


def test_a_nul_in_a_form_is_400(client: FlaskClient) -> None:
    assert client.post("/sign-in", data={"email": "a\x00@example.org"}).status_code == 400


@pytest.mark.parametrize("before", ["-1", "0", "x", "99999999999999999999", "", "1.5"])
def test_a_number_of_a_page_that_is_nonsense_shows_the_first(
    client: FlaskClient, before: str
) -> None:
    assert client.get(f"/dev/mail?before={before}").status_code == 200


@pytest.mark.parametrize("limit", ["'", "\\", "%", "_", "\u202e", "\ud7ff", "1 OR 1=1", "a" * 5000])
def test_whatever_is_looked_for_finds_nothing_and_breaks_nothing(
    cast: Cast, client_of: ClientOf, limit: str
) -> None:
    client = client_of(cast.administrator)
    for address in ("/desk/log?action={}&actor={}", "/desk/people/?q={}&country={}"):
        answer = client.get(address.format(limit, limit))
        assert answer.status_code == 200


def test_a_slug_of_a_megabyte_is_not_found(client: FlaskClient) -> None:
    a_series("weaving")
    assert client.get(f"/series/{'a' * 100_000}/").status_code == 404
