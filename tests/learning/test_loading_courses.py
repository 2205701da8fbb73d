"""Loading courses: all or nothing, a second time nothing, and nobody's progress is lost."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.db import session, transaction
from academy.learning.checking import read_courses
from academy.learning.models import Attempt, Course, Lesson, LessonText, QuizQuestion, Study
from academy.learning.service import CourseReport, begin_attempt, hand_in, load_courses, mark_read
from academy.people.models import Person
from tests.cast import Cast
from tests.learning.writing import write_course

pytestmark = pytest.mark.usefixtures("app")


def load(root: Path) -> CourseReport:
    """Load what stands in the folder, which has no fault."""
    reading = read_courses(root, {"forest"})
    assert reading.faults == []
    return load_courses(reading.courses)


def change(file: Path, old: str, new: str) -> None:
    """Change a file that holds `old`."""
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def lesson(key: str = "weaving-warp") -> Lesson:
    """Return a lesson by its key."""
    return session.scalars(select(Lesson).where(Lesson.key == key)).one()


def study(person: Person) -> Study:
    """Return how far the person is in the first lesson."""
    return session.scalars(select(Study).where(Study.person_id == person.id)).one()


def test_a_second_load_changes_nothing(tmp_path: Path) -> None:
    write_course(tmp_path)
    assert load(tmp_path).created == 1
    texts = session.scalar(select(func.count()).select_from(LessonText))
    changed_at = session.scalars(select(LessonText.changed_at)).all()
    assert (load(tmp_path).unchanged, texts) == (1, 4)
    assert session.scalars(select(LessonText.changed_at)).all() == changed_at


def test_progress_stays_through_renames_and_a_new_order(
    tmp_path: Path, cast: Cast, app: Flask
) -> None:
    folder = write_course(tmp_path)
    load(tmp_path)
    mark_read(lesson(), cast.learner)
    change(folder / "course.yaml", "id: weaving-warp, slug: warp", "id: weaving-warp, slug: long")
    for tag in ("en", "id"):
        for name in ("", ".quiz"):
            end = f"{name}.{tag}.{'yaml' if name else 'md'}"
            (folder / f"first/warp{end}").rename(folder / f"first/long{end}")
    lines = (folder / "course.yaml").read_text().splitlines()
    (folder / "course.yaml").write_text("\n".join([*lines[:-2], lines[-1], lines[-2]]) + "\n")
    assert load(tmp_path).updated == 1
    assert (lesson().slug, lesson().position) == ("long", 2)
    assert study(cast.learner).read_at is not None


def test_a_lesson_that_is_taken_out_and_put_back_is_still_read(tmp_path: Path, cast: Cast) -> None:
    folder = write_course(tmp_path)
    load(tmp_path)
    mark_read(lesson("weaving-weft"), cast.learner)
    plan = (folder / "course.yaml").read_text()
    change(folder / "course.yaml", "      - {id: weaving-weft, slug: weft, minutes: 12}\n", "")
    kept = {file: file.read_text() for file in folder.glob("first/weft.*")}
    for file in kept:
        file.unlink()
    load(tmp_path)
    assert lesson("weaving-weft").position == 0
    for file, text in kept.items():
        file.write_text(text)
    (folder / "course.yaml").write_text(plan)
    load(tmp_path)
    assert lesson("weaving-weft").position == 2
    assert study(cast.learner).read_at is not None


def test_a_quiz_that_changes_under_results_is_warned_of_and_keeps_them(
    tmp_path: Path, cast: Cast
) -> None:
    folder = write_course(tmp_path)
    load(tmp_path)
    attempt = begin_attempt(lesson(), cast.learner)
    hand_in(attempt, cast.learner, {"which": ["warp"], "how-many": ["12,4"]}, "en")
    assert attempt.percent == 100
    for tag in ("en", "id"):
        change(folder / f"first/warp.quiz.{tag}.yaml", "value: 12.5", "value: 20")
    said = "weaving-warp: the question how-many is another now; attempts before: 1"
    assert load(tmp_path).warnings == [said]
    assert session.scalars(select(Attempt.percent)).one() == 100


def test_all_that_decides_what_is_right_is_warned_of_and_no_other_words(
    tmp_path: Path, cast: Cast
) -> None:
    folder = write_course(tmp_path)
    quizzes = list(folder.glob("first/*.quiz.*"))
    word = "  - {key: word, kind: short, text: Which, accepted: [warp], feedback: So.}\n"
    for file in quizzes:
        file.write_text(file.read_text() + word)
    load(tmp_path)
    hand_in(begin_attempt(lesson(), cast.learner), cast.learner, {"word": ["warp"]}, "en")
    for file in quizzes:
        change(file, "Twelve.", "A dozen.")
    assert load(tmp_path).warnings == []
    change(quizzes[0], "[warp]", "[warp, lusi]")
    assert load(tmp_path).warnings == [
        "weaving-warp: the question word is another now; attempts before: 1"
    ]
    for file in quizzes:
        change(file, "questions:", "passed_at: 80\nquestions:")
        change(file, word.replace("[warp]", "[warp, lusi]") if file == quizzes[0] else word, "")
    assert load(tmp_path).warnings == [
        "weaving-warp: 80 percent are enough now instead of 60; attempts before: 1",
        "weaving-warp: the question word was taken out; attempts before: 1",
    ]


def test_a_folder_that_is_gone_withdraws_its_course_and_comes_back(tmp_path: Path) -> None:
    folder = write_course(tmp_path)
    load(tmp_path)
    folder.rename(tmp_path.parent / f"{tmp_path.name}-away")
    assert load(tmp_path).withdrawn == 1
    assert session.scalars(select(Course.status)).one() == "withdrawn"
    (tmp_path.parent / f"{tmp_path.name}-away").rename(folder)
    assert load(tmp_path).updated == 1
    assert session.scalars(select(Course.status)).one() == "published"


def test_handed_in_twice_forged_and_removed_gain_nothing(tmp_path: Path, cast: Cast) -> None:
    write_course(tmp_path)
    load(tmp_path)
    attempt = begin_attempt(lesson(), cast.learner)
    with transaction() as current:
        gone = current.scalars(select(QuizQuestion).where(QuizQuestion.key == "how-many")).one()
        gone.retired_at = attempt.started_at
    given = {"which": ["weft"], "how-many": ["12.5"], "made-up": ["right"]}
    assert hand_in(attempt, cast.learner, given, "en")
    assert not hand_in(attempt, cast.learner, {"which": ["warp"]}, "en")
    assert (attempt.percent, list(attempt.answers)) == (0, ["which"])
