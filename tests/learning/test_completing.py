"""When a course is completed: the rule, exactly what is missing, and the row that shows it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from academy.attendance.models import Attendance
from academy.db import session, transaction
from academy.learning.checking import read_courses
from academy.learning.models import CourseCompletion, Lesson
from academy.learning.service import (
    begin_attempt,
    complete_all,
    hand_in,
    load_courses,
    mark_read,
)
from academy.learning.tasks import complete_courses
from academy.people.models import Person
from tests.cast import Cast
from tests.learning.writing import write_course
from tests.programme.scenes import a_series

ClientOf = Callable[[Person], FlaskClient]
RULE = "completion: {lessons: 100, quizzes: 60}\n"


def load(root: Path, rule: str = RULE) -> None:
    plan = root / "weaving/course.yaml"
    if not plan.exists():
        write_course(root)
    plan.write_text(plan.read_text().replace(RULE, rule))
    load_courses(read_courses(root, {"forest"}).courses)


def lesson(key: str) -> Lesson:
    return session.scalars(select(Lesson).where(Lesson.key == f"weaving-{key}")).one()


def read_all(person: Person) -> None:
    mark_read(lesson("warp"), person)
    mark_read(lesson("weft"), person)


def completions() -> list[CourseCompletion]:
    session.expire_all()
    return list(session.scalars(select(CourseCompletion)))


def test_a_live_session_that_was_attended_later_completes(
    tmp_path: Path, app: Flask, cast: Cast, client_of: ClientOf
) -> None:
    series = a_series("threads")
    load(tmp_path, "series: threads\ncompletion: {lessons: 100, live_sessions: 1}\n")
    read_all(cast.learner)
    course = client_of(cast.learner).get("/courses/weaving/").text
    assert "1 live session to attend" in course
    assert 'href="/series/threads/"' in course
    assert complete_all() == 0
    with transaction() as current:
        held = series.live_sessions[0].id
        current.add(Attendance(live_session_id=held, person_id=cast.learner.id, minutes=90))
    assert "Nothing is missing any more" in client_of(cast.learner).get("/courses/weaving/").text
    complete_courses()
    assert [one.evidence["live_sessions"] for one in completions()] == [1]
    assert complete_all() == 0


def test_a_completion_keeps_its_rule_when_the_course_changes(
    tmp_path: Path, app: Flask, cast: Cast, client_of: ClientOf
) -> None:
    load(tmp_path, "completion: {lessons: 100}\n")
    read_all(cast.learner)
    before = completions()[0].evidence
    assert (before["version"], before["rule"]["lessons"], before["read"]) == (1, 100, 2)
    plan = tmp_path / "weaving/course.yaml"
    plan.write_text(
        plan.read_text().replace("{lessons: 100}", "{lessons: 100, quizzes: 90}")
        + "      - {id: weaving-knot, slug: knot, minutes: 9}\n"
    )
    for tag in ("en", "id"):
        text = (tmp_path / f"weaving/first/weft.{tag}.md").read_text()
        (tmp_path / f"weaving/first/knot.{tag}.md").write_text(text)
    load(tmp_path)
    assert complete_all() == 0
    assert [one.evidence for one in completions()] == [before]
    page = client_of(cast.learner).get("/courses/weaving/").text
    assert "You have completed this course" in page
    assert "Still missing" not in page


def test_a_rule_made_easier_completes_for_those_who_were_near(
    tmp_path: Path, app: Flask, cast: Cast
) -> None:
    load(tmp_path)
    read_all(cast.learner)
    assert complete_all() == 0
    plan = tmp_path / "weaving/course.yaml"
    plan.write_text(plan.read_text().replace(RULE, "completion: {lessons: 50}\n"))
    load(tmp_path)
    assert complete_all() == 1
    assert completions()[0].evidence["version"] == 2


@pytest.mark.parametrize("given", [["warp"], ["weft"]])
def test_the_page_and_the_hourly_look_agree_on_points(
    tmp_path: Path, app: Flask, cast: Cast, client_of: ClientOf, given: list[str]
) -> None:
    load(tmp_path)
    attempt = begin_attempt(lesson("warp"), cast.learner)
    hand_in(attempt, cast.learner, {"which": given, "how-many": ["12.5"]}, "en")
    mark_read(lesson("weft"), cast.learner)
    page = client_of(cast.learner).get("/courses/weaving/").text
    assert "1 lesson to read: <a" in page
    is_right = given == ["warp"]
    assert ("10 percent points in the quizzes (50 of 60" in page) is not is_right
    mark_read(lesson("warp"), cast.learner)
    assert len(completions()) == is_right
    assert complete_all() == 0


def test_home_shows_one_next_step_to_everybody(
    tmp_path: Path, app: Flask, cast: Cast, client: FlaskClient, client_of: ClientOf
) -> None:
    load(tmp_path)
    learner = client_of(cast.learner)
    assert "Read a course at your own pace" in client.get("/").text
    assert "Begin a course: Weaving" in learner.get("/").text
    mark_read(lesson("warp"), cast.learner)
    assert "Go on: The weft" in learner.get("/").text
    mark_read(lesson("weft"), cast.learner)
    assert "/first/warp/#quiz" in learner.get("/").text
    attempt = begin_attempt(lesson("warp"), cast.learner)
    hand_in(attempt, cast.learner, {"which": ["warp"], "how-many": ["12.5"]}, "en")
    assert 'class="go-on"' not in learner.get("/").text


def test_courses_come_after_those_to_do_before(
    tmp_path: Path, app: Flask, client: FlaskClient
) -> None:
    for slug, need in (("advanced", "weaving"), ("weaving", "")):
        folder = write_course(tmp_path, slug)
        for file in folder.glob("**/*.*"):
            text = file.read_text().replace("weaving-", f"{slug}-")
            file.write_text(text.replace("Weaving", slug.title()))
        if need:
            plan = folder / "course.yaml"
            plan.write_text(f"prerequisites: [{need}]\n{plan.read_text()}")
    load_courses(read_courses(tmp_path, {"forest"}).courses)
    page = client.get("/courses/").text
    assert page.index("/courses/weaving/") < page.index("/courses/advanced/")
    course = client.get("/courses/advanced/").text
    assert 'href="/courses/weaving/">Weaving</a>' in course
