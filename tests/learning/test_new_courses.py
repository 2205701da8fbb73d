"""`academy content new`: files that are good at once, beside what is there, which stays."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from academy.learning.checking import read_courses
from academy.learning.content import CourseFiles
from academy.learning.new_commands import new
from tests.learning.writing import write_course

NOTES = """\
# The plan of Weaving.
title: {en: Weaving, id: Menenun}
summary: {en: How threads hold., id: Bagaimana benang menyatu.}
languages: [en, id]
licence: CC-BY-SA-4.0
modules:
- slug: first
  title:
    en: First steps
    id: Langkah pertama
  lessons:
  - id: weaving-warp
    slug: warp
    minutes: 10   # with the loom
  - {id: weaving-weft, slug: weft, minutes: 12}
    # After the weft, a lesson on knots is planned.

# The end."""


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(new, [*words, "--folder", str(root)])


def courses_in(root: Path) -> dict[str, CourseFiles]:
    reading = read_courses(root, {"forest"})
    assert reading.faults == []
    return {one.slug: one for one in reading.courses}


def test_a_new_course_is_good_at_once_in_its_languages_and_grows(tmp_path: Path) -> None:
    words = ["--title", "Soil: no, life", "--title", "id=Tanah", "--quiz"]
    made = run(tmp_path, "course", "soil", "--language", "en", "--language", "id", *words)
    assert made.exit_code == 0, made.output
    course = courses_in(tmp_path)["soil"]
    assert course.plan.title == {"en": "Soil: no, life", "id": "Tanah"}
    assert course.lessons[0].texts["id"].quiz is not None
    assert run(tmp_path, "module", "soil", "deep").exit_code == 0
    assert run(tmp_path, "lesson", "soil", "deep", "worms", "--quiz").exit_code == 0
    lessons = courses_in(tmp_path)["soil"].lessons
    assert [one.address for one in lessons] == [
        "first-steps/introduction", "deep/introduction", "deep/worms",
    ]  # fmt: skip
    assert len({one.plan.id for one in lessons}) == 3


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_notes_order_and_every_other_byte_of_a_plan_stay(tmp_path: Path, ending: str) -> None:
    folder = write_course(tmp_path)
    before = NOTES.replace("\n", ending)
    (folder / "course.yaml").write_text(before, newline="")
    assert run(tmp_path, "lesson", "weaving", "first", "knots").exit_code == 0
    assert run(tmp_path, "module", "weaving", "second", "--title", "On").exit_code == 0
    after = (folder / "course.yaml").read_bytes().decode()
    added = [line for line in after.split(ending) if line not in before.split(ending)]
    assert [line.strip()[:8] for line in added] == ["- {id: w", "- slug: ", "title: {", "- {id: w"]
    assert [line for line in after.split(ending) if line not in added] != []
    kept = iter(after.split(ending))
    assert all(line in kept for line in before.split(ending)), "a line is gone or moved"
    assert after.index("knots is planned") < after.index("slug: knots")
    assert [one.address for one in courses_in(tmp_path)["weaving"].lessons] == [
        "first/warp", "first/weft", "first/knots", "second/introduction",
    ]  # fmt: skip


def test_an_id_that_any_course_has_is_not_given_again(tmp_path: Path) -> None:
    folder = write_course(tmp_path)
    plan = folder / "course.yaml"
    plan.write_text(plan.read_text().replace("weaving-warp", "soil-introduction"))
    assert run(tmp_path, "course", "soil").exit_code == 0
    assert courses_in(tmp_path)["soil"].lessons[0].plan.id == "soil-first-steps-introduction"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["course", "weaving"], "there already"),
        (["course", "cases"], "something else"),
        (["course", "../x"], "cannot be an address"),
        (["course", "soil", "--language", "EN"], "give each language once"),
        (["module", "weaving", "first"], "has a module first"),
        (["module", "weaving", "figures"], "another slug"),
        (["module", "soil", "first"], "`academy content new course soil`"),
        (["lesson", "weaving", "first", "weft"], "has a lesson weft"),
        (["lesson", "weaving", "second", "knots"], "it has: first"),
        (["lesson", "weaving", "first", "stray"], "first/stray.en.md is there already"),
        (["lesson", "weaving", "first", "knots", "--title", "x" * 400], "would not be taken"),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_changes(
    tmp_path: Path, words: list[str], said: str
) -> None:
    folder = write_course(tmp_path)
    (folder / "first/stray.en.md").write_text("Mine.\n")
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    answer = run(tmp_path, *words)
    assert answer.exit_code != 0
    assert said in answer.output
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


def test_a_plan_with_a_fault_is_mended_first(tmp_path: Path) -> None:
    folder = write_course(tmp_path)
    plan = folder / "course.yaml"
    plan.write_text(plan.read_text().replace("licence:", "license:"))
    answer = run(tmp_path, "lesson", "weaving", "first", "knots")
    assert answer.exit_code == 1
    assert "weaving/course.yaml:4: license" in answer.output


def test_a_list_between_brackets_is_left_to_its_author(tmp_path: Path) -> None:
    folder = write_course(tmp_path)
    plan = folder / "course.yaml"
    head, _mark, _lessons = plan.read_text().partition("    lessons:")
    line = "    lessons: [{id: weaving-warp, slug: warp, minutes: 10},"
    plan.write_text(f"{head}{line}\n      {{id: weaving-weft, slug: weft, minutes: 9}}]\n")
    answer = run(tmp_path, "lesson", "weaving", "first", "knots")
    assert answer.exit_code == 1
    assert "one line for each" in answer.output
