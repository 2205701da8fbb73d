"""The pages of the library: lists that narrow, one case, its files, and who sees what."""

import json
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from academy.library.queries import Wish, find_shelf
from academy.library.service import load_cases
from academy.people.models import Person
from tests.cast import Cast
from tests.library.conftest import BANK, FOREST, RIVER, record
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]
ATOM = {"atom": "http://www.w3.org/2005/Atom"}


def test_everybody_finds_the_cases(client: FlaskClient, library: None) -> None:
    page = client.get("/cases/")
    assert page.status_code == 200
    assert "3 cases" in page.text
    assert "Forest of the village" in page.text


def test_an_empty_library_says_what_will_be_here(client: FlaskClient, app: object) -> None:
    assert "The shelf is empty" in client.get("/cases/").text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("country=NP", {"forest"}),
        ("country=NP&country=KH", {"forest", "river"}),
        ("demand=commons&goal=14", {"river"}),
        ("country=TH", {"bank"}),
        ("partner=Forest+Federation", {"forest", "river"}),
        ("country=XX", set()),
        ("q=village&country=NP", {"forest"}),
    ],
)
def test_values_of_one_facet_are_any_and_facets_together_all(
    client: FlaskClient, library: None, asked: str, found: set[str]
) -> None:
    page = client.get(f"/cases/?{asked}").text
    assert {slug for slug in ("forest", "river", "bank") if f"/cases/{slug}/" in page} == found


def test_a_choice_is_a_link_that_takes_itself_away(client: FlaskClient, library: None) -> None:
    page = client.get("/cases/?country=NP").text
    chosen = page[page.index('aria-current="true"') - 120 : page.index('aria-current="true"')]
    assert 'href="/cases/"' in chosen


def test_what_fits_nothing_offers_the_whole_shelf(client: FlaskClient, library: None) -> None:
    assert "Show all cases" in client.get("/cases/?country=XX").text


def test_a_case_tells_what_is_known_and_asks_for_the_rest(
    client: FlaskClient, library: None
) -> None:
    page = client.get("/cases/forest/").text
    assert "They watch it in turns." in page
    assert "Which tools or techniques does it take?" in page


def test_like_cases_come_with_the_reason(client: FlaskClient, library: None) -> None:
    page = client.get("/cases/forest/").text
    assert "River without owner" in page
    assert "in common: Forest Federation" in page


def test_both_sides_of_a_disagreement_are_shown(client: FlaskClient, app: object) -> None:
    sayings = [{"source": "book", "text": "In Laos."}, {"source": "book", "text": "In Cambodia."}]
    told = record(disagreements=[{"about": "Where it is", "sayings": sayings}])
    load_cases([FOREST.__class__("told", told)])
    page = client.get("/cases/told/").text
    assert "In Laos." in page
    assert "In Cambodia." in page


def test_nothing_that_a_file_says_runs_in_a_browser(client: FlaskClient, app: object) -> None:
    bad = "<script>alert(1)</script>[x](javascript:alert(1))"
    load_cases([FOREST.__class__("bad", record(approach=bad, summary=bad, title=bad))])
    page = client.get("/cases/bad/").text
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_the_files_of_a_case_say_the_same(client: FlaskClient, library: None) -> None:
    document = json.loads(client.get("/cases/forest/case.json").text)
    assert document["approach"] == "They watch it in turns."
    assert document["version"] == 1
    markdown = client.get("/cases/forest/case.md")
    assert markdown.mimetype == "text/markdown"
    assert markdown.text.startswith("# Forest of the village")


def test_the_markdown_of_a_case_tells_all_that_its_record_tells(
    client: FlaskClient, app: object
) -> None:
    result = {"what": "Looms [new]", "value": 1664918, "unit": "looms", "year": 1991}
    told = record(
        title="Looms <b>", organisation={"name": "Panmai", "country": "TH"},
        results=[result | {"source": "book"}, {"what": "Villages", "value": 8, "source": "book"}],
        lessons=["First.\n\nMore of it.", "Second."], features={"triangular": "not shown"},
    )  # fmt: skip
    load_cases([FOREST.__class__("looms", told)])
    lines = client.get("/cases/looms/case.md").text.splitlines()
    assert lines[0] == r"# Looms \<b\>"
    assert {
        "- **Where:** Nepal", "- **Who runs it:** Panmai (Thailand)",
        "- Forest Federation (Nepal)", r"- Looms \[new\]: 1,664,918 looms (1991) \[book\]",
        r"- Villages: 8 \[book\]", "- First.", "  More of it.", "- Second.", "- 15 Life on land",
        "- **Planet:** The forest grows.", r"- \[book\] A book",
        "- **A partner from the North beside partners of the South:** Its sources show none.",
        "- Whom does it serve, and how many are they?",
    } <= set(lines)  # fmt: skip


