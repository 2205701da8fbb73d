"""Courses as files under `courses/<slug>/`: what each file holds, once it was found good.

courses/principles/course.yaml                      the plan
courses/principles/glossary.en.yaml                 words that lessons explain
courses/principles/foundations/values.en.md         a lesson, one file per language
courses/principles/foundations/values.quiz.en.yaml  its quiz, if it has one
courses/principles/figures/band.svg                 what lessons show
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from academy.learning.directives import Piece, cut
from academy.learning.questions import Quiz
from academy.learning.record import CoursePlan, Glossary, LessonHead, LessonPlan, ModulePlan
from academy.lib.content_files import BadFile, Fault, read_record, read_text
from academy.lib.marked_yaml import Marked

PLAN = "course.yaml"
FIGURES = "figures"
#: Folders below courses/ that hold no course.
OTHERS = frozenset({"cases", "schema"})
SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
#: Characters; a lesson is 600 to 1,200 words.
LONGEST_LESSON = 60_000


@dataclass(frozen=True, slots=True)
class LessonText:
    """A lesson in one language."""

    file: str
    head: LessonHead
    pieces: tuple[Piece, ...]
    source: str
    quiz: Quiz | None = None
    quiz_file: str = ""
    #: Where in its file each part of the quiz stands.
    quiz_lines: Marked = field(default_factory=lambda: Marked({}))


@dataclass(frozen=True, slots=True)
class LessonFiles:
    """A lesson: its place in the course, and its texts by language."""

    module: ModulePlan
    plan: LessonPlan
    texts: Mapping[str, LessonText]
    #: Texts with a fault in their own file or quiz, as far as they can be read: to name more.
    broken: Mapping[str, LessonText] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Return module/lesson, as links within the course name it."""
        return f"{self.module.slug}/{self.plan.slug}"


@dataclass(frozen=True, slots=True)
class CourseFiles:
    """One course whose files can all be read."""

    slug: str
    folder: Path
    plan: CoursePlan
    lessons: tuple[LessonFiles, ...]
    glossaries: Mapping[str, Glossary] = field(default_factory=dict)
    #: Where in course.yaml each part of the plan stands.
    lines: Marked = field(default_factory=lambda: Marked({}))

    @property
    def is_whole(self) -> bool:
        """Whether every lesson can be read in every language."""
        return all(len(one.texts) == len(self.plan.languages) for one in self.lessons)


@dataclass(slots=True)
class Desk:
    """Where one course is read: its folder, what was opened, and what is wrong."""

    root: Path
    folder: Path
    faults: list[Fault] = field(default_factory=list)
    opened: set[Path] = field(default_factory=set)

    def name(self, file: Path) -> str:
        """Return how faults name a file."""
        return file.relative_to(self.root).as_posix()

    def blame(self, file: Path, what: str, advice: str, line: int = 1) -> None:
        """Note a fault."""
        self.faults.append(Fault(self.name(file), line, what, advice))

    def open(self, file: Path) -> str | None:
        """Return the text of a file, or note why it cannot be had."""
        self.opened.add(file)
        try:
            return read_text(file.read_bytes(), self.name(file))
        except FileNotFoundError:
            self.blame(file, "the file is missing", "Write it, or take it out of course.yaml.")
        except BadFile as error:
            self.faults += error.faults
        return None


def read_course(root: Path, folder: Path) -> tuple[CourseFiles | None, list[Fault]]:
    """Return the course in `folder`, as far as it can be read, and what is wrong with its files."""
    desk = Desk(root, folder)
    plan, lines = _read_plan(desk)
    if plan is None:
        return None, desk.faults
    glossaries = dict(_read_glossaries(desk, plan))
    lessons = tuple(_read_texts(desk, module, one, plan) for module, one in plan.lessons())
    _name_strays(desk)
    return CourseFiles(folder.name, folder, plan, lessons, glossaries, lines), desk.faults


def _read_plan(desk: Desk) -> tuple[CoursePlan | None, Marked]:
    file = desk.folder / PLAN
    text = desk.open(file)
    try:
        if text is not None:
            plan, lines = read_record(text, desk.name(file), CoursePlan)
            desk.faults += _given_twice(plan, lines, desk.name(file))
            return plan, lines
    except BadFile as error:
        desk.faults += error.faults
    return None, Marked({})


