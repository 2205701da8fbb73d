"""The corpus typed into the pages on which members write cases, and read on all that show them."""

import re
from collections.abc import Callable, Iterator
from html import unescape

from flask import Flask
from flask.testing import FlaskClient

from academy.db import session
from academy.library.models import CaseStudy
from academy.library.steps import SECTIONS
from tests.cast import Cast, sign_in_to
from tests.library.cases import a_told_draft
from tests.security.spoiled import chunks, take_turns
from tests.security.test_markup_everywhere import faults_of_page

_BOX = re.compile(r"<(?:textarea|input|select)\b[^>]*\bname=\"([^\"]+)\"")


def _boxes(page: str) -> set[str]:
    return set(_BOX.findall(page)) - {"csrf_token", "marks", "do"}


def _marks(page: str) -> str:
    found = re.search(r'name="marks" value="([^"]*)"', page)
    return unescape(found[1]) if found else ""


def _type_everywhere(
    writer: FlaskClient, case_id: int, line: Callable[[], str]
) -> Iterator[tuple[str, int, str]]:
    """Fill every box of every step, and one more row of each kind; give what came back."""
    for step in SECTIONS:
        address = f"/cases/write/{case_id}/{step}/"
        page = writer.get(address).text
        rows = {re.sub(r"-0-", "-1-", name) for name in _boxes(page)} | _boxes(page)
        data = {name: line() for name in sorted(rows)} | {"marks": _marks(page)}
        answer = writer.post(address, data=data, follow_redirects=True)
        yield address, answer.status_code, answer.text


def test_every_step_takes_the_corpus_or_gives_it_back_as_text(app: Flask, cast: Cast) -> None:
    case, line = a_told_draft(cast.learner), take_turns(280)
    writer = sign_in_to(app.test_client(), cast.learner)
    for _ in range(2):
        for address, status, page in _type_everywhere(writer, case.id, line):
            assert status < 500, address
            assert faults_of_page(page) == [], address
    for step in (*SECTIONS, "check", "people"):
        page = writer.get(f"/cases/write/{case.id}/{step}/").text
        assert faults_of_page(page) == [], step


def _spoil(writer: FlaskClient, case_id: int) -> None:
    """Put the corpus into what is published of the case, as far as a record takes it."""
    line, long = take_turns(250), "\n\n".join(chunks(5_000)[:1])
    fields: dict[str, dict[str, str]] = {
        "about": {"title": line(), "summary": line(), "language": "en", "kind": "peer"},
        "place": {"places-0-country": "PH", "places-0-locality": line()},
        "need": {"demands": "jobs", "approach": long, "technology": long},
        "sharing": {"shared_within_country": long, "shared_across_borders": long},
        "lessons": {f"lessons-{each}-text": line() for each in range(9)},
    }
    for step, data in fields.items():
        writer.post(f"/cases/write/{case_id}/{step}/", data=data)


def test_review_versions_and_the_page_show_the_corpus_as_text(app: Flask, cast: Cast) -> None:
    case = a_told_draft(cast.learner)
    writer = sign_in_to(app.test_client(), cast.learner)
    librarian = sign_in_to(app.test_client(), cast.moderator)
    _spoil(writer, case.id)
    writer.post(f"/cases/write/{case.id}/submission")
    review = f"/cases/review/{case.id}/"
    for words in chunks(1_500):
        answer = librarian.post(
            f"{review}comments/", data={"field": "approach", "words": words}, follow_redirects=True
        )
        assert faults_of_page(answer.text) == []
    page = librarian.get(review).text
    number = re.search(r'name="submission" value="(\d+)"', page)
    assert number is not None
    note = chunks(900)[0]
    data = {"submission": number[1], "action": "publish", "note": note}
    assert librarian.post(review, data=data).status_code == 302
    slug = session.get_one(CaseStudy, case.id).slug
    shown = [review, "/cases/review/", "/cases/write/", f"/cases/write/{case.id}/need/"]
    shown += [f"/cases/{slug}/{more}" for more in ("", "versions/", "versions/1/", "withdrawal")]
    for path in shown:
        for client in (writer, librarian):
            assert faults_of_page(client.get(path).text) == [], path
    assert "canary()" in app.test_client().get(f"/cases/{slug}/").text
