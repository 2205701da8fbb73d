"""Every directive on the page, and the files of a course for other programs: schemas, ZIP, feed."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from academy.config import ROOT
from academy.learning.checking import read_courses
from academy.learning.content import LessonText
from academy.learning.service import load_courses
from academy.lib.content_files import say_faults
from academy.lib.marked_yaml import read_yaml
from tests.learning.writing import write_course

WARP = "/courses/weaving/first/warp/"
ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = """
::: video address="https://video.example.org/loom?a=1&b=2" minutes=12 megabytes=80
First she **winds** the thread.
:::

::: audio address=https://video.example.org/loom.mp3 minutes=6.5 megabytes=3.2
The same, to hear.
:::
"""


def with_media(root: Path, text: str = MEDIA) -> list[str]:
    """Add to the lesson of a good course, in both languages; return what is said of it."""
    folder = write_course(root)
    for tag in ("en", "id"):
        file = folder / f"first/warp.{tag}.md"
        file.write_text(file.read_text() + text)
    return say_faults(read_courses(root, {"forest"}).faults).splitlines()


def test_every_directive_shows_what_it_costs_and_its_words(
    tmp_path: Path, client: FlaskClient
) -> None:
    assert with_media(tmp_path) == []
    load_courses(read_courses(tmp_path, {"forest"}).courses)
    page = client.get(WARP).text
    for words in (
        'href="https://video.example.org/loom?a=1&amp;b=2"', "12 minutes", "80 MB", "3.2 MB",
        "What is said, in words", "First she <strong>winds</strong> the thread.",
        '<aside class="callout callout--tip">', 'alt="A loom."', 'id="discuss-why"', 'id="quiz"',
    ):  # fmt: skip
        assert words in page, words
    assert not re.search(r"<(video|audio|iframe|source)\b", page), "nothing is loaded unasked"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("megabytes=80", "", "video: megabytes is missing"),
        ("megabytes=80", "megabytes=big", "megabytes is no number"),
        ("minutes=6.5", "minutes=6.5.1", "minutes is no number"),
        ("First she **winds** the thread.", "", "there is no version in words"),
        ('"https://video', '"http://video', "the address is not https"),
        ('"https://video', '"javascript:alert(1)//', "the address is not https"),
        ("minutes=12", "minutes=12 autoplay=1", "video: autoplay is no option of it"),
    ],
)
def test_a_video_says_what_it_costs_and_what_is_said_there(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    faults = with_media(tmp_path, MEDIA.replace(old, new))
    assert len(faults) == 2
    assert all(said in fault for fault in faults), faults


def files_of(root: Path) -> Iterator[tuple[str, Any]]:
    """Go through what courses are made of: which schema it follows, and what it says."""
    for course in read_courses(root, {"forest", *_cases()}).courses:
        yield "course", _said(course.folder / "course.yaml")
        for tag in course.glossaries:
            yield "glossary", _said(course.folder / f"glossary.{tag}.yaml")
        for text in (text for lesson in course.lessons for text in lesson.texts.values()):
            yield "lesson", _head_of(text)
            if text.quiz:
                yield "quiz", _said(root / text.quiz_file)


def _cases() -> set[str]:
    return {file.stem for file in (ROOT / "courses/cases").glob("*.yaml")}


def _said(file: Path) -> Any:
    return read_yaml(file.read_text()).value


def _head_of(text: LessonText) -> Any:
    return read_yaml(text.source.split("---\n")[1]).value


def schema(kind: str) -> Any:
    return json.loads((ROOT / f"courses/schema/{kind}.schema.json").read_text())


def test_schemas_and_checker_agree_on_the_academys_own_courses() -> None:
    validators = {}
    for kind in ("course", "lesson", "quiz", "glossary"):
        Draft202012Validator.check_schema(schema(kind))
        validators[kind] = Draft202012Validator(schema(kind))
    for kind, said in files_of(ROOT / "courses"):
        assert list(validators[kind].iter_errors(said)) == []


@pytest.mark.parametrize(
    ("kind", "file", "old", "new"),
    [
        ("course", "course.yaml", "licence:", "license:"),
        ("course", "course.yaml", "minutes: 10", "minutes: 0"),
        ("course", "course.yaml", "slug: first", "slug: First"),
        ("course", "course.yaml", "quizzes: 60", "quizzes: 101"),
        ("quiz", "first/warp.quiz.en.yaml", "kind: single", "kind: choice"),
        ("quiz", "first/warp.quiz.en.yaml", "feedback: Yes.", "feedback: []"),
        ("quiz", "first/warp.quiz.en.yaml", "value: 12.5", "value: many"),
        ("glossary", "glossary.en.yaml", "meaning:", "means:"),
    ],
)
def test_what_a_schema_refuses_the_checker_refuses(
    tmp_path: Path, kind: str, file: str, old: str, new: str
) -> None:
    path = write_course(tmp_path) / file
    path.write_text(path.read_text().replace(old, new, 1))
    assert list(Draft202012Validator(schema(kind)).iter_errors(_said(path)))
    assert any(one.file == f"weaving/{file}" for one in read_courses(tmp_path, {"forest"}).faults)


def test_the_zip_of_a_course_can_be_loaded_again(tmp_path: Path, client: FlaskClient) -> None:
    folder = write_course(tmp_path / "before")
    load_courses(read_courses(folder.parent, {"forest"}).courses)
    packed = client.get("/courses/weaving/course.zip").data
    zipfile.ZipFile(io.BytesIO(packed)).extractall(tmp_path / "after")
    reading = read_courses(tmp_path / "after", {"forest"})
    assert reading.faults == []
    assert load_courses(reading.courses).unchanged == 1
    assert client.get("/courses/weaving/course.zip").data == packed


def test_the_feed_has_what_atom_demands_and_ids_that_outlive_addresses(
    tmp_path: Path, client: FlaskClient
) -> None:
    folder = write_course(tmp_path)
    load_courses(read_courses(tmp_path, {"forest"}).courses)
    before = _entries(client)
    plan = folder / "course.yaml"
    plan.write_text(plan.read_text().replace("slug: first", "slug: begin"))
    (folder / "first").rename(folder / "begin")
    load_courses(read_courses(tmp_path, {"forest"}).courses)
    after = _entries(client)
    assert {one[:2] for one in before} == {one[:2] for one in after}
    assert len({one[0] for one in after}) == 4
    assert all("/weaving/begin/" in link for _id, _at, link in after)


def _entries(client: FlaskClient) -> list[tuple[str, str, str]]:
    feed = ET.fromstring(client.get("/courses/feed.atom").text)  # noqa: S314 (ours)
    found = []
    for part in (feed, *feed.findall(f"{ATOM}entry")):
        texts = {name: part.findtext(f"{ATOM}{name}") or "" for name in ("id", "updated", "title")}
        assert all(texts.values())
        assert texts["id"].startswith("http")
        assert datetime.fromisoformat(texts["updated"]).tzinfo
        links = [one.get("href", "") for one in part.findall(f"{ATOM}link")]
        found.append((texts["id"], texts["updated"], links[-1]))
    return found[1:]
