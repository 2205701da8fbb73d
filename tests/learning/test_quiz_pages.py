"""The pages of a quiz: each kind, nothing for what was left alone, late and forged answers."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from academy.db import now, session, transaction
from academy.learning.checking import read_courses
from academy.learning.models import Attempt, QuizQuestion, Study
from academy.learning.service import load_courses
from academy.people.models import Person
from tests.cast import Cast
from tests.learning.writing import write_course

ClientOf = Callable[[Person], FlaskClient]
WARP = "/courses/weaving/first/warp/"
KINDS = """\
  - key: values
    kind: multiple
    text: Which are values?
    options:
      - {key: care, text: Care, right: true, feedback: Yes.}
      - {key: profit, text: Profit alone, feedback: No.}
  - {key: steps, kind: ordering, text: In which order, feedback: So., items: [{key: a, text: One}, {key: b, text: Two}, {key: c, text: Three}]}
  - {key: halves, kind: matching, text: What goes together, feedback: So., pairs: [{key: a, left: Warp, right: along}, {key: b, left: Weft, right: across}]}
  - {key: word, kind: short, text: Which word, accepted: [Gotong royong], feedback: So.}
  - {key: mine, kind: reflection, text: And where you live}
"""  # noqa: E501 (a question on a line)
RIGHT = {
    "which": "warp", "how-many": "12,5", "values": "care", "steps.a": "1", "steps.b": "2",
    "steps.c": "3", "halves.a": "a", "halves.b": "b", "word": " gotong  ROYONG", "mine": "One\nTwo",
}  # fmt: skip


@pytest.fixture
def learner(tmp_path: Path, app: object, cast: Cast, client_of: ClientOf) -> FlaskClient:
    """Return the browser of a learner; the quiz of the course has every kind of question."""
    for file in write_course(tmp_path).glob("first/*.quiz.*"):
        file.write_text(file.read_text() + KINDS)
    reading = read_courses(tmp_path, {"forest"})
    assert reading.faults == []
    load_courses(reading.courses)
    return client_of(cast.learner)


def begin(learner: FlaskClient) -> str:
    return learner.post(f"{WARP}quiz").headers["Location"]


def handed_in() -> Attempt:
    session.expire_all()
    return session.scalars(select(Attempt)).one()


def retire(*keys: str) -> None:
    with transaction() as current:
        gone = update(QuizQuestion).where(QuizQuestion.key.in_(keys))
        current.execute(gone.values(retired_at=now()))


def test_every_kind_is_asked_with_a_label_and_marked(learner: FlaskClient) -> None:
    at = begin(learner)
    page = learner.get(at).text
    assert page.count("<fieldset") == page.count("<legend") == 7
    for box in re.findall(r"<(?:input|textarea)[^>]*>", page.partition('class="quiz"')[2]):
        assert "hidden" in box or "aria-label" in box or 'type="' in box, box
    assert '<ul class="quiz__halves print-only"' in page, "on paper, too, one sees the choices"
    result = learner.post(at, data=RIGHT, follow_redirects=True).text
    assert "100 % right" in result
    assert "One\nTwo" in result.replace("\r", "")


def test_what_is_left_alone_wins_nothing(learner: FlaskClient) -> None:
    at = begin(learner)
    page = learner.get(at).text
    steps = re.findall(r'<select[^>]*name="steps[.][^"]*">(.*?)</select>', page)
    assert [one.count("selected") for one in steps] == [0, 0, 0]
    shown = [page.index(f'name="steps.{key}"') for key in "abc"]
    assert shown != sorted(shown), "the right order is not shown to begin with"
    learner.post(at, data={})
    assert {key: one["score"] for key, one in handed_in().answers.items()} == {
        "which": 0, "how-many": 0, "values": 0, "steps": 0, "halves": 0, "word": 0, "mine": None,
    }  # fmt: skip


def test_a_question_taken_out_while_one_answers_counts_for_nobody(learner: FlaskClient) -> None:
    at = begin(learner)
    retire("which", "word")
    page = learner.post(at, data=RIGHT | {"which": "weft"}, follow_redirects=True).text
    assert page.count("Taken out: counts for nobody") == 2
    assert (handed_in().percent, "which" in handed_in().answers) == (100, False)


def test_a_quiz_whose_questions_are_all_gone_gives_no_points_and_begins_anew(
    learner: FlaskClient,
) -> None:
    at = begin(learner)
    retire("which", "how-many", "values", "steps", "halves", "word", "mine")
    assert "asks nothing any more" in learner.post(f"{WARP}quiz", follow_redirects=True).text
    assert learner.post(at, data=RIGHT, follow_redirects=True).status_code == 200
    assert (handed_in().percent, session.scalars(select(Study.best)).one()) == (None, None)


@pytest.mark.parametrize(
    "forged",
    [
        {"which": ["warp", "weft"]}, {"which": "right"}, {"steps.a": "0", "steps.b": "99"},
        {"steps.a": "1", "steps.b": "1"}, {"halves.a": "right"}, {"word": "x" * 9_999},
        {"how-many": "nan"}, {"how-many": "1e9"}, {"how-many": "٩" * 500}, {"score": "1"},
        {"percent": "100"}, {"drawn": "which"}, {"person_id": "1"}, {"mine": "x" * 99_999},
    ],
)  # fmt: skip
def test_forged_answers_gain_nothing_and_break_nothing(
    learner: FlaskClient, forged: dict[str, object]
) -> None:
    answer = learner.post(begin(learner), data=forged, follow_redirects=True)
    assert answer.status_code == 200
    assert handed_in().percent == 0
    assert len(str(handed_in().answers)) < 10_000


def test_an_answer_on_a_page_that_is_too_old_is_given_back(
    learner: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = begin(learner)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    page = learner.post(at, data=RIGHT)
    assert page.status_code == 400
    for words in ("Nothing you answered is lost", 'value="12,5"', "One\nTwo"):
        assert words in page.text.replace("\r", "")
    assert handed_in().handed_in_at is None