def _given_twice(plan: CoursePlan, lines: Marked, file: str) -> Iterator[Fault]:
    """Name modules, lessons and ids that stand in the plan a second time."""
    known: set[tuple[str, str]] = set()
    for place, within, what in _named(plan):
        if (within, what) in known:
            yield Fault(file, lines.line_of(place), f"two {what}", "Give one of them another.")
        known.add((within, what))


def _named(plan: CoursePlan) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    for at, module in enumerate(plan.modules):
        yield ("modules", at, "slug"), "", f"modules have the slug {module.slug}"
        for number, lesson in enumerate(module.lessons):
            place = ("modules", at, "lessons", number)
            yield (*place, "slug"), module.slug, f"lessons have the slug {lesson.slug}"
            yield (*place, "id"), "", f"lessons have the id {lesson.id}"


def _read_glossaries(desk: Desk, plan: CoursePlan) -> Iterator[tuple[str, Glossary]]:
    for tag in plan.languages:
        file = desk.folder / f"glossary.{tag}.yaml"
        text = desk.open(file) if file.exists() else None
        try:
            if text:
                yield tag, read_record(text, desk.name(file), Glossary)[0]
        except BadFile as error:
            desk.faults += error.faults


def _read_texts(
    desk: Desk, module: ModulePlan, plan: LessonPlan, course: CoursePlan
) -> LessonFiles:
    texts: dict[str, LessonText] = {}
    broken: dict[str, LessonText] = {}
    for tag in course.languages:
        file = desk.folder / module.slug / f"{plan.slug}.{tag}.md"
        before = len(desk.faults)
        if text := _read_lesson(desk, file, tag):
            (texts if len(desk.faults) == before else broken)[tag] = text
    return LessonFiles(module, plan, texts, broken)


def _read_lesson(desk: Desk, file: Path, tag: str) -> LessonText | None:
    name = desk.name(file)
    quiz_file = file.with_name(f"{file.name.removesuffix(f'.{tag}.md')}.quiz.{tag}.yaml")
    # The quiz of a lesson that cannot be read is no stray.
    desk.opened.add(quiz_file)
    quiz, lines = _read_quiz(desk, quiz_file)
    source = desk.open(file)
    if source is None:
        return None
    try:
        head, body, above = _halves(source, name)
        record, _marked = read_record(head, name, LessonHead, above=1)
    except BadFile as error:
        desk.faults += error.faults
        return None
    pieces, broken = cut(body, above + 1)
    desk.faults += [one.as_fault(name) for one in broken]
    return LessonText(name, record, tuple(pieces), source, quiz, desk.name(quiz_file), lines)


def _halves(source: str, name: str) -> tuple[str, str, int]:
    """Return the head, the text, and how many lines stand above the text."""
    if len(source) > LONGEST_LESSON:
        what = f"the lesson is longer than {LONGEST_LESSON:,} characters"
        raise BadFile(Fault(name, 1, what, "Make two of it."))
    lines = source.splitlines()
    if not lines or lines[0].strip() != "---" or "---" not in lines[1:]:
        what, advice = (
            "the lesson has no head",
            "Begin with --- and `title: …`, and end it with ---.",
        )
        raise BadFile(Fault(name, 1, what, advice))
    end = lines.index("---", 1)
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 1


def _read_quiz(desk: Desk, file: Path) -> tuple[Quiz | None, Marked]:
    text = desk.open(file) if file.exists() else None
    try:
        return read_record(text, desk.name(file), Quiz) if text is not None else (None, Marked({}))
    except BadFile as error:
        desk.faults += error.faults
        return None, Marked({})


def _name_strays(desk: Desk) -> None:
    """Name files that no plan knows: a lesson that was renamed by half is not lost silently."""
    figures = desk.folder / FIGURES
    for file in sorted(desk.folder.rglob("*")):
        if file.is_file() and file not in desk.opened and not file.is_relative_to(figures):
            desk.blame(
                file, "no plan names this file", "Name its lesson in course.yaml, or take it away."
            )
