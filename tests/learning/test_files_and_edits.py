"""Files on disk meet what was edited in the browser: neither is lost, nothing is silent."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from academy.config import Settings
from academy.db import session
from academy.learning import commands, export_commands
from academy.learning.checking import read_courses
from academy.learning.commands import content
from academy.learning.models import Course, CourseFile, CourseFileVersion
from academy.learning.service import (
    CourseReport,
    load_courses,
    make_course,
    publish,
    put_on_shelf,
    save_text,
    take_from_shelf,
)
from academy.library.content import CaseFile
from academy.library.service import load_cases
from academy.people.models import Person
from tests.cast import Cast
from tests.learning.writing import write_course
from tests.library.conftest import record

WEFT, WARP = "first/weft.en.md", "first/warp.en.md"


@pytest.fixture
def root(app: object, tmp_path: Path) -> Path:
    """Return a folder whose course is loaded; its case is in the library."""
    write_course(tmp_path)
    load_cases([CaseFile("forest", record())])
    load(tmp_path)
    return tmp_path


def load(root: Path, *taken: str) -> CourseReport:
    return load_courses(read_courses(root, {"forest"}).courses, take_files=taken)


def course() -> Course:
    return session.scalars(select(Course).where(Course.slug == "weaving")).one()


def published(path: str) -> str | None:
    data = session.scalars(select(CourseFile.data).where(CourseFile.path == path)).one_or_none()
    return data.decode() if data is not None else None


def edit(person: Person, path: str, old: str, new: str) -> None:
    """Change a file in the browser, and publish it."""
    text = published(path) or ""
    assert old in text
    save_text(course(), path, person, text.replace(old, new), None)
    publish(course(), [path], person)


def write(root: Path, path: str, old: str, new: str) -> None:
    """Change a file on disk."""
    file = root / "weaving" / path
    file.write_text(file.read_text().replace(old, new))


def test_what_was_edited_in_the_browser_stays_while_its_file_is_as_it_was(
    root: Path, cast: Cast
) -> None:
    edit(cast.organiser, WEFT, "Across.", "Over and under.")
    report = load(root)
    assert (report.unchanged, report.kept) == (1, {"weaving": [WEFT]})
    write(root, WARP, "run along", "run lengthwise")
    report = load(root)
    assert (report.updated, report.refused) == (1, set())
    assert "Over and under." in (published(WEFT) or "")
    assert "run lengthwise" in (published(WARP) or "")
    assert load(root).unchanged == 1


def test_a_file_changed_in_both_places_is_refused_until_somebody_decides(
    root: Path, cast: Cast
) -> None:
    edit(cast.organiser, WEFT, "Across.", "Of the browser.")
    write(root, WEFT, "Across.", "Of the file.")
    before = course().version
    report = load(root)
    assert report.clashes == {"weaving": [WEFT]}
    assert (course().version, "Of the browser." in (published(WEFT) or "")) == (before, True)
    assert load(root, "weaving").updated == 1
    assert "Of the file." in (published(WEFT) or "")
    said = select(CourseFileVersion).where(CourseFileVersion.path == WEFT)
    versions = session.scalars(said.order_by(CourseFileVersion.number)).all()
    assert [one.whence for one in versions] == ["files", "browser", "files"]
    assert b"Of the browser." in (versions[1].data or b"")
    assert load(root).unchanged == 1


def test_both_together_are_checked_before_either_counts(root: Path, cast: Cast) -> None:
    edit(cast.organiser, WEFT, "Across.", "Across the [warp](term:warp).")
    for name in ("glossary.en.yaml", WARP):
        write(root, name, "term:warp", "term:long")
        write(root, name, "  warp:", "  long:")
    report = load(root)
    [fault] = report.faults["weaving"]
    assert (fault.file, fault.what) == (f"weaving/{WEFT}", "there is no term “warp”")
    assert "warp" in course().glossary["en"]


def test_a_file_written_as_it_was_edited_is_no_clash_and_may_change_again(
    root: Path, cast: Cast
) -> None:
    edit(cast.organiser, WEFT, "Across.", "Of both.")
    write(root, WEFT, "Across.", "Of both.")
    assert (load(root).unchanged, load(root).kept) == (1, {})
    write(root, WEFT, "Of both.", "Of the file.")
    assert load(root).updated == 1
    assert "Of the file." in (published(WEFT) or "")


def test_no_load_overrules_what_was_decided_about_the_shelf(root: Path, cast: Cast) -> None:
    take_from_shelf(course(), cast.organiser)
    load(root)
    assert course().status == "withdrawn"
    put_on_shelf(course(), cast.organiser)
    (root / "weaving").rename(root.parent / f"{root.name}-away")
    assert load(root).withdrawn == 0
    assert course().status == "published"


def test_a_course_of_the_browser_is_not_withdrawn_by_a_load(root: Path, cast: Cast) -> None:
    soil = make_course("soil", {"en": "Living soil"}, cast.organiser, has_quiz=True)
    put_on_shelf(soil, cast.organiser)
    assert load(root).withdrawn == 0
    assert session.scalars(select(Course.status).where(Course.slug == "soil")).one() == "published"


def test_an_exported_course_is_what_learners_read_to_the_byte(
    root: Path, cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (commands, export_commands):
        monkeypatch.setattr(module, "open_database", lambda: settings)
    edit(cast.organiser, WEFT, "Across.", "Ober und unter: ប.")
    run, folder = CliRunner(), root.parent / f"{root.name}-out"
    done = run.invoke(content, ["export", "weaving", str(folder)])
    assert (done.exit_code, "10 files written to" in done.output) == (0, True), done.output
    stored = {
        f"weaving/{path}": data
        for path, data in session.execute(select(CourseFile.path, CourseFile.data))
    }
    found = {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*") if file.is_file()
    }  # fmt: skip
    assert found == stored
    before = course().version
    assert load_courses(read_courses(folder, {"forest"}).courses).unchanged == 1
    assert course().version == before
    (folder / "weaving/notes.txt").write_text("mine")
    refused = run.invoke(content, ["export", "weaving", str(folder)])
    assert (refused.exit_code, "weaving/notes.txt" in refused.output) == (1, True)
    assert run.invoke(content, ["export", "weaving", str(folder), "--force"]).exit_code == 0
    assert not (folder / "weaving/notes.txt").exists()
    assert run.invoke(content, ["export", "none", str(folder)]).exit_code == 1


def test_the_command_says_what_is_kept_and_both_ways_out(
    root: Path, cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "open_database", lambda: settings)
    for file in (root / "weaving/first").glob("warp.*.md"):
        file.write_text(file.read_text().replace("as the [forest](case:forest) shows", "so"))
    run = CliRunner()
    assert run.invoke(content, ["load", str(root)]).exit_code == 0
    edit(cast.organiser, WEFT, "Across.", "Of the browser.")
    kept = run.invoke(content, ["load", str(root)])
    assert (kept.exit_code, f"stays so: {WEFT}" in kept.output) == (0, True)
    write(root, WEFT, "Across.", "Of the file.")
    refused = run.invoke(content, ["load", str(root)])
    assert refused.exit_code == 1
    for words in (WEFT, "content export weaving DIRECTORY", "--take-files weaving"):
        assert words in refused.output
    assert run.invoke(content, ["load", str(root), "--take-files", "none"]).exit_code == 1
    assert run.invoke(content, ["load", str(root), "--take-files", "weaving"]).exit_code == 0
