"""The commands `academy content new course`, `module` and `lesson`: files to begin with."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import click

from academy.commandline import fail
from academy.config import ROOT
from academy.learning.checking import read_courses
from academy.learning.content import FIGURES, OTHERS, PLAN, SLUG
from academy.learning.record import CoursePlan
from academy.learning.scaffolding import (
    New,
    Refused,
    files_of_course,
    files_of_lesson,
    first_lesson,
    titles_for,
    with_lesson,
    with_module,
)
from academy.lib.content_files import BadFile, Fault, read_record, read_text, say_faults

Command = TypeVar("Command", bound=Callable[..., None])
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LONGEST_SLUG = 60


class Slug(click.ParamType[str]):
    """A word that can be an address and a file's name."""

    name = "slug"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the slug, or say how to write one."""
        if SLUG.fullmatch(value) is None or len(value) > _LONGEST_SLUG:
            self.fail(
                f"“{value}” cannot be an address: take small letters, figures and hyphens, "
                f"at most {_LONGEST_SLUG}.",
                param, ctx,
            )  # fmt: skip
        return value


def _options(command: Command) -> Command:
    for option in (
        click.option("--title", "titles", multiple=True, metavar="WORDS",
                     help="Its title; `--title id=Nilai` says it in one language."),
        click.option("--quiz", "has_quiz", is_flag=True, help="Write a quiz for its lesson, too."),
        click.option("--folder", default=ROOT / "courses", show_default="courses/",
                     type=click.Path(exists=True, file_okay=False, path_type=Path),
                     help="Where the courses are."),
    ):  # fmt: skip
        command = option(command)
    return command


@click.group()
def new() -> None:
    """Write the files of a new course, module or lesson."""


@new.command()
@click.argument("slug", type=Slug())
@click.option("--language", "languages", multiple=True, default=["en"], show_default="en",
              help="A language of the course; the first is the one it is written in.")  # fmt: skip
@_options
def course(
    slug: str, languages: tuple[str, ...], titles: tuple[str, ...], folder: Path, *, has_quiz: bool
) -> None:
    """Write a course SLUG with one module and one lesson."""
    if slug in OTHERS:
        raise fail(f"courses/{slug}/ holds something else: take another slug.")
    for tag in languages:
        if _LANGUAGE.fullmatch(tag) is None or languages.count(tag) > 1:
            raise fail(f"--language {tag}: give each language once, as en, id or zh-Hant.")
    home = folder / slug
    if home.exists():
        raise fail(f"{slug}/ is there already, and stays as it is: take another slug.")
    made = New(slug, titles_for(slug, titles, languages), has_quiz, _taken(folder))
    _write(home, files_of_course(made))


@new.command()
@click.argument("course", type=Slug())
@click.argument("slug", type=Slug())
@_options
def module(
    course: str, slug: str, titles: tuple[str, ...], folder: Path, *, has_quiz: bool
) -> None:
    """Add a module SLUG to COURSE, with its first lesson."""
    if slug == FIGURES:
        raise fail(f"{FIGURES}/ is where the figures of a course are: take another slug.")
    text, plan = _open_plan(folder / course)
    made = New(slug, titles_for(slug, titles, plan.languages), has_quiz, _taken(folder))
    after = _or_fail(lambda: with_module(text, plan, course, made))
    _write(folder / course, files_of_lesson(slug, first_lesson(made)), (text, after))


@new.command()
@click.argument("course", type=Slug())
@click.argument("module", type=Slug())
@click.argument("slug", type=Slug())
@_options
def lesson(
    course: str, module: str, slug: str, titles: tuple[str, ...], folder: Path, *, has_quiz: bool
) -> None:
    """Add a lesson SLUG at the end of MODULE of COURSE, in every language of the course."""
    text, plan = _open_plan(folder / course)
    made = New(slug, titles_for(slug, titles, plan.languages), has_quiz, _taken(folder))
    after = _or_fail(lambda: with_lesson(text, plan, (course, module), made))
    _write(folder / course, files_of_lesson(module, made), (text, after))


def _or_fail(make: Callable[[], str]) -> str:
    try:
        return make()
    except Refused as error:
        raise fail(str(error)) from error


def _open_plan(home: Path) -> tuple[str, CoursePlan]:
    name = f"{home.name}/{PLAN}"
    try:
        text = read_text((home / PLAN).read_bytes(), name)
        return text, read_record(text, name, CoursePlan)[0]
    except FileNotFoundError:
        words = f"There is no {name}: `academy content new course {home.name}` writes one."
        raise fail(words) from None
    except BadFile as error:
        raise fail(f"Nothing was written; mend this first:\n{say_faults(error.faults)}") from error


def _taken(folder: Path) -> frozenset[str]:
    return frozenset(key for file in folder.glob(f"*/{PLAN}") for key in _ids_of(file))


def _ids_of(file: Path) -> Iterator[str]:
    try:
        plan, _marked = read_record(read_text(file.read_bytes(), PLAN), PLAN, CoursePlan)
    except BadFile:
        return
    yield from (one.id for _module, one in plan.lessons())


def _write(home: Path, files: Mapping[str, str], change: tuple[str, str] | None = None) -> None:
    """Write new files beside what is there, and the changed plan; all of it or nothing."""
    for path in files:
        if (home / path).exists():
            raise fail(f"{home.name}/{path} is there already, and stays as it is.")
    known = set() if change is None else set(_faults(home))
    made: list[Path] = []
    try:
        for path, text in files.items():
            made += _make(home / path, text)
        if change:
            _replace(home / PLAN, change[1])
        found = [one for one in _faults(home) if one not in known]
    except OSError as error:
        _undo(home, made, change)
        raise fail(f"Nothing was written: {error}.") from error
    if found:
        _undo(home, made, change)
        raise fail(f"Nothing was written: it would not be taken.\n{say_faults(found)}")
    click.echo("\n".join(f"{home.name}/{path}: new" for path in files))
    if change:
        click.echo(f"{home.name}/{PLAN}: one more line of the plan, the rest as it was")


def _faults(home: Path) -> Iterator[Fault]:
    cases = {file.stem for file in (home.parent / "cases").glob("*.yaml")}
    for fault in read_courses(home.parent, cases).faults:
        if fault.file.startswith(f"{home.name}/"):
            yield fault


def _make(file: Path, text: str) -> list[Path]:
    """Write a file that was not there; return it, after the folders made for it."""
    folders = [one for one in (file.parent, file.parent.parent) if not one.exists()][::-1]
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("x", encoding="utf-8", newline="") as opened:
        opened.write(text)
    return [*folders, file]


def _replace(file: Path, text: str) -> None:
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(text, encoding="utf-8", newline="")
    beside.replace(file)


def _undo(home: Path, made: list[Path], change: tuple[str, str] | None) -> None:
    for path in reversed(made):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()
    if change:
        _replace(home / PLAN, change[0])
