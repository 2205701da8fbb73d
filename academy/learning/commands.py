"""The commands `academy content check`, `load`, `list` and `schema`: cases and courses."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click

from academy.commandline import fail, open_database, tell
from academy.config import ROOT
from academy.db import transaction
from academy.learning.checking import CourseReading, read_courses
from academy.learning.content import PLAN
from academy.learning.drafting import from_plan, plans_below
from academy.learning.export_commands import export
from academy.learning.loading_wording import say_load
from academy.learning.new_commands import new
from academy.learning.preview_commands import preview
from academy.learning.questions import Quiz
from academy.learning.record import CoursePlan, Glossary, LessonHead
from academy.learning.service import load_courses
from academy.learning.table import lesson_lines, lessons_in_markdown, lessons_in_words
from academy.lib.content_files import Fault, say_faults, schema_of
from academy.library.content import CaseFile, Reading, case_schema, read_cases
from academy.library.picture_files import ADVICE
from academy.library.queries import find_published
from academy.library.record import CaseRecord
from academy.library.service import LoadReport, PictureFault, SlugTaken, draw_pictures, load_cases
from academy.library.table import in_markdown, in_words, lines_of

_FOLDER = click.argument(
    "folder", default=ROOT / "courses",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)  # fmt: skip
_AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group()
def content() -> None:
    """Check and load the academy's own cases and courses."""


content.add_command(new)
content.add_command(preview)
content.add_command(export)


@dataclass(frozen=True, slots=True)
class Whole:
    """What FOLDER holds: cases and courses, and every fault of either."""

    cases: Reading
    courses: CourseReading

    @property
    def faults(self) -> list[Fault]:
        """Return what is wrong, cases first."""
        return [*self.cases.faults, *self.courses.faults]


def _read(folder: Path) -> Whole:
    # A case with a fault is still a case that lessons may name. An exported course stands alone.
    home = folder if _is_whole(folder) else ROOT / "courses"
    slugs = {file.stem for file in (home / "cases").glob("*.yaml")}
    others = () if home == folder else [from_plan(*one) for one in plans_below(home)]
    return Whole(read_cases(folder), read_courses(folder, slugs, others))


def _is_whole(folder: Path) -> bool:
    """Whether a folder holds all that the academy has; without cases it is a few courses."""
    return (folder / "cases").is_dir() or not any(folder.glob(f"*/{PLAN}"))


@content.command()
@_FOLDER
@_AS_JSON
def check(folder: Path, *, as_json: bool) -> None:
    """Read every file in FOLDER (courses/) and name each fault with its line and advice."""
    found = _with_pictures_drawn(_read(folder))
    _refuse_faults(found, as_json=as_json)
    words = f"{len(found.cases.cases)} cases and {len(found.courses.courses)} courses, no fault."
    tell(_as_json(found), words, as_json=as_json)


def _with_pictures_drawn(found: Whole) -> Whole:
    """Draw every picture as a load would: a picture that cannot be drawn is a fault, too."""
    faults = list(found.cases.faults)
    for case in found.cases.cases if not faults else ():
        try:
            draw_pictures([case], known=())
        except PictureFault as fault:
            what = f"{fault.name} cannot be drawn ({fault.reason})"
            faults.append(Fault(f"cases/{case.slug}.yaml", 1, what, ADVICE[fault.reason]))
    return Whole(Reading(found.cases.cases, tuple(faults)), found.courses)


@content.command()
@_FOLDER
@click.option(
    "--take-files", "taken", multiple=True, metavar="COURSE",
    help="Let the files of this course win over what was edited in the browser.",
)  # fmt: skip
@_AS_JSON
def load(folder: Path, taken: tuple[str, ...], *, as_json: bool) -> None:
    """Load FOLDER (courses/) into the database; nothing is loaded while any file has a fault.

    What was edited in the browser stays, unless its file changed as well: that course is left as
    it is, and said. A FOLDER without cases holds a few courses alone, and withdraws no other.
    """
    found = _read(folder)
    _refuse_faults(found, as_json=as_json)
    if strangers := sorted({*taken} - {one.slug for one in found.courses.courses}):
        raise fail(f"--take-files {strangers[0]}: {folder} holds no such course.")
    open_database()
    is_whole = _is_whole(folder)
    try:
        with transaction():
            cases = load_cases(found.cases.cases) if is_whole else LoadReport()
            courses = load_courses(found.courses.courses, take_files=taken, withdraws=is_whole)
    except SlugTaken as error:
        raise fail(f"Nothing was loaded: {error}. Rename the file or the member's case.") from error
    except PictureFault as error:
        raise fail(f"Nothing was loaded: {error}. {ADVICE[error.reason]}") from error
    facts = {"cases": cases.as_json(), "courses": courses.as_json()}
    tell(facts, say_load(cases, courses), as_json=as_json)
    if courses.refused:
        raise SystemExit(1)


@content.command("list")
@_FOLDER
@click.option("--library", is_flag=True, help="What is published on the site, members' cases too.")
@click.option("--markdown", is_flag=True, help="Print the table of docs/cases.md.")
@_AS_JSON
def list_cases(folder: Path, *, library: bool, markdown: bool, as_json: bool) -> None:
    """Print the table of cases in FOLDER (courses/): country, category, fields told, sources."""
    lines = lines_of(_published() if library else _without_fault(folder, as_json=as_json))
    words = in_markdown(lines) if markdown else in_words(lines)
    tell({"cases": [line.as_json() for line in lines]}, words, as_json=as_json)


def _published() -> list[CaseFile]:
    open_database()
    return [
        CaseFile(case.slug, CaseRecord.model_validate(case.record)) for case in find_published()
    ]


def _without_fault(folder: Path, *, as_json: bool) -> tuple[CaseFile, ...]:
    found = _read(folder)
    _refuse_faults(found, as_json=as_json)
    return found.cases.cases


@content.command("lessons")
@_FOLDER
@click.option("--markdown", is_flag=True, help="Print it as Markdown.")
@_AS_JSON
def list_lessons(folder: Path, *, markdown: bool, as_json: bool) -> None:
    """Print the table of lessons in FOLDER (courses/): words, figures, questions, languages."""
    found = _read(folder)
    _refuse_faults(found, as_json=as_json)
    lines = lesson_lines(found.courses.courses)
    words = lessons_in_markdown(lines) if markdown else lessons_in_words(lines)
    tell({"lessons": [asdict(line) for line in lines]}, words, as_json=as_json)


#: What can be checked against a schema: the word after `schema` and the file beside it.
_SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "case": case_schema, "course": partial(schema_of, CoursePlan),
    "lesson": partial(schema_of, LessonHead), "quiz": partial(schema_of, Quiz),
    "glossary": partial(schema_of, Glossary),
}  # fmt: skip


@content.command()
@click.argument("kind", type=click.Choice(list(_SCHEMAS)), default="case")
def schema(kind: str) -> None:
    """Print the JSON Schema of a kind of file: a case, a course, a lesson's head, a quiz."""
    click.echo(json.dumps(_SCHEMAS[kind](), ensure_ascii=False, indent=2))


def _refuse_faults(found: Whole, *, as_json: bool) -> None:
    if not found.faults:
        return
    words = f"{say_faults(found.faults)}\n{len(found.faults)} faults; nothing was loaded."
    tell(_as_json(found), words, as_json=as_json)
    raise SystemExit(1)


def _as_json(found: Whole) -> dict[str, object]:
    return {
        "cases": len(found.cases.cases), "courses": len(found.courses.courses),
        "faults": [asdict(one) for one in found.faults],
    }  # fmt: skip
