"""Lessons that are renamed, moved or taken out while people read them and answer their quiz."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from academy.db import session
from academy.learning.checking import read_courses
from academy.learning.models import Attempt, CourseCompletion
from academy.learning.service import load_courses
from academy.people.models import Person
from tests.cast import Cast
from tests.learning.writing import write_course

ClientOf = Callable[[Person], FlaskClient]
WARP, LONG = "/courses/weaving/first/warp/", "/courses/weaving/first/long/"
RIGHT = {"which": "warp", "how-many": "12.5"}


@pytest.fixture
def folder(tmp_path: Path, app: object) -> Path:
    """Return the folder of a course that is loaded."""
    folder = write_course(tmp_path)
    load(folder)
    return folder


@pytest.fixture
def learner(folder: Path, cast: Cast, client_of: ClientOf) -> FlaskClient:
    """Return the browser of a learner who is signed in."""
    return client_of(cast.learner)


def load(folder: Path) -> None:
    reading = read_courses(folder.parent, {"forest"})
    assert reading.faults == []
    load_courses(reading.courses)


def rename(folder: Path, old: str, new: str) -> None:
    """Give a lesson another address, and load the course."""
    plan = folder / "course.yaml"
    plan.write_text(plan.read_text().replace(f"slug: {old},", f"slug: {new},"))
    for file in folder.glob(f"first/{old}.*"):
        file.rename(file.with_name(file.name.replace(old, new, 1)))
    load(folder)


def take_out(folder: Path) -> None:
    """Take the lesson with the quiz out of the course, and load it."""
    plan = folder / "course.yaml"
    lines = [line for line in plan.read_text().splitlines() if "weaving-warp" not in line]
    plan.write_text("\n".join(lines) + "\n")
    for file in [*folder.glob("first/warp.*"), *folder.glob("figures/*")]:
        file.unlink()
    load(folder)


def test_a_former_address_leads_on_with_all_that_was_asked(
    folder: Path, learner: FlaskClient
) -> None:
    rename(folder, "warp", "long")
    moved = learner.get(f"{WARP}?language=id&words=only")
    assert (moved.status_code, moved.headers["Location"]) == (307, f"{LONG}?language=id&words=only")
    assert learner.get(f"{WARP}").headers["Location"] == LONG
    rename(folder, "long", "warp")
    assert learner.get(WARP).status_code == 200
    assert learner.get(LONG).headers["Location"] == WARP


def test_an_address_that_another_lesson_has_now_is_that_ones(
    folder: Path, learner: FlaskClient
) -> None:
    rename(folder, "warp", "long")
    rename(folder, "weft", "warp")
    page = learner.get(WARP)
    assert (page.status_code, "The weft" in page.text) == (200, True)


def test_answers_reach_a_lesson_that_was_renamed_meanwhile(
    folder: Path, learner: FlaskClient
) -> None:
    at = learner.post(f"{WARP}quiz").headers["Location"]
    rename(folder, "warp", "long")
    moved = learner.post(at, data=RIGHT)
    # A browser sends a form again, whole, where it is told 307.
    assert (moved.status_code, moved.headers["Location"]) == (307, at.replace(WARP, LONG))
    result = learner.post(moved.headers["Location"], data=RIGHT, follow_redirects=True)
    assert "100 % right" in result.text
    assert learner.post(f"{WARP}note").headers["Location"] == f"{LONG}note"


def test_answers_to_a_lesson_that_was_taken_out_are_kept_and_win_nothing(
    folder: Path, learner: FlaskClient, cast: Cast, client_of: ClientOf
) -> None:
    at = learner.post(f"{WARP}quiz").headers["Location"]
    take_out(folder)
    assert client_of(cast.other_learner).post(at, data=RIGHT).status_code == 404
    assert learner.get(at).status_code == 404
    page = learner.post(at, data=RIGHT, follow_redirects=True)
    assert "Your answers are kept" in page.text
    kept = session.scalars(select(Attempt)).one()
    assert (kept.handed_in_at is None, kept.answers["which"]["given"]) == (False, ["warp"])
    assert session.scalars(select(CourseCompletion)).all() == []


def test_answers_to_a_course_that_was_withdrawn_complete_nothing(
    folder: Path, learner: FlaskClient
) -> None:
    plan = folder / "course.yaml"
    plan.write_text(plan.read_text().replace("{lessons: 100, quizzes: 60}", "{lessons: 1}"))
    load(folder)
    at = learner.post(f"{WARP}quiz").headers["Location"]
    load_courses([])
    assert "Your answers are kept" in learner.post(at, data=RIGHT, follow_redirects=True).text
    assert session.scalars(select(CourseCompletion)).all() == []
