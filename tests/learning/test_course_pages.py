"""The pages of courses: read, resumed, asked, discussed; by the address."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update

from academy.db import session, transaction
from academy.learning.models import Course, CourseCompletion, Study
from academy.learning.questions import Item, Ordering
from academy.learning.views import quizzes
from academy.library.content import CaseFile
from academy.library.service import load_cases
from academy.people.models import Person
from tests.cast import Cast
from tests.learning.writing import load_course
from tests.library.conftest import record
from tests.statements import counted

ClientOf = Callable[[Person], FlaskClient]
WARP, WEFT = "/courses/weaving/first/warp/", "/courses/weaving/first/weft/"


@pytest.fixture(autouse=True)
def _course(app: object) -> None:
    load_course()


@pytest.fixture
def learner(cast: Cast, client_of: ClientOf) -> FlaskClient:
    """Return the browser of a learner who is signed in."""
    return client_of(cast.learner)


def test_everybody_reads_a_course_and_its_lessons(client: FlaskClient) -> None:
    assert "Weaving" in client.get("/courses/").text
    assert "How threads hold." in client.get("/courses/weaving/").text
    page = client.get(WARP).text
    for words in ("Stretch it <strong>well</strong>", "To discuss", 'href="#term-warp"', "A loom."):
        assert words in page
    assert client.get("/courses/weaving/first/none/").status_code == 404
    assert client.get("/courses/none/").status_code == 404


def test_no_course_says_what_will_be_here(client: FlaskClient) -> None:
    with transaction() as current:
        current.execute(update(Course).values(status="withdrawn"))
    assert "No course yet" in client.get("/courses/").text
    assert client.get(WARP).status_code == 404


def test_a_lesson_is_read_in_the_language_that_one_chooses_or_speaks(
    client: FlaskClient, cast: Cast, client_of: ClientOf
) -> None:
    assert '<article class="lesson__text" lang="id"' in client.get(f"{WARP}?language=id").text
    assert "Langkah pertama" in client.get("/courses/weaving/?language=id").text
    with transaction() as current:
        current.execute(update(Person).where(Person.id == cast.learner.id).values(language="id"))
    assert 'lang="id"' in client_of(cast.learner).get(WARP).text
    assert 'lang="en"' in client.get(f"{WARP}?language=xx").text


def test_reading_leads_on_resumes_and_completes(learner: FlaskClient, cast: Cast) -> None:
    assert "0 of 2 lessons read" in learner.get("/courses/weaving/").text
    assert learner.post(f"{WEFT}seen").status_code == 204
    assert "Go on: The weft" in learner.get("/courses/weaving/").text
    on = learner.post(f"{WARP}read")
    assert (on.status_code, on.headers["Location"]) == (303, WEFT)
    page = learner.get("/courses/weaving/").text
    assert "1 of 2 lessons read" in page
    assert "1 lesson to read" in page
    assert "60 percent points in the quizzes" in page
    learner.post(f"{WEFT}read")
    assert session.scalars(select(CourseCompletion)).all() == []
    _answer(learner, right=True)
    done = session.scalars(select(CourseCompletion)).one()
    assert done.evidence["percent"] == 100
    assert "You have completed this course" in learner.get("/courses/weaving/").text


def _answer(learner: FlaskClient, *, right: bool) -> str:
    at = learner.post(f"{WARP}quiz").headers["Location"]
    given = {"which": "warp" if right else "weft", "how-many": "12,5" if right else "a dozen"}
    return learner.post(at, data=given, follow_redirects=True).text


def test_a_wrong_answer_teaches_and_leads_back_to_its_place(learner: FlaskClient) -> None:
    page = _answer(learner, right=False)
    assert "0 % right" in page
    assert "It comes later." in page
    assert f'href="{WARP}#what-holds"' in page
    assert "You wrote: a dozen" in page


def test_a_quiz_that_is_open_goes_on_and_one_handed_in_stays(learner: FlaskClient) -> None:
    first = learner.post(f"{WARP}quiz").headers["Location"]
    assert learner.post(f"{WARP}quiz").headers["Location"] == first
    learner.post(first, data={"which": "warp", "how-many": "12.5"})
    again = learner.post(first, data={"which": "weft"}, follow_redirects=True).text
    assert "was handed in before" in again
    assert "100 % right" in again


def test_one_sees_only_ones_own_attempts(
    learner: FlaskClient, cast: Cast, client_of: ClientOf
) -> None:
    mine = learner.post(f"{WARP}quiz").headers["Location"]
    assert client_of(cast.organiser).get(mine).status_code == 404
    assert learner.get(mine.replace("/first/warp/", "/first/weft/")).status_code == 404


def test_a_lesson_without_a_quiz_says_so(learner: FlaskClient) -> None:
    page = learner.post(f"{WEFT}quiz", follow_redirects=True).text
    assert "asks nothing any more" in page


def test_a_note_is_ones_own(learner: FlaskClient, cast: Cast, client_of: ClientOf) -> None:
    learner.post(f"{WARP}note", data={"note": "<b>Call</b> Siti"})
    assert "&lt;b&gt;Call&lt;/b&gt; Siti" in learner.get(WARP).text
    assert "Call" not in client_of(cast.organiser).get(WARP).text
    long = learner.post(f"{WARP}note", data={"note": "x" * 10_001})
    assert (long.status_code, "x" * 10_001 in long.text) == (400, True)
    assert session.scalars(select(Study.note)).one() == "<b>Call</b> Siti"


def test_who_saves_data_reads_a_figures_words(client: FlaskClient) -> None:
    assert "<img" in client.get(WARP).text
    for page in (
        client.get(f"{WARP}?words=only"), client.get(WARP, headers={"Save-Data": "on"})
    ):  # fmt: skip
        assert "figures/" not in page.text
        assert "A loom." in page.text


def test_a_figure_is_kept_for_ever_and_may_do_nothing(client: FlaskClient) -> None:
    found = re.search(r'src="([^"]+loom[.]svg)"', client.get(WARP).text)
    assert found
    figure = client.get(found[1])
    assert figure.mimetype == "image/svg+xml"
    assert "immutable" in figure.headers["Cache-Control"]
    assert "default-src 'none'" in figure.headers["Content-Security-Policy"]
    assert client.get(found[1].replace("loom", "none")).status_code == 404


def test_the_files_come_back_as_they_were_written(client: FlaskClient) -> None:
    archive = zipfile.ZipFile(io.BytesIO(client.get("/courses/weaving/course.zip").data))
    assert "weaving/first/warp.id.md" in archive.namelist()
    assert archive.read("weaving/course.yaml").startswith(b"title: {en: Weaving")


def test_the_feed_and_the_metadata_can_be_read_by_programs(client: FlaskClient) -> None:
    feed = ET.fromstring(client.get("/courses/feed.atom").text)  # noqa: S314 (ours)
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 4
    page = client.get("/courses/weaving/").text
    found = re.search(r'<script type="application/ld[+]json"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found
    facts = json.loads(found[1])
    assert (facts["@type"], facts["hasPart"][0]["timeRequired"]) == ("Course", "PT10M")
    assert (facts["offers"]["category"], facts["coursePrerequisites"]) == ("Free", [])


def test_a_question_of_a_lesson_gets_a_thread_that_leads_back(learner: FlaskClient) -> None:
    found = re.search(r'href="(/threads/lesson/\d+/why)"', learner.get(WARP).text)
    assert found
    address = learner.get(found[1]).headers["Location"]
    assert "The warp" in learner.get(address).text
    begun = learner.post(
        address, data={"title": "Why", "body": "Because it holds the weft.", "language": "en"},
        follow_redirects=True,
    )  # fmt: skip
    assert f'href="{WARP}"' in begun.text


def test_a_page_of_a_lesson_costs_few_statements(client: FlaskClient, engine: Engine) -> None:
    client.get(WARP)
    session.expire_all()
    with counted(engine) as statements:
        client.get(WARP)
    assert len(statements) <= 4, statements


def test_a_figure_keeps_its_place_and_words_alone_go_on(client: FlaskClient) -> None:
    assert 'width="9" height="9"' in client.get(WARP).text
    page = client.get(f"{WARP}?words=only").text
    assert "<img" not in page.partition("<article")[2]
    assert f'href="{WEFT}?words=only"' in page
    saving = client.get(f"{WARP}?words=all", headers={"Save-Data": "on"}).text
    assert 'width="9"' in saving


def test_home_leads_on_to_the_lesson_open_last(learner: FlaskClient) -> None:
    assert "Go on:" not in learner.get("/").text
    learner.post(f"{WEFT}seen")
    assert f'href="{WEFT}">Go on: The weft' in learner.get("/").text
    learner.post(f"{WEFT}read")
    assert f'href="{WARP}">Go on: The warp' in learner.get("/").text
    learner.post(f"{WARP}read")
    assert "Go on:" not in learner.get("/").text


def test_a_case_names_the_lessons_that_use_it(client: FlaskClient) -> None:
    load_cases([CaseFile("forest", record())])
    assert f'href="{WARP}"' in client.get("/cases/forest/").text
    assert "Lessons about it" not in client.get(WARP).text


def test_things_left_at_one_place_are_no_order(whole_app: Flask) -> None:
    items = [Item(key=key, text=key) for key in "abc"]
    asked = Ordering(kind="ordering", key="o", text="Order", feedback="So.", items=items)
    for data, score in (({"o.a": "1", "o.b": "1", "o.c": "1"}, 0), ({}, 0)):
        with whole_app.test_request_context(method="POST", data=data):
            assert asked.score(quizzes.given_to(asked)) == score
