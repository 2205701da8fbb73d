"""Writing a case through its pages: steps, rows without a script, two people, strangers."""

import json
import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from academy.db import session
from academy.library.draft_queries import read_contents
from academy.library.models import CaseStudy, CaseWriter
from academy.library.steps import SECTIONS
from academy.people.models import Person
from tests.cast import Cast
from tests.library.cases import a_draft, a_submission, a_told_draft

ClientOf = Callable[[Person], FlaskClient]


def _marks(page: str) -> str:
    found = re.search(r'name="marks" value="([^"]*)"', page)
    assert found is not None
    return unescape(found[1])


def test_a_member_begins_a_case_and_fills_it_in_step_by_step(
    cast: Cast, client_of: ClientOf
) -> None:
    writer = client_of(cast.learner)
    assert "You have not begun a case yet" in writer.get("/cases/write/").text
    begun = writer.post(
        "/cases/write/new", data={"title": "Dry fish", "country": "KH", "language": "km"}
    )
    about = begun.location
    assert about.endswith("/about/")
    told = {"title": "Dry fish", "language": "km", "kind": "peer", "summary": "They dry it."}
    onward = writer.post(about, data=told | {"marks": _marks(writer.get(about).text), "do": "next"})
    assert onward.location == about.replace("about", "place")
    assert "They dry it." in writer.get(about).text
    assert "Dry fish" in writer.get("/cases/write/").text


@pytest.mark.parametrize("step", [*SECTIONS, "check"])
def test_every_step_is_a_page_with_its_questions(
    cast: Cast, client_of: ClientOf, step: str
) -> None:
    case = a_told_draft(cast.learner)
    page = client_of(cast.learner).get(f"/cases/write/{case.id}/{step}/")
    assert page.status_code == 200
    assert 'aria-current="step"' in page.text


def test_whoever_is_signed_out_while_typing_is_led_back_to_the_step(
    cast: Cast, client_of: ClientOf
) -> None:
    address = f"/cases/write/{a_draft(cast.learner).id}/sharing/"
    page = client_of(cast.learner).get(address).text
    assert f'<p class="form__again"><a href="/sign-in?next={address}">' in page


def test_rows_are_added_and_taken_away_without_a_script(cast: Cast, client_of: ClientOf) -> None:
    case, writer = a_draft(cast.learner), client_of(cast.learner)
    address = f"/cases/write/{case.id}/lessons/"
    typed = {"lessons-0-text": "One", "lessons-1-text": "Two", "lessons-7-text": "Three"}
    more = writer.post(address, data=typed | {"do": "add lessons"})
    assert more.location == f"{address}?more=lessons#lessons-3"
    assert 'name="lessons-3-text"' in writer.get(more.location).text
    writer.post(address, data=typed | {"do": "remove lessons 1"})
    assert read_contents(case.id)["lessons"]["lessons"] == ["One", "Three"]


def test_a_source_keeps_its_key_and_results_name_it(cast: Cast, client_of: ClientOf) -> None:
    case, writer = a_draft(cast.learner), client_of(cast.learner)
    address = f"/cases/write/{case.id}/sources/"
    rows = {"sources-0-title": "First", "sources-0-key": "1", "sources-1-title": "Second",
            "sources-1-key": "2"}  # fmt: skip
    writer.post(address, data=rows)
    writer.post(address, data={**rows, "do": "remove sources 0"})
    writer.post(address, data={"sources-0-title": "Second", "sources-0-key": "2",
                               "sources-1-title": "New", "sources-1-key": "2"})  # fmt: skip
    sources = read_contents(case.id)["sources"]["sources"]
    assert [(one["title"], one["key"]) for one in sources] == [("Second", "2"), ("New", "3")]
    assert "2. Second" in writer.get(f"/cases/write/{case.id}/results/").text


def test_the_second_of_two_sees_both_texts_beside_each_other(
    cast: Cast, client_of: ClientOf
) -> None:
    case, writer = a_draft(cast.learner), client_of(cast.learner)
    address = f"/cases/write/{case.id}/need/"
    marks = _marks(writer.get(address).text)
    writer.post(address, data={"approach": "In turns.", "technology": "Rope", "marks": marks})
    both = writer.post(address, data={"approach": "Together.", "innovation": "Joy", "marks": marks})
    assert both.status_code == 409
    for words in ("In turns.", ">Together.<", ">Joy<", ">Rope<", "Saved meanwhile"):
        assert words in both.text
    last = {"approach": "Both.", "technology": "Rope", "innovation": "Joy"}
    writer.post(address, data=last | {"marks": _marks(both.text)})
    content = read_contents(case.id)["need"]
    assert [content[field] for field in last] == ["Both.", "Rope", "Joy"]


