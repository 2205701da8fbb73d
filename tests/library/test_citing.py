"""References, metadata and the feed of cases: complete, escaped, the same from every host."""

import json
import re
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient

from academy.config import Settings
from academy.library.citing import Reference, as_bibtex, as_ris
from academy.library.content import CaseFile
from academy.library.service import load_cases
from tests.library.conftest import FOREST, record

ATOM = "{http://www.w3.org/2005/Atom}"
BAD = "50 % of_all {rice} & $1\r\nER  - \\input{x}"


def _reference(**changes: str) -> Reference:
    told = {"slug": "forest", "title": "Forest", "summary": "Kept.", "language": "en"} | changes
    return Reference(**told, version=3, day=date(2026, 5, 2), address="https://a.example/cases/f/")


def _home(app: Flask) -> str:
    settings: Settings = app.config["ACADEMY"]
    return settings.base_url


def test_the_page_says_how_to_cite_it(client: FlaskClient, app: Flask, library: None) -> None:
    page = client.get("/cases/forest/").text
    assert "<cite>Forest of the village</cite> (version 1 of " in page
    assert f"{_home(app)}/cases/forest/" in page


def test_bibtex_holds_no_command_that_a_title_smuggled_in() -> None:
    entry = as_bibtex(_reference(title=BAD))
    assert r"50 \% of\_all \{rice\} \& \$1 ER  - \textbackslash{}input\{x\}" in entry
    assert entry.startswith("@misc{sse-academy-forest-v3,\n")
    assert "month        = may," in entry
    assert entry.count("\n") == 10


def test_ris_is_one_line_a_tag_whatever_a_title_holds() -> None:
    lines = as_ris(_reference(title=BAD, summary="a\u2028TY  - X")).split("\r\n")
    assert [line[:6] for line in lines] == [
        "TY  - ", "AU  - ", "TI  - ", "T2  - ", "PB  - ", "PY  - ", "DA  - ", "ET  - ", "LA  - ",
        "AB  - ", "UR  - ", "ER  - ", "",
    ]  # fmt: skip
    assert lines[6] == "DA  - 2026/05/02"


@pytest.mark.parametrize(
    ("kind", "mimetype"),
    [("bib", "application/x-bibtex"), ("ris", "application/x-research-info-systems")],
)
def test_a_reference_is_a_file(
    client: FlaskClient, library: None, kind: str, mimetype: str
) -> None:
    answer = client.get(f"/cases/forest/case.{kind}")
    assert answer.mimetype == mimetype
    assert answer.headers["Content-Disposition"] == f"attachment; filename=forest.{kind}"
    assert client.get(f"/cases/nothing/case.{kind}").status_code == 404


def _metadata(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found is not None
    facts: dict[str, Any] = json.loads(found[1])
    return facts


def test_search_engines_read_what_the_page_tells(client: FlaskClient, app: Flask) -> None:
    told = record(
        places=[{"country": "NP", "locality": "Dolakha"}], organisation={"name": "User groups"}
    )
    load_cases([CaseFile("forest", told)])
    facts = _metadata(client.get("/cases/forest/").text)
    assert (facts["@type"], facts["inLanguage"], facts["version"]) == ("Article", "en", 1)
    assert facts["url"] == facts["@id"] == f"{_home(app)}/cases/forest/"
    assert facts["contentLocation"][0]["name"] == "Dolakha, Nepal"
    assert [each["name"] for each in facts["about"]] == ["User groups", "Forest Federation"]
    assert facts["citation"] == [{"@type": "CreativeWork", "name": "A book"}]
    assert facts["isPartOf"]["url"] == f"{_home(app)}/cases/"
    assert {"datePublished", "dateModified"} <= set(facts)


def test_metadata_end_no_element_and_begin_none(client: FlaskClient, app: Flask) -> None:
    bad = "</script><script>alert(1)</script><!-- &amp;"
    load_cases([CaseFile("bad", record(title=bad, summary=bad))])
    page = client.get("/cases/bad/").text
    assert _metadata(page)["name"] == bad
    assert "<script>alert" not in page


def _entries(client: FlaskClient, host: str) -> list[tuple[str | None, str | None]]:
    feed = ET.fromstring(client.get("/cases/feed.atom", base_url=host).text)  # noqa: S314 (ours)
    return [
        (entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}updated"))
        for entry in feed.iter(f"{ATOM}entry")
    ]


def test_entries_keep_their_ids_from_every_host_and_are_updated_when_the_case_is(
    client: FlaskClient, app: Flask, library: None
) -> None:
    before = dict(_entries(client, "http://127.0.0.1:8000"))
    assert before == dict(_entries(client, "http://inside.example"))
    assert f"{_home(app)}/cases/forest/" in before
    load_cases([FOREST, CaseFile("river", record(title="Another river"))])
    after = dict(_entries(client, "http://127.0.0.1:8000"))
    river, forest = (f"{_home(app)}/cases/{slug}/" for slug in ("river", "forest"))
    assert (after[river] or "") > (before[river] or "")
    assert after[forest] == before[forest]
