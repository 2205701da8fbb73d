"""The languages of the pages: which one a reader gets, and that no text is left in English."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from sqlalchemy import update

from academy.db import transaction
from academy.i18n import setup
from academy.learning.checking import read_courses
from academy.learning.service import load_courses
from academy.library.content import CaseFile
from academy.library.service import load_cases
from academy.people.models import Person
from scripts.translations import check
from tests.cast import Cast
from tests.learning.writing import PLAN, load_course, write_course
from tests.library.conftest import record

ClientOf = Callable[[Person], FlaskClient]
WARP = "/courses/weaving/first/warp/"
INDONESIAN = {"Accept-Language": "id-ID,id;q=0.9,en;q=0.5"}


def language_of(page: str) -> str:
    found = re.search(r'<html lang="([^"]+)"', page)
    return found[1] if found else ""


def test_every_text_that_learners_see_is_translated_with_what_is_put_into_it() -> None:
    assert list(check()) == []


def test_a_browser_gets_the_language_that_it_asks_for(client: FlaskClient) -> None:
    page = client.get("/courses/", headers=INDONESIAN).text
    assert language_of(page) == "id"
    assert "<h1" in page
    assert "Kursus" in page
    assert "Skip to the content" not in page
    assert language_of(client.get("/courses/", headers={"Accept-Language": "xx"}).text) == "en"


def test_a_lesson_asked_for_in_a_language_is_framed_in_it(client: FlaskClient) -> None:
    load_course()
    page = client.get(f"{WARP}?language=id").text
    assert language_of(page) == "id"
    assert "Pelajaran 1 dari 2" in page
    assert "Lanjut: The weft" in page
    assert '<strong lang="id">Bahasa Indonesia</strong>' in page
    assert language_of(client.get(f"{WARP}?language=xx").text) == "en"
    # Where it is no choice of a lesson, the word is a filter.
    assert language_of(client.get("/cases/?language=id").text) == "en"


def test_a_quiz_stays_in_the_language_that_was_chosen(client_of: ClientOf, cast: Cast) -> None:
    load_course()
    learner = client_of(cast.learner)
    at = learner.post(f"{WARP}quiz?language=id").headers["Location"]
    asked = learner.get(at).text
    assert language_of(asked) == "id"
    assert "2 pertanyaan." in asked
    told = learner.post(at, data={"which": "weft", "how-many": "12"}, follow_redirects=True).text
    assert "Belum tepat" in told
    assert "Baca lagi: What holds" in told


def test_a_lesson_that_is_there_in_english_alone_is_marked_as_english(
    client: FlaskClient, tmp_path: Path
) -> None:
    folder = write_course(tmp_path)
    (folder / "course.yaml").write_text(PLAN.replace("[en, id]", "[en]"))
    for file in folder.rglob("*.id.*"):
        file.unlink()
    load_courses(read_courses(tmp_path, {"forest"}).courses)
    page = client.get(WARP, headers=INDONESIAN).text
    assert language_of(page) == "id"
    assert '<article class="lesson__text" lang="en"' in page
    assert re.search(r'lang="id" dir="ltr">10 menit', page)
    listed = client.get("/courses/", headers=INDONESIAN).text
    assert '<a href="/courses/weaving/" lang="en" dir="ltr">Weaving</a>' in listed
    assert (
        '<h1 class="page-head__title" lang="en" dir="ltr">' in client.get("/courses/weaving/").text
    )


def test_a_case_is_marked_as_english_inside_an_indonesian_page(client: FlaskClient) -> None:
    load_cases([CaseFile("forest", record())])
    page = client.get("/cases/forest/", headers=INDONESIAN).text
    assert language_of(page) == "id"
    assert '<h1 class="page-head__title" lang="en" dir="ltr">' in page
    assert '<div class="prose" lang="en" dir="ltr">' in page
    assert 'class="prose" lang=' not in client.get("/cases/forest/").text


def test_who_is_signed_in_reads_her_own_language(client_of: ClientOf, cast: Cast) -> None:
    with transaction() as current:
        current.execute(update(Person).where(Person.id == cast.learner.id).values(language="id"))
    client = client_of(cast.learner)
    client.set_cookie("language", "en")
    page = client.get("/account/").text
    assert language_of(page) == "id"
    assert 'href="/account/#language"' in page
    assert "Isian" not in page
    assert "Tuliskan nama Anda." in client.post("/account/", data={"name": ""}).text


def test_a_stranger_chooses_the_language_and_comes_back_to_the_page(client: FlaskClient) -> None:
    page = client.get("/cases/?words=forest").text
    assert 'name="next" value="/cases/?words=forest"' in page
    asked = {"language": "id", "next": "/cases/?words=forest"}
    answer = client.post("/language", data=asked)
    assert answer.headers["Location"] == "/cases/?words=forest"
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert language_of(client.get("/").text) == "id"
    assert 'value="en" lang="en">English' in client.get("/").text
    away = client.post("/language", data={"language": "xx", "next": "//example.org"})
    assert away.headers["Location"] == "/"
    assert "Set-Cookie" not in away.headers


def test_what_staff_alone_see_is_in_english_from_top_to_bottom(
    client_of: ClientOf, cast: Cast
) -> None:
    client = client_of(cast.organiser)
    page = client.get("/desk/series/", headers=INDONESIAN).text
    assert language_of(page) == "en"
    assert "Skip to the content" in page
    assert "Tidak ditemukan" not in client.get("/api/v1/nothing", headers=INDONESIAN).text


def test_an_error_is_told_in_the_readers_language(client: FlaskClient) -> None:
    page = client.get("/nowhere", headers=INDONESIAN)
    assert page.status_code == 404
    assert "Tidak ditemukan" in page.text
    assert language_of(page.text) == "id"


def test_without_a_catalogue_pages_speak_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "reader_language", lambda: "ms")
    app = Flask("nowhere")
    setup.speak_languages(app)
    with app.test_request_context():
        number = '{{ ngettext("%(num)d case", "%(num)d cases", 2) }}'
        said = render_template_string('{{ locale }}: {{ _("Courses") }}, ' + number)
    assert said == "ms: Courses, 2 cases"
