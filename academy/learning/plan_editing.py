"""Changes to course.yaml that keep every other byte of it: languages, order, addresses (pure)."""

from collections.abc import Iterator, Mapping
from typing import Any

from academy.learning.record import CoursePlan
from academy.learning.scaffolding import Refused, flow, is_note, last_line, part_of
from academy.lib.marked_yaml import read_nodes

#: A place in a text, up to where it is replaced, and by what.
Change = tuple[int, int, str]


def with_language(text: str, plan: CoursePlan, tag: str) -> str:
    """Return course.yaml with one more language; its words begin as those of the first one."""
    if tag in plan.languages:
        raise Refused(f"The course has the language {tag} already.")
    first, root = plan.languages[0], read_nodes(text)
    modules = part_of(root, "modules").value
    said = [(part_of(root, "title"), plan.title), (part_of(root, "summary"), plan.summary)]
    titles = [module.title for module in plan.modules]
    said += [(part_of(one, "title"), words) for one, words in zip(modules, titles, strict=True)]
    changes = [_added(text, part_of(root, "languages"), flow([tag])[1:-1])]
    changes += [_added(text, node, flow({tag: words[first]})[1:-1]) for node, words in said]
    return _changed(text, changes)


def _added(text: str, node: Any, words: str) -> Change:
    """Return what puts one more thing at the end of a list or a mapping."""
    if node.flow_style:
        at = len(text[: node.end_mark.index - 1].rstrip())
        return at, at, f" {words}" if text[at - 1] == "," else f", {words}"
    lines = text.splitlines(keepends=True)
    end, column = last_line(node) + 1, node.start_mark.column
    dash = "- " if node.id == "sequence" else ""
    at = sum(map(len, lines[:end]))
    begins = "" if text[:at].endswith("\n") else "\n"
    return at, at, f"{begins}{' ' * column}{dash}{words}\n"


def _changed(text: str, changes: list[Change]) -> str:
    for start, end, words in sorted(changes, reverse=True):
        text = text[:start] + words + text[end:]
    return text


def with_slug(text: str, key: str, slug: str) -> str:
    """Return course.yaml with another slug for the lesson that has this id."""
    lessons, at = _lesson(text, key)
    if any(part_of(one, "slug").value == slug for one in lessons):
        raise Refused(f"The module has a lesson {slug}: take another slug.")
    node = part_of(lessons[at], "slug")
    return _changed(text, [(node.start_mark.index, node.end_mark.index, flow([slug])[1:-1])])


def moved(text: str, key: str, steps: int) -> str:
    """Return course.yaml with a lesson so many places later in its module, or earlier."""
    lessons, at = _lesson(text, key)
    to = at + steps
    if not 0 <= to < len(lessons):
        raise Refused("The lesson stands at the end of its module: move it in course.yaml.")
    lines = text.splitlines(keepends=True)
    blocks = list(_blocks(lines, lessons))
    begin, end = blocks[0][0], blocks[-1][1]
    parts = [_ended(lines[first:last]) for first, last in blocks]
    parts.insert(to, parts.pop(at))
    return "".join([*lines[:begin], *(line for part in parts for line in part), *lines[end:]])


def without(text: str, key: str) -> str:
    """Return course.yaml without a lesson; what learners did with it stays."""
    lessons, at = _lesson(text, key)
    if len(lessons) == 1:
        raise Refused("It is the only lesson of its module: take the module out of course.yaml.")
    lines = text.splitlines(keepends=True)
    first, last = list(_blocks(lines, lessons))[at]
    return "".join([*lines[:first], *lines[last:]])


def _lesson(text: str, key: str) -> tuple[list[Any], int]:
    """Return the lessons of the module in which a lesson stands, and where among them."""
    for module in part_of(read_nodes(text), "modules").value:
        lessons = part_of(module, "lessons")
        for at, one in enumerate(lessons.value):
            if part_of(one, "id").value == key:
                if lessons.flow_style:
                    raise Refused("Write one line for each lesson in course.yaml first.")
                return lessons.value, at
    raise Refused("The course has no such lesson any more.")


def _blocks(lines: list[str], items: list[Any]) -> Iterator[tuple[int, int]]:
    """Yield the lines of each thing of a list, with the notes below it."""
    column = lines[items[0].start_mark.line].index("-")
    starts = [one.start_mark.line for one in items]
    end = last_line(items[-1]) + 1
    while end < len(lines) and is_note(lines[end], column):
        end += 1
    yield from zip(starts, [*starts[1:], end], strict=True)


def _ended(lines: list[str]) -> list[str]:
    return [*lines[:-1], lines[-1] if lines[-1].endswith("\n") else f"{lines[-1]}\n"]


def texts_of_lesson(
    contents: Mapping[str, bytes], module: str, slug: str
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a lesson, its quizzes too."""
    for path, data in contents.items():
        folder, _slash, name = path.partition("/")
        if folder == module and name.partition(".")[0] == slug:
            yield path, data