def test_the_card_of_a_case_tells_what_was_learned(client: FlaskClient, app: object) -> None:
    load_cases([FOREST.__class__("learned", record(lessons=["Ask first.", "Then act."]))])
    card, _, rest = client.get("/cases/learned/").text.partition("</dl>")
    assert "Ask first." in card
    assert '<a href="#lessons">and 1 other</a>' in card
    assert "Then act." in rest


def test_the_feed_is_atom_with_an_entry_for_each_case(client: FlaskClient, library: None) -> None:
    feed = client.get("/cases/feed.atom")
    assert feed.mimetype == "application/atom+xml"
    entries = ET.fromstring(feed.text).findall("atom:entry", ATOM)  # noqa: S314 (ours)
    assert len(entries) == 3


def test_the_matrix_counts_by_country_and_need(client: FlaskClient, library: None) -> None:
    page = client.get("/cases/by-demand/").text
    assert "/cases/?country=LA&amp;demand=finance" in page
    assert "/cases/?country=LA&amp;demand=commons" not in page


def test_a_withdrawn_case_is_gone_for_readers_and_marked_for_librarians(
    client: FlaskClient, client_of: ClientOf, cast: Cast, library: None
) -> None:
    load_cases([FOREST, RIVER])
    assert client.get("/cases/bank/").status_code == 404
    assert client_of(cast.learner).get("/cases/bank/").status_code == 404
    assert "Withdrawn" in client_of(cast.moderator).get("/cases/bank/").text
    for role in (cast.moderator, cast.learner):
        assert "/cases/bank/" not in client_of(role).get("/cases/?q=women").text


@pytest.mark.parametrize(
    ("address", "most"),
    [("/cases/", 4), ("/cases/?q=village", 5), ("/cases/?q=vilage", 6), ("/cases/forest/", 4)],
)
def test_pages_cost_few_statements_whatever_the_shelf_holds(
    client: FlaskClient, library: None, engine: Engine, address: str, most: int
) -> None:
    client.get(address)
    with counted(engine) as statements:
        assert client.get(address).status_code == 200
    assert len(statements) <= most


def test_a_long_shelf_is_paged(client: FlaskClient, app: object) -> None:
    many = [BANK.__class__(f"case-{each}", record(title=f"Case {each:03}")) for each in range(65)]
    load_cases(many)
    assert "31 to 60 of 65" in client.get("/cases/?page=2").text
    assert client.get("/cases/?page=999").status_code == 200
    assert client.post("/cases/").status_code == 405


def test_facets_count_a_case_as_it_is_after_every_change(client: FlaskClient, app: object) -> None:
    def counts(query: str = "") -> dict[str, list[tuple[str, int]]]:
        words, _, country = query.partition(" in ")
        wish = Wish(words, {"country": (country,)} if country else {})
        return {name: list(values) for name, values in find_shelf(wish, None).facets.items()}

    load_cases([FOREST, RIVER, BANK])
    assert counts()["country"] == [("KH", 1), ("LA", 1), ("NP", 1), ("TH", 1)]
    assert counts()["partner"] == [("Forest Federation", 2)]
    assert counts("village in NP")["goal"] == [("15", 1)]
    moved = record(places=[{"country": "VN"}], partners=[{"name": "Others"}])
    load_cases([FOREST.__class__("forest", moved), RIVER])
    assert counts()["country"] == [("KH", 1), ("VN", 1)]
    assert counts()["partner"] == [("Forest Federation", 1), ("Others", 1)]
    load_cases([])
    assert set(map(len, counts().values())) == {0}


def test_what_was_chosen_stands_above_the_cases_each_with_its_way_out(
    client: FlaskClient, library: None
) -> None:
    page = client.get("/cases/?country=NP&goal=14").text  # nothing fits both
    _, _, chosen = page.partition('<ul class="shelf__chosen">')
    chosen, _, rest = chosen.partition("</ul>")
    assert '<a href="/cases/?goal=14">Nepal ' in chosen
    assert '<a href="/cases/?country=NP">Life below water ' in chosen
    assert "No case fits all of that" in rest
    assert "shelf__chosen" not in client.get("/cases/?q=forest").text
