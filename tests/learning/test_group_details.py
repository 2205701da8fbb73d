"""What a facilitator sees of one learner, of a quiz, and takes away; and what nobody is shown."""

import csv
import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from academy.db import session
from academy.learning.models import QuizQuestion
from academy.people.models import Person
from tests.cast import Cast
from tests.learning.group_scene import HERE, Scene, a_group, with_everybody

ClientOf = Callable[[Person], FlaskClient]
QUIZZES = "/desk/courses/weaving/quizzes/"


@pytest.fixture
def group(app: object) -> Scene:
    """Return a course with one learner for each rule."""
    return with_everybody(a_group())


@pytest.fixture
def organiser(group: Scene, cast: Cast, client_of: ClientOf) -> FlaskClient:
    """Return the browser of an organiser."""
    return client_of(cast.organiser)


def _words(page: str) -> str:
    return " ".join(page.split())


def test_a_learners_page_says_each_lesson_and_exactly_what_is_missing(
    group: Scene, organiser: FlaskClient
) -> None:
    page = _words(organiser.get(f"{HERE}{group.people['Dewi'].id}/").text)
    assert "Still missing: 2 lessons to read, 10 percent points in the quizzes" in page
    assert "Failed the quiz of “The warp” 2 times" in page
    assert "50 %, not passed" in page
    assert page.count('<span class="table__about">') == 2
    assert "my own words" not in page
    assert "asks nothing" in page


def test_a_completion_is_shown_with_its_evidence(group: Scene, organiser: FlaskClient) -> None:
    page = organiser.get(f"{HERE}{group.people['Gita'].id}/").text
    assert "2 of 2 lessons read, quizzes 100 %, 2 live sessions attended; version 1" in page
    assert "Week 2" in page
    assert "Still missing" not in page


def test_who_is_not_in_the_group_or_not_of_ones_country_is_not_found(
    group: Scene, organiser: FlaskClient, cast: Cast, client_of: ClientOf
) -> None:
    assert organiser.get(f"{HERE}{group.people['Hira'].id}/").status_code == 404
    assert organiser.get(f"{HERE}{cast.moderator.id}/").status_code == 404
    focal = client_of(cast.focal_point)
    assert focal.get(f"{HERE}{group.people['Asha'].id}/").status_code == 200
    assert focal.get(f"{HERE}{group.people['Gita'].id}/").status_code == 404


def test_results_count_first_attempts_or_all_and_name_the_hardest_question(
    group: Scene, organiser: FlaskClient
) -> None:
    assert "87 %" in organiser.get(QUIZZES).text
    page = _words(organiser.get(f"{QUIZZES}first/warp/").text)
    # Bela and Farid 100, Dewi 0, Gita 50: "which" right thrice, "how-many" twice.
    assert "4 learners of the group handed it in." in page
    assert "2 of 4 had it right." in page
    assert page.index("most get wrong") < page.index("How many?") < page.index("2 of 4 had it")
    assert "3 of 4 · right" in page
    assert 'href="/courses/weaving/first/warp/#what-holds"' in page
    every = _words(organiser.get(f"{QUIZZES}first/warp/?attempts=all").text)
    # Dewi's 50 and Gita's 100 come to it.
    assert "5 of 6 · right" in every
    assert organiser.get(f"{QUIZZES}first/weft/").status_code == 404
    assert organiser.get(f"{QUIZZES}first/none/").status_code == 404


def test_results_of_a_focal_point_are_those_of_their_people(
    group: Scene, cast: Cast, client_of: ClientOf
) -> None:
    page = client_of(cast.focal_point).get(f"{QUIZZES}first/warp/").text
    assert "1 learner of the group handed it in." in page


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("multiple", {"options": [
            {"key": "a", "text": "A", "right": True, "feedback": "Yes."},
            {"key": "b", "text": "B", "right": True, "feedback": "Yes."}]}),
        ("ordering", {"items": [{"key": k, "text": k.upper()} for k in "abc"], "feedback": "So."}),
        ("matching", {"pairs": [
            {"key": k, "left": k, "right": k.upper()} for k in "ab"], "feedback": "So."}),
        ("short", {"accepted": ["weft"], "feedback": "So."}),
        ("reflection", {"hints": ["A hint"]}),
    ],
)  # fmt: skip
def test_every_kind_of_question_has_its_results(
    group: Scene, organiser: FlaskClient, kind: str, given: dict[str, object]
) -> None:
    row = session.query(QuizQuestion).filter_by(key="which").one()
    row.words = {"en": {"key": "which", "kind": kind, "text": "Which?", "again": "", **given}}
    session.commit()
    page = organiser.get(f"{QUIZZES}first/warp/").text
    assert "Which?" in page
    assert ("4 people wrote a thought." in page) == (kind == "reflection")


def test_the_group_is_taken_away_with_what_its_words_mean(
    group: Scene, organiser: FlaskClient
) -> None:
    file = organiser.get("/desk/courses/weaving/learners.csv?show=hand")
    rows = list(csv.reader(io.StringIO(file.text.lstrip("\ufeff"))))
    names = [row[1] for row in rows[1 : rows.index([])]]
    assert names == ["Chandra", "Dewi", "Edi", "Farid"]
    dewi = dict(zip(rows[0], rows[2], strict=True))
    assert (dewi["state"], dewi["hand: stuck"], dewi["hand: away"]) == ("underway", "yes", "")
    assert ["chosen", "show hand"] in rows
    assert organiser.get("/desk/courses/weaving/learners.xlsx").data[:2] == b"PK"
    assert organiser.get("/desk/courses/weaving/learners.pdf").status_code == 404
