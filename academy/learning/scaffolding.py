"""New courses, modules and lessons as files that `academy content check` takes at once (pure)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yaml.nodes import MappingNode, ScalarNode

from academy.learning.record import CoursePlan
from academy.lib.marked_yaml import in_yaml, read_nodes

#: What a module begins with, for it has at least one lesson.
FIRST_MODULE, FIRST_LESSON = "first-steps", "introduction"
_LONGEST_KEY = 60

_LESSON = """\
---
{head}objectives:
  - what a learner can do afterwards, beginning with a verb
sources:
  - {{key: first, title: "The book, report or talk that the facts come from"}}
---
Begin with a person, a place and something that happened there.

## The idea

What the story shows, in short sentences and plain words.

::: callout tip To remember
The one thing that should stay.
:::

::: discuss key={key}
What is this like where you live?
:::
"""
_PLACE = "\n::: quiz\n:::\n"
_QUIZ = """\
questions:
  - key: first
    kind: single
    text: A question that the lesson answers?
    again: The idea
    options:
      - {key: right, text: The right answer, right: true, feedback: "Why this is right."}
      - {key: wrong, text: A common mistake, feedback: "Why this is not so, and what to read."}
"""


class Refused(Exception):
    """Why something new cannot be added; the message says what to do."""


@dataclass(frozen=True, slots=True)
class New:
    """What is to be made: its slug, its title by language, and whether it gets a quiz."""

    slug: str
    titles: Mapping[str, str]
    has_quiz: bool = False
    #: Ids of lessons that are taken, in any course.
    taken: frozenset[str] = field(default_factory=frozenset)


def titles_for(slug: str, given: Sequence[str], languages: Sequence[str]) -> dict[str, str]:
    """Return a title in each language: `id=Nilai` is for one of them, `Values` for the others."""
    plain = slug.replace("-", " ").capitalize()
    own: dict[str, str] = {}
    for words in given:
        tag, mark, rest = words.partition("=")
        if mark and tag in languages:
            own[tag] = rest
        else:
            plain = words
    return {tag: own.get(tag, plain) for tag in languages}


def files_of_course(new: New) -> dict[str, str]:
    """Return the files of a new course (path: text), with one module of one lesson."""
    languages = list(new.titles)
    first = New(FIRST_LESSON, dict.fromkeys(languages, "Introduction"), new.has_quiz, new.taken)
    module = New(FIRST_MODULE, dict.fromkeys(languages, "First steps"))
    summary = dict.fromkeys(languages, "In two sentences: what this course is about, and for whom.")
    plan = "\n".join([
        f"title: {flow(new.titles)}", f"summary: {flow(summary)}",
        f"languages: {flow(languages)}          # the first is the one it was written in",
        "licence: CC-BY-SA-4.0",
        f"completion: {{lessons: 100{', quizzes: 60' if new.has_quiz else ''}}}   # percent",
        "modules:", *_indented(_module_lines(module, _key(new.slug, module.slug, first), first), 2),
    ])  # fmt: skip
    return {"course.yaml": f"{plan}\n"} | files_of_lesson(module.slug, first)


def files_of_lesson(module: str, new: New) -> dict[str, str]:
    """Return the files of a new lesson (path: text), one in each language."""
    files = {}
    for tag, title in new.titles.items():
        summary = "In one sentence: what a learner finds here."
        head = _block({"title": title, "summary": summary})
        text = _LESSON.format(head=head, key=new.slug)
        files[f"{module}/{new.slug}.{tag}.md"] = text + (
            "\n::: quiz\n:::\n" if new.has_quiz else ""
        )
        if new.has_quiz:
            files[f"{module}/{new.slug}.quiz.{tag}.yaml"] = _QUIZ
    return files


def with_module(text: str, plan: CoursePlan, course: str, new: New) -> str:
    """Return the text of course.yaml with one more module, which holds its first lesson."""
    if any(module.slug == new.slug for module in plan.modules):
        raise Refused(f"The course has a module {new.slug}: take another slug.")
    first = first_lesson(new)
    lines = _module_lines(new, _key(course, new.slug, first), first)
    return inserted(text, part_of(read_nodes(text), "modules"), lines)


def first_lesson(new: New) -> New:
    """Return the lesson that a new module begins with."""
    return New(FIRST_LESSON, dict.fromkeys(new.titles, "Introduction"), new.has_quiz, new.taken)


def with_lesson(text: str, plan: CoursePlan, where: tuple[str, str], new: New) -> str:
    """Return the text of course.yaml with one more lesson at the end of (course, module)."""
    course, module = where
    at = next((i for i, one in enumerate(plan.modules) if one.slug == module), None)
    if at is None:
        known = ", ".join(one.slug for one in plan.modules)
        raise Refused(f"The course has no module {module}; it has: {known}.")
    if any(one.slug == new.slug for one in plan.modules[at].lessons):
        raise Refused(f"The module {module} has a lesson {new.slug}: take another slug.")
    lessons = part_of(part_of(read_nodes(text), "modules").value[at], "lessons")
    return inserted(text, lessons, [_lesson_line(_key(course, module, new), new.slug)])


def _lesson_line(key: str, slug: str) -> str:
    return f"- {flow({'id': key, 'slug': slug, 'minutes': 12})}"


def _module_lines(new: New, key: str, first: New) -> list[str]:
    return [
        f"- slug: {flow([new.slug])[1:-1]}", f"  title: {flow(new.titles)}", "  lessons:",
        f"    {_lesson_line(key, first.slug)}",
    ]  # fmt: skip


def _key(course: str, module: str, lesson: New) -> str:
    """Return an id that no lesson has: it stays for ever, whatever the slug becomes."""
    return next(key for key in _keys(course, module, lesson.slug) if key not in lesson.taken)


def _keys(course: str, module: str, slug: str) -> Iterator[str]:
    yield f"{course}-{slug}"[:_LONGEST_KEY].rstrip("-")
    long = f"{course}-{module}-{slug}"[: _LONGEST_KEY - 5].rstrip("-")
    yield long
    yield from (f"{long}-{number}" for number in range(2, 1000))


def flow(value: object) -> str:
    """Return a value as YAML on one line."""
    return in_yaml(value, on_one_line=True).strip()


def _block(value: Mapping[str, str]) -> str:
    return in_yaml(dict(value))


def _indented(lines: Sequence[str], width: int) -> list[str]:
    return [f"{' ' * width}{line}" for line in lines]


def part_of(node: Any, name: str) -> Any:
    """Return the value of a key in the tree of a YAML text."""
    return next(value for key, value in node.value if key.value == name)


def inserted(text: str, listed: Any, lines: Sequence[str]) -> str:
    """Return `text` with `lines` as the last thing of a list; every other byte stays."""
    if listed.flow_style:
        raise Refused("course.yaml writes this list between [ and ]: write one line for each.")
    kept = text.splitlines(keepends=True)
    width = listed.value[-1].start_mark.column
    column = kept[listed.value[-1].start_mark.line].rindex("-", 0, width)
    at = last_line(listed.value[-1]) + 1
    # A note below the last one belongs to it.
    while at < len(kept) and is_note(kept[at], column):
        at += 1
    ending = "\r\n" if "\r\n" in text else "\n"
    if at and not kept[at - 1].endswith("\n"):
        kept[at - 1] += ending
    return "".join([*kept[:at], *(line + ending for line in _indented(lines, column)), *kept[at:]])


def is_note(line: str, column: int) -> bool:
    """Whether a line is a note that belongs to what stands above it at `column`."""
    bare = line.lstrip(" ")
    return bare.startswith("#") and len(line) - len(bare) >= column


def last_line(node: Any) -> int:
    """Return the line on which the words of `node` end, without what is empty below them."""
    if isinstance(node, ScalarNode) or node.flow_style or not node.value:
        below: int = node.end_mark.line - (1 if node.end_mark.column == 0 else 0)
        first: int = node.start_mark.line
        return max(below, first)
    inner = node.value[-1]
    return last_line(inner[1] if isinstance(node, MappingNode) else inner)