def test_a_script_is_told_what_it_saved(cast: Cast, client_of: ClientOf) -> None:
    case, writer = a_draft(cast.learner), client_of(cast.learner)
    answer = writer.post(
        f"/cases/write/{case.id}/sharing/", data={"shared_within_country": "Widely"},
        headers={"X-Requested-With": "fetch"},
    )  # fmt: skip
    assert answer.json is not None
    assert (answer.json["told"], answer.json["all"]) == (1, 2)
    assert set(json.loads(answer.json["marks"])) == set(SECTIONS["sharing"])


def test_too_long_a_text_comes_back_whole_with_the_reason(cast: Cast, client_of: ClientOf) -> None:
    case, writer = a_draft(cast.learner), client_of(cast.learner)
    words = "long " * 5000
    answer = writer.post(f"/cases/write/{case.id}/need/", data={"approach": words})
    assert answer.status_code == 422
    assert words.strip() in answer.text
    assert 'href="#approach"' in answer.text
    # What a record does not take is kept, and asked to be shortened before it is submitted.
    writer.post(f"/cases/write/{case.id}/need/", data={"approach": "long " * 2000})
    page = writer.get(f"/cases/write/{case.id}/check/").text
    assert f"/cases/write/{case.id}/need/#approach" in page


def test_a_token_that_is_too_old_loses_nothing(app: Flask, cast: Cast, client_of: ClientOf) -> None:
    case, writer = a_draft(cast.learner), client_of(cast.learner)
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = writer.post(f"/cases/write/{case.id}/need/", data={"approach": "Kept words"})
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert answer.status_code == 400
    assert "Kept words" in answer.text
    assert read_contents(case.id)["need"] == {}


def test_strangers_know_nothing_of_a_draft(cast: Cast, client_of: ClientOf, app: Flask) -> None:
    case = a_draft(cast.learner)
    paths = ["", "about/", "check/", "people/", "removal"]
    addresses = [f"/cases/write/{case.id}/{path}" for path in paths]
    addresses += [f"/cases/{case.slug}/", f"/cases/review/{case.id}/",
                  f"/cases/{case.slug}/versions/", f"/cases/{case.slug}/case.json"]  # fmt: skip
    for person in (cast.other_learner, cast.organiser):
        client = client_of(person)
        assert {client.get(address).status_code for address in addresses} == {404}
    assert "/sign-in" in app.test_client().get(addresses[0]).location


def test_what_is_submitted_is_reviewed_discussed_and_published(
    cast: Cast, client_of: ClientOf
) -> None:
    case = a_told_draft(cast.learner)
    writer, librarian = client_of(cast.learner), client_of(cast.moderator)
    writer.post(f"/cases/write/{case.id}/submission")
    assert "Seaweed by turns" in librarian.get("/cases/review/").text
    review = f"/cases/review/{case.id}/"
    librarian.post(f"{review}comments/", data={"field": "results", "words": "Which **year**?"})
    page = writer.get(f"/cases/write/{case.id}/results/").text
    assert "Which <strong>year</strong>?" in page
    [comment] = re.findall(r"#comment-(\d+)", page)
    writer.post(f"{review}comments/", data={"answers": comment, "words": "2024"})
    writer.post(f"{review}comments/{comment}/settling")
    assert "settled" in librarian.get(review).text
    number = re.search(r'name="submission" value="(\d+)"', librarian.get(review).text)
    assert number is not None
    decision = {"submission": number[1], "action": "return", "note": ""}
    assert librarian.post(review, data=decision).status_code == 400
    published = librarian.post(review, data=decision | {"action": "publish"})
    assert published.location == f"/cases/{case.slug}/"
    assert "Written by" in writer.get(f"/cases/{case.slug}/").text
    assert librarian.post(review, data=decision | {"action": "publish"}).status_code == 409


def test_writers_do_not_decide_and_a_stranger_sees_no_review(
    cast: Cast, client_of: ClientOf
) -> None:
    case, submission = a_submission(cast.learner)
    decision = {"submission": str(submission.id), "action": "publish"}
    address = f"/cases/review/{case.id}/"
    assert client_of(cast.learner).post(address, data=decision).status_code == 403
    assert client_of(cast.other_learner).get(address).status_code == 404
    assert client_of(cast.learner).get("/cases/review/").status_code == 403


