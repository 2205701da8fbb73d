"""The map of the cases: each country a link, and beneath it the same in words."""

import re
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from academy.library.content import CaseFile
from academy.library.places import MOST_TITLES, find_places
from academy.library.queries import Wish
from academy.library.service import load_cases
from tests.library.conftest import BANK, FOREST, RIVER, record
from tests.statements import counted

SVG = "{http://www.w3.org/2000/svg}"


def _ways(page: str) -> dict[str, str]:
    """Return where each circle leads, by the words that a screen reader says."""
    picture = re.search(r"<svg class=\"world-map .*?</svg>", page, re.DOTALL)
    assert picture is not None
    tree = ET.fromstring(picture[0])  # noqa: S314 (our own page)
    return {way.findtext("title", ""): way.get("href", "") for way in tree.iter("a")}


def test_each_circle_leads_to_the_cases_of_its_country(client: FlaskClient, library: None) -> None:
    ways = _ways(client.get("/cases/map/").text)
    assert ways["Nepal 1"] == "/cases/?country=NP"
    assert set(ways) == {"Nepal 1", "Cambodia 1", "Laos 1", "Thailand 1"}


def test_what_was_chosen_and_asked_stays(client: FlaskClient, library: None) -> None:
    page = client.get("/cases/map/?demand=commons&q=village").text
    assert set(_ways(page)) == {"Nepal 1"}
    assert _ways(page)["Nepal 1"] == "/cases/?demand=commons&country=NP&q=village"
    assert "“village”" in page
    assert 'href="/cases/?demand=commons&amp;q=village"' in page
    assert "view=world&amp;demand=commons" in page or "demand=commons&amp;" in page


def test_the_list_and_the_map_lead_to_one_another(client: FlaskClient, library: None) -> None:
    page = client.get("/cases/?goal=15&q=forest").text
    assert 'href="/cases/map/?goal=15&amp;q=forest"' in page


def test_the_same_stands_beneath_in_words(client: FlaskClient, library: None) -> None:
    page = client.get("/cases/map/").text
    words = page[page.index('id="places"') :]
    for name, title in (("Nepal", "Forest of the village"), ("Thailand", "Bank of the village")):
        assert words.index(name) < words.index(title, words.index(name))
    assert "3 cases from 4 countries" in page


def test_the_whole_world_is_shown_where_asia_has_none(client: FlaskClient, app: object) -> None:
    load_cases([CaseFile("grant", record(places=[{"country": "BR"}]))])
    assert "world-map--world" in client.get("/cases/map/").text


def test_what_fits_nothing_and_an_empty_shelf_say_so(client: FlaskClient, library: None) -> None:
    assert "No case fits all of that" in client.get("/cases/map/?country=XX").text
    assert "world-map--asia" in client.get("/cases/map/?view=moon").text


def test_only_what_is_published_is_on_the_map(client: FlaskClient, library: None) -> None:
    load_cases([FOREST, RIVER])
    page = client.get("/cases/map/").text
    assert "Bank of the village" not in page
    assert "Laos" not in page


def test_a_country_of_many_names_its_first_and_leads_to_the_others(app: object) -> None:
    load_cases([CaseFile(f"case-{each}", record(title=f"Case {each}")) for each in range(9)])
    [nepal] = find_places(Wish(), None).countries
    assert (nepal.count, len(nepal.titles), nepal.others) == (9, MOST_TITLES, 9 - MOST_TITLES)


@pytest.mark.parametrize(("address", "most"), [("/cases/map/", 3), ("/cases/map/?q=vilage", 5)])
def test_the_map_costs_few_statements(
    client: FlaskClient, library: None, engine: Engine, address: str, most: int
) -> None:
    load_cases([FOREST, RIVER, BANK])
    client.get(address)
    with counted(engine) as statements:
        assert client.get(address).status_code == 200
    assert len(statements) <= most
