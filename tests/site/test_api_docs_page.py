"""The API's own description, as a document and as a page."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from academy.security.scopes import SCOPES
from academy.site.api import AREAS


def document(client: FlaskClient) -> dict[str, object]:
    answer = client.get("/api/v1/openapi.json")
    assert isinstance(answer.json, dict)
    return answer.json


def test_every_address_of_the_api_is_described(app: Flask, client: FlaskClient) -> None:
    described = {
        (method.upper(), path)
        for path, methods in document(client)["paths"].items()  # type: ignore[attr-defined]
        for method in methods
    }
    answered = {
        (method, rule.rule.removeprefix("/api/v1"))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint.endswith("_api." + rule.endpoint.rsplit(".", 1)[-1])
    }
    plain = {(m, p.replace("<int:", "{").replace("<", "{").replace(">", "}")) for m, p in answered}
    assert described == plain


def test_every_scope_is_needed_by_a_call_and_every_call_needs_one_or_is_open() -> None:
    operations = [each for area in AREAS for each in area.operations]
    assert {each.scope for each in operations if each.scope} == set(SCOPES)
    open_ones = {each.path for each in operations if each.is_open}
    assert open_ones == {"/cases", "/cases/{slug}", "/featured-cases"}


def test_what_is_open_is_described_as_needing_no_token(client: FlaskClient) -> None:
    paths: dict[str, dict[str, dict[str, object]]] = document(client)["paths"]  # type: ignore[assignment]
    assert paths["/cases"]["get"]["security"] == []
    assert "401" not in paths["/cases"]["get"]["responses"]  # type: ignore[operator]
    assert "Open to everybody" in client.get("/api/v1/docs").text


def test_the_document_is_31_and_its_schemas_are_valid(client: FlaskClient) -> None:
    whole = document(client)
    assert whole["openapi"] == "3.1.0"
    components: dict[str, dict[str, object]] = whole["components"]  # type: ignore[assignment]
    for schema in components["schemas"].values():
        Draft202012Validator.check_schema(schema)  # type: ignore[arg-type]


def test_the_page_shows_every_call_with_an_example(client: FlaskClient) -> None:
    page = client.get("/api/v1/docs").text
    for area in AREAS:
        for each in area.operations:
            assert f'id="{each.name}"' in page
    assert "curl --request POST" in page


def test_the_page_needs_no_other_host(client: FlaskClient) -> None:
    page = client.get("/api/v1/docs").text
    assert 'src="http' not in page
    assert 'href="http' not in page


@pytest.mark.parametrize("path", ["/api/v1/docs", "/api/v1/openapi.json"])
def test_the_description_is_read_only(client: FlaskClient, path: str) -> None:
    assert client.post(path).status_code == 405