def test_inviting_answers_the_same_whoever_has_the_address(cast: Cast, client_of: ClientOf) -> None:
    assert cast.other_learner.id
    case, writer = a_draft(cast.learner), client_of(cast.learner)
    people = f"/cases/write/{case.id}/people/"
    pages = [
        writer.post(people, data={"address": address}, follow_redirects=True).text
        for address in ("sutrisno@example.org", "nobody@example.org")
    ]
    assert all("If somebody is a member here" in page for page in pages)
    other = client_of(cast.other_learner)
    assert case.title in other.get("/cases/write/").text
    [first, _second] = session.scalars(select(CaseWriter.id).order_by(CaseWriter.id))
    other.post(f"/cases/write/invitations/{first}/acceptance")
    assert other.get(f"/cases/write/{case.id}/about/").status_code == 200
    assert other.post(people, data={"address": "x@example.org"}).status_code == 403
    writer.post(f"{people}{first}/removal")
    assert other.get(f"/cases/write/{case.id}/about/").status_code == 404


def test_a_member_of_the_public_reads_versions_and_what_changed(
    cast: Cast, client_of: ClientOf, client: FlaskClient
) -> None:
    case = _published_twice(cast, client_of)
    assert "Version 2" in client.get(f"/cases/{case.slug}/versions/").text
    page = client.get(f"/cases/{case.slug}/versions/1..2/").text
    removed = re.search(r"<del>.*?</span>(.*?)<span", page, re.DOTALL)
    added = re.search(r"<ins>.*?</span>(.*?)<span", page, re.DOTALL)
    assert removed is not None
    assert added is not None
    assert (removed[1].strip(), added[1].strip()) == ("lines", "rafts")
    assert client.get(f"/cases/{case.slug}/versions/1/").status_code == 200
    assert client.get(f"/cases/{case.slug}/versions/1..9/").status_code == 404
    assert "Bring it back" not in page
    assert "Bring it back" in client_of(cast.learner).get(f"/cases/{case.slug}/versions/1/").text


def _published_twice(cast: Cast, client_of: ClientOf) -> CaseStudy:
    case, _submission = a_submission(cast.learner)
    writer, librarian = client_of(cast.learner), client_of(cast.moderator)
    review, about = f"/cases/review/{case.id}/", f"/cases/write/{case.id}/about/"
    for _time in range(2):
        page = librarian.get(review).text
        number = re.search(r'name="submission" value="(\d+)"', page)
        assert number is not None
        librarian.post(review, data={"submission": number[1], "action": "publish"})
        typed = read_contents(case.id)["about"]
        changed = {"summary": "Women farm seaweed on rafts that they share."}
        writer.post(about, data=typed | changed)
        writer.post(f"/cases/write/{case.id}/submission", data={"words": "Rafts now"})
    return case


def test_the_author_withdraws_with_a_reason_and_puts_it_back(
    cast: Cast, client_of: ClientOf, client: FlaskClient
) -> None:
    case = _published_twice(cast, client_of)
    writer, address = client_of(cast.learner), f"/cases/{case.slug}/"
    assert writer.post(f"{address}withdrawal", data={"reason": ""}).status_code == 400
    writer.post(f"{address}withdrawal", data={"reason": "A family asked us to."})
    assert client.get(address).status_code == 404
    assert "A family asked us to." in writer.get(address).text
    assert client_of(cast.other_learner).get(address).status_code == 404
    writer.post(f"{address}putting-back")
    assert client.get(address).status_code == 200
    assert client_of(cast.other_learner).post(f"{address}putting-back").status_code == 403


def test_an_author_does_not_put_back_what_a_librarian_withdrew(
    cast: Cast, client_of: ClientOf
) -> None:
    case = _published_twice(cast, client_of)
    address = f"/cases/{case.slug}/"
    client_of(cast.moderator).post(f"{address}withdrawal", data={"reason": "Untrue."})
    assert client_of(cast.learner).post(f"{address}putting-back").status_code == 403
    client_of(cast.organiser).post(f"{address}putting-back")
    assert client_of(cast.other_learner).get(address).status_code == 200


def test_a_question_of_a_members_case_leads_to_a_thread(cast: Cast, client_of: ClientOf) -> None:
    case = _published_twice(cast, client_of)
    page = client_of(cast.other_learner).get(f"/cases/{case.slug}/").text
    found = re.search(r'href="(/threads/new\?[^"]*field=lessons[^"]*)"', page)
    assert found is not None
    begin = client_of(cast.other_learner).get(unescape(found[1]))
    assert "Seaweed by turns" in begin.text
