"""Featured cases: chosen by librarians for a time, in their order, and gone with the case."""

from collections.abc import Callable
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from academy.db import now, session
from academy.library.content import CaseFile
from academy.library.featured import find_feature, find_featured
from academy.library.models import CaseStudy, FeaturedCase
from academy.library.service import load_cases
from academy.library.service.featuring import NotToFeature, feature, feature_no_more, move
from academy.library.views.featured import slug_in
from academy.people.models import Person
from tests.cast import Cast
from tests.library.conftest import BANK, FOREST
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]
pytestmark = pytest.mark.usefixtures("library")
TODAY = now().date()
WEEK = timedelta(days=7)


def _case(slug: str) -> CaseStudy:
    return session.scalars(select(CaseStudy).where(CaseStudy.slug == slug)).one()


def _shown(on: date | None = None) -> list[str]:
    return [one.slug for one in find_featured(on=on)]


def _data(**changes: str) -> dict[str, str]:
    return {
        "case": "/cases/forest/", "why": "Its season is now.", "language": "en",
        "from_on": TODAY.isoformat(), "until_on": "",
    } | changes  # fmt: skip


def test_a_librarian_puts_a_case_in_front_of_everybody(
    client: FlaskClient, client_of: ClientOf, cast: Cast
) -> None:
    page = client_of(cast.organiser).post(
        "/desk/featured-cases/", data=_data(), follow_redirects=True
    ).text  # fmt: skip
    assert "is on the list" in page
    for path in ("/", "/cases/", "/cases/featured.atom"):
        assert "Its season is now." in client.get(path).text
    assert "Its season is now." not in client.get("/cases/?q=forest").text
    assert ET.fromstring(client.get("/cases/featured.atom").data).tag.endswith("feed")  # noqa: S314
    said = client.get("/api/v1/featured-cases").get_json()["items"]
    assert [(one["slug"], one["why"]) for one in said] == [("forest", "Its season is now.")]


def test_it_stands_there_from_its_first_day_to_its_last(cast: Cast) -> None:
    feature(_case("forest"), cast.organiser, "Now", from_on=TODAY, until_on=TODAY + WEEK)
    feature(_case("bank"), cast.organiser, "Later", from_on=TODAY + WEEK)
    assert _shown() == ["forest"]
    assert _shown(TODAY + WEEK) == ["forest", "bank"]
    assert _shown(TODAY + 2 * WEEK) == ["bank"]


def test_what_is_withdrawn_leaves_by_itself_and_comes_back(cast: Cast) -> None:
    feature(_case("forest"), cast.organiser, "Now")
    load_cases([BANK])
    assert _shown() == []
    load_cases([FOREST, BANK])
    assert _shown() == ["forest"]


def test_the_order_is_the_librarians_own(cast: Cast) -> None:
    for slug in ("forest", "river", "bank"):
        feature(_case(slug), cast.moderator, "Now")
    river = find_feature("river")
    assert river is not None
    move(river, cast.moderator, -1)
    assert _shown() == ["river", "forest", "bank"]
    move(river, cast.moderator, -1)
    move(river, cast.moderator, 1)
    assert _shown() == ["forest", "river", "bank"]


def test_taking_one_off_keeps_its_sentence_for_the_way_back(
    client_of: ClientOf, cast: Cast
) -> None:
    browser = client_of(cast.moderator)
    browser.post("/desk/featured-cases/", data=_data())
    page = browser.post("/desk/featured-cases/forest/removal", follow_redirects=True).text
    assert "in front no more" in page
    assert _shown() == []
    form = browser.get("/desk/featured-cases/?case=forest").text
    assert 'value="Its season is now."' in form
    assert f'value="{TODAY}"' in form
    browser.post("/desk/featured-cases/", data=_data(why="Again."))
    assert [one.why for one in find_featured()] == ["Again."]
    browser.post("/desk/featured-cases/forest/place", data={"step": "up"})
    assert browser.post("/desk/featured-cases/none/removal").status_code == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"case": "/cases/nowhere/"}, "There is no such case."),
        ({"why": "  "}, "Say in a sentence why."),
        ({"why": "x" * 301}, "Field cannot be longer"),
        ({"until_on": "2020-01-01"}, "This is before the first day."),
        ({"case": "gone"}, "Only a published case"),
    ],
)
def test_what_cannot_be_put_in_front_is_given_back_with_the_reason(
    client_of: ClientOf, cast: Cast, changes: dict[str, str], said: str
) -> None:
    load_cases([FOREST, BANK, CaseFile("gone", FOREST.record)])
    load_cases([FOREST, BANK])
    answer = client_of(cast.organiser).post("/desk/featured-cases/", data=_data(**changes))
    assert answer.status_code == 400
    assert said in answer.text
    assert session.scalars(select(FeaturedCase)).all() == []


def test_learners_feature_nothing(cast: Cast) -> None:
    with pytest.raises(NotToFeature):
        feature(_case("forest"), cast.learner, "Mine")
    chosen = feature(_case("forest"), cast.organiser, "Now")
    with pytest.raises(NotToFeature):
        feature_no_more(chosen, cast.learner)
    with pytest.raises(NotToFeature):
        move(chosen, cast.learner, 1)


@pytest.mark.parametrize(
    "pasted",
    ["forest", "/cases/forest/", " https://academy.example.org/cases/forest/?x=1#lessons "],
)
def test_an_address_may_be_pasted_as_it_stands(pasted: str) -> None:
    assert slug_in(pasted) == "forest"


def test_the_shelf_costs_one_statement_more(
    client: FlaskClient, cast: Cast, engine: Engine
) -> None:
    for slug in ("forest", "river", "bank"):
        feature(_case(slug), cast.moderator, "Now")
    with counted(engine) as home:
        client.get("/")
    assert len(home) <= 3
