"""Courses as files: good ones are read, every fault is named with its line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from academy.config import ROOT
from academy.learning.checking import read_courses
from academy.learning.commands import content
from academy.lib.content_files import say_faults
from tests.learning.writing import write_course

CASES = {"forest"}


def faults_after(root: Path, change: Callable[[Path], object]) -> str:
    """Return what is said of a good course after one change."""
    change(write_course(root))
    return say_faults(read_courses(root, CASES).faults)


def replaced(file: str, old: str, new: str) -> Callable[[Path], object]:
    """Return a change of one file."""

    def change(folder: Path) -> None:
        text = (folder / file).read_text()
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1))

    return change


def test_a_good_course_has_its_lessons_in_both_languages(tmp_path: Path) -> None:
    write_course(tmp_path)
    reading = read_courses(tmp_path, CASES)
    assert reading.faults == []
    assert [one.address for one in reading.courses[0].lessons] == ["first/warp", "first/weft"]
    assert set(reading.courses[0].lessons[0].texts) == {"en", "id"}


LESSON = "first/warp.en.md"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda folder: (folder / "first/weft.id.md").unlink(),
         "weaving/first/weft.id.md:1: the file is missing"),
        (lambda folder: (folder / "course.yaml").unlink(),
         "weaving/course.yaml:1: the file is missing"),
        (lambda folder: (folder / "first/old.en.md").write_text("x"),
         "weaving/first/old.en.md:1: no plan names this file"),
        (replaced(LESSON, "callout tip", "calout tip"),
         "weaving/first/warp.en.md:11: `calout` is no directive"),
        (replaced(LESSON, "callout tip", "callout nice"),
         "weaving/first/warp.en.md:11: a callout is one of a few kinds"),
        (replaced(LESSON, "well**.\n:::", "well**."),
         "weaving/first/warp.en.md:14: a directive stands in another"),
        (replaced(LESSON, 'alt="A loom."', ""),
         "weaving/first/warp.en.md:15: figure: alt is missing"),
        (replaced(LESSON, "loom.svg", "none.svg"), "figure none.svg: the file is missing"),
        (replaced(LESSON, "term:warp", "term:none"),
         "weaving/first/warp.en.md:7: there is no term “none”"),
        (replaced(LESSON, "case:forest", "case:desert"),
         "weaving/first/warp.en.md:7: there is no case “desert”"),
        (replaced(LESSON, "Threads of", "<script>alert(1)</script> of"),
         "weaving/first/warp.en.md:7: HTML is not taken"),
        (replaced("first/warp.quiz.en.yaml", "right: true, ", ""),
         "weaving/first/warp.quiz.en.yaml:2: questions.0.single: 0 options are right"),
        (replaced("first/warp.quiz.id.yaml", "12.5", "13.5"),
         "weaving/first/warp.quiz.id.yaml:9: its questions are others"),
        (replaced("first/warp.quiz.en.yaml", "again: What holds", "again: What falls"),
         "which: the lesson has no heading “What falls”"),
        (replaced("course.yaml", "slug: weft", "slug: warp"), "two lessons have the slug warp"),
        (replaced("course.yaml", "weaving-weft", "weaving-warp"), "two lessons have the id"),
        (replaced("course.yaml", "licence:", "prerequisites: [weaving]\nlicence:"),
         "weaving and weaving ask for one another"),
        (replaced("course.yaml", "licence:", "prerequisites: [none]\nlicence:"),
         "there is no course “none”"),
        (replaced("course.yaml", "id: Menenun", "ms: Menenun"),
         "weaving/course.yaml:1: title: not said in this language: id"),
        (replaced("course.yaml", "[en, id]", "[en, id, en]"),
         "weaving/course.yaml:3: languages.2: en stands here twice"),
        (replaced(LESSON, "as the [forest](case:forest)", "as\nthe ![forest](forest.png)"),
         "weaving/first/warp.en.md:8: nobody can follow “![forest](forest.png)” here"),
        (replaced(LESSON, "term:warp", "term:Warp"),
         "weaving/first/warp.en.md:7: nobody can follow “term:Warp” here"),
        (replaced(LESSON, "::: quiz\n:::", ":::"), "weaving/first/warp.en.md:23: `:::` closes"),
        (replaced("first/warp.quiz.en.yaml", "questions:", "draw: 9\nquestions:"),
         "9 are drawn of 2 questions. Draw fewer"),
        (replaced("first/warp.quiz.en.yaml", "{key: how-many, kind: number",
                  "{key: which, kind: number"), "two have the key which. Call one of them"),
        (replaced("first/warp.quiz.en.yaml", "feedback: It comes later.", "feedback: []"),
         "weaving/first/warp.quiz.en.yaml:8: questions.0.single.options.1.feedback"),
        (replaced("course.yaml", "[en, id]", "&a [en, id]\nx: *a"), "an alias (*name) is not"),
        (lambda folder: (folder / LESSON).write_bytes(b"---\ntitle: \xff\n---\n"),
         "weaving/first/warp.en.md:2: this is not UTF-8"),
        (lambda folder: (folder / LESSON).write_text("no head"), "the lesson has no head"),
        (lambda folder: (folder / "figures/loom.svg").write_text("<svg onload='x()'/>"),
         "A drawing may not act"),
        (lambda folder: (folder / "figures/loom.svg").write_bytes(b"x" * 50_000_000),
         "50,000 kB are too heavy"),
    ],
)  # fmt: skip
def test_every_fault_is_named_with_its_line(
    tmp_path: Path, change: Callable[[Path], object], said: str
) -> None:
    assert said in faults_after(tmp_path, change)


def test_a_quiz_of_thoughts_alone_can_be_passed_by_nobody(tmp_path: Path) -> None:
    mine = "  - {key: mine, kind: reflection, text: And you}\n"
    change = replaced("first/warp.quiz.en.yaml", "questions:\n", f"draw: 1\nquestions:\n{mine}")
    assert "reflections alone, and nobody can pass it. Draw more" in faults_after(tmp_path, change)


def test_a_fault_hides_no_other_one_of_its_file_or_course(tmp_path: Path) -> None:
    def change(folder: Path) -> None:
        replaced(LESSON, "callout tip", "calout tip")(folder)
        replaced(LESSON, "discuss key=why", "discuss kye=why")(folder)
        replaced(LESSON, "Stretch it", "<b>Stretch</b> it")(folder)
        replaced("first/warp.quiz.en.yaml", "12.5", "about 12")(folder)
        replaced("first/weft.id.md", "Across.", "[gone](case:desert)")(folder)

    said = faults_after(tmp_path, change).splitlines()
    assert [line.split(": ")[0] for line in said] == [
        "weaving/first/warp.en.md:11", "weaving/first/warp.en.md:12",
        "weaving/first/warp.en.md:19", "weaving/first/warp.quiz.en.yaml:9",
        "weaving/first/weft.id.md:7",
    ]  # fmt: skip


def test_what_leads_into_a_course_that_cannot_be_read_is_no_fault(tmp_path: Path) -> None:
    (write_course(tmp_path, "broken") / "course.yaml").write_text("title: [")
    change = replaced(LESSON, "case:forest", "lesson:broken/first/warp")
    said = faults_after(tmp_path, change)
    assert said.startswith("broken/course.yaml:1: ")
    assert "weaving" not in said


def test_two_courses_may_not_share_a_lessons_id_nor_wait_for_one_another(tmp_path: Path) -> None:
    for slug, need in (("one", "two"), ("two", "one")):
        plan = write_course(tmp_path, slug) / "course.yaml"
        text = plan.read_text() + f"prerequisites: [{need}]\n"
        plan.write_text(text)
    said = say_faults(read_courses(tmp_path, CASES).faults)
    assert "two/course.yaml:10: the lesson id weaving-warp is taken by the course one" in said
    assert "one and two ask for one another" in said


def test_colons_in_a_block_of_code_open_nothing(tmp_path: Path) -> None:
    change = replaced(LESSON, "Threads of", "```\n::: nothing\n```\nThreads of")
    assert faults_after(tmp_path, change) == ""


@pytest.mark.parametrize("kind", ["course", "lesson", "quiz", "glossary"])
def test_the_schemas_beside_the_files_are_those_that_check_them(kind: str) -> None:
    written = (ROOT / f"courses/schema/{kind}.schema.json").read_text()
    assert CliRunner().invoke(content, ["schema", kind]).output == written


def test_the_academys_own_courses_have_no_fault() -> None:
    result = CliRunner().invoke(content, ["check"])
    assert (result.exit_code, result.output.count("no fault")) == (0, 1), result.output
