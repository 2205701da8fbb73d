"""The desk's people: who sees whom, finding somebody, closing an account."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from academy.db import session
from academy.people.models import Person
from academy.people.queries import PeopleFilter, list_people
from academy.people.service import create_person
from tests.cast import Cast
from tests.statements import counted

Browse = Callable[[Person], FlaskClient]
PAGE = "/desk/people/"


@pytest.fixture
def everybody(cast: Cast) -> list[Person]:
    create_person("Maya Gurung", "maya@example.org", country="NP", organisation="Handloom Co-op")
    return [cast.learner, cast.other_learner, cast.organiser, cast.administrator]


def test_an_organiser_sees_everybody(
    cast: Cast, everybody: list[Person], client_of: Browse
) -> None:
    page = client_of(cast.organiser).get(PAGE).text
    assert all(person.name in page for person in everybody)
    assert page.count("<h1") == 1


def test_a_focal_point_sees_the_people_of_her_country_only(
    cast: Cast, everybody: list[Person], client_of: Browse
) -> None:
    browser = client_of(cast.focal_point)
    page = browser.get(PAGE).text
    assert "Maya Gurung" in page
    assert not any(person.name in page for person in everybody)
    assert browser.get(f"{PAGE}{cast.learner.id}").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "q=GURUNG",
        "q=handloom",
        "q=maya@example",
        "country=NP&q=maya",
        "q=Maya&role=&after=99999999999",
    ],
)
def test_somebody_is_found(
    cast: Cast, everybody: list[Person], client_of: Browse, query: str
) -> None:
    page = client_of(cast.organiser).get(f"{PAGE}?{query}").text
    assert "Maya Gurung" in page
    assert "Sutrisno" not in page


def test_people_are_found_by_role(cast: Cast, everybody: list[Person], client_of: Browse) -> None:
    page = client_of(cast.organiser).get(f"{PAGE}?role=administrator").text
    assert "Tenzin" in page
    assert "Maya Gurung" not in page


def test_a_percent_sign_in_a_search_is_a_percent_sign(
    cast: Cast, everybody: list[Person], client_of: Browse
) -> None:
    assert "Nobody fits" in client_of(cast.organiser).get(f"{PAGE}?q=%25").text


def test_a_long_list_is_paged_without_losing_or_doubling_anybody(
    cast: Cast, everybody: list[Person]
) -> None:
    seen, after = [], 0
    while True:
        page = list_people(cast.organiser, PeopleFilter(), after=after, limit=2)
        seen += [person.id for person in page.people]
        after = page.next_after
        if not after:
            break
    assert len(seen) == len(set(seen)) == session.query(Person).count()


def test_the_list_costs_four_statements(
    cast: Cast, everybody: list[Person], engine: Engine
) -> None:
    viewer = cast.organiser
    with counted(engine) as statements:
        list_people(viewer, PeopleFilter())
    assert len(statements) == 4


def test_a_persons_page_shows_what_the_desk_may_know(
    cast: Cast, client_of: Browse, everybody: list[Person]
) -> None:
    page = client_of(cast.organiser).get(f"{PAGE}{cast.learner.id}").text
    assert "sreymom@example.org" in page
    assert "Close the account" not in page


@pytest.mark.parametrize("deed", ["disable", "enable", "end-sign-ins", "second-factor-removal"])
def test_only_an_administrator_manages_accounts(cast: Cast, client_of: Browse, deed: str) -> None:
    action = f"{PAGE}{cast.learner.id}/{deed}"
    assert client_of(cast.organiser).post(action).status_code == 403
    assert client_of(cast.focal_point).post(action).status_code == 404
    assert client_of(cast.learner).post(action).status_code == 403
    assert client_of(cast.administrator).get(action).status_code == 405
    assert client_of(cast.administrator).post(action).status_code == 303


def test_an_administrator_does_not_close_her_own_account(cast: Cast, client_of: Browse) -> None:
    browser = client_of(cast.administrator)
    assert browser.post(f"{PAGE}{cast.administrator.id}/disable").status_code == 403


def test_a_closed_account_is_signed_out_and_can_be_opened_again(
    cast: Cast, client_of: Browse
) -> None:
    browser, boss = client_of(cast.learner), client_of(cast.administrator)
    boss.post(f"{PAGE}{cast.learner.id}/disable")
    assert browser.get("/account/").status_code == 302
    assert "This account is closed" in boss.get(f"{PAGE}{cast.learner.id}").text
    boss.post(f"{PAGE}{cast.learner.id}/enable")
    assert client_of(cast.learner).get("/account/").status_code == 200


def test_a_stranger_signs_in_first_and_a_learner_may_not(
    cast: Cast, client: FlaskClient, client_of: Browse
) -> None:
    for page in (PAGE, f"{PAGE}{cast.other_learner.id}"):
        assert client.get(page).location == f"/sign-in?next={page}"
        assert client_of(cast.learner).get(page).status_code == 403
        assert client_of(cast.moderator).get(page).status_code == 403


def test_a_person_who_is_not_there_is_not_found(cast: Cast, client_of: Browse) -> None:
    assert client_of(cast.organiser).get(f"{PAGE}999999").status_code == 404
    assert client_of(cast.organiser).delete(f"{PAGE}{cast.learner.id}").status_code == 405
