"""What authors see of their files while they write: lessons, faults, and whether a file changed."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from academy.learning.checking import read_courses
from academy.learning.content import FIGURES, CourseFiles, LessonText
from academy.learning.directives import as_json, count_words
from academy.learning.figures import facts_of_figures
from academy.learning.rendering import render
from academy.lib.content_files import Fault
from academy.library.content import read_case


@dataclass(frozen=True, slots=True)
class Shown:
    """A lesson in one language, as its page shows it."""

    language: str
    title: str
    summary: str
    words: int
    head: Any
    parts: list[dict[str, Any]]
    quiz: Any
    file: str


@dataclass(slots=True)
class Desk:
    """A folder of courses, read again whenever one of its files changed."""

    root: Path
    stamp: str = ""
    courses: dict[str, CourseFiles] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    #: What each file said when it could last be read: a slip of the pen does not empty the page.
    good: dict[str, LessonText] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def look(self) -> str:
        """Read what changed, and return a mark of what the files say now."""
        with self._lock:
            stamp = _stamp_of(self.root)
            if stamp != self.stamp:
                self._read()
                self.stamp = stamp
        return stamp

    def _read(self) -> None:
        cases = {file.stem for file in (self.root / "cases").glob("*.yaml")}
        reading = read_courses(self.root, cases)
        found = sorted([*reading.courses, *reading.parts], key=lambda one: one.slug)
        self.courses, self.faults = {one.slug: one for one in found}, reading.faults
        texts = (text for one in found for of in one.lessons for text in of.texts.values())
        self.good |= {text.file: text for text in texts}

    def faults_with_lines(self, course: str = "") -> list[tuple[Fault, str]]:
        """Return faults with the line that each is about: those of `course` first."""
        mine = sorted(self.faults, key=lambda one: not one.file.startswith(f"{course}/"))
        return [(one, _line_of(self.root / one.file, one.line)) for one in mine]

    def shown(self, course: CourseFiles, module: str, slug: str, tag: str) -> Shown | None:
        """Return a lesson in the language `tag`, as it could last be read."""
        text = self.good.get(f"{course.slug}/{module}/{slug}.{tag}.md")
        if text is None:
            return None
        figures = facts_of_figures({
            f"{FIGURES}/{name}": file.read_bytes()
            for name, file in self.figures(course.slug).items()
        })  # fmt: skip
        return Shown(
            tag, text.head.title, text.head.summary, count_words(text.pieces), text.head,
            [as_json(piece, figures) for piece in text.pieces], text.quiz, text.file,
        )  # fmt: skip

    def title(self, course: str, module: str, slug: str, tag: str) -> str:
        """Return the title of a lesson, or its slug where its file cannot be read."""
        text = self.good.get(f"{course}/{module}/{slug}.{tag}.md")
        return text.head.title if text else slug

    def terms(self, course: CourseFiles, text: Shown) -> dict[str, Mapping[str, str]]:
        """Return the words of the glossary that a lesson explains."""
        glossary = course.glossaries.get(text.language)
        found = glossary.terms.items() if glossary else ()
        return {
            key: {"term": one.term, "html": render(one.meaning)} for key, one in found
            if any(f'href="#term-{key}"' in part["html"] for part in text.parts)
        }  # fmt: skip

    def cases(self, text: Shown) -> dict[str, tuple[str, str, str]]:
        """Return title, country and language of the cases that a lesson shows."""
        slugs = {part["options"]["slug"] for part in text.parts if part["name"] == "case"}
        return dict(self._cases(slugs))

    def _cases(self, slugs: set[str]) -> Iterator[tuple[str, tuple[str, str, str]]]:
        for slug in slugs:
            file = self.root / "cases" / f"{slug}.yaml"
            record = read_case(file.read_bytes(), file.name, file.parent) if file.exists() else []
            if not isinstance(record, list):
                yield slug, (record.title, record.places[0].country, record.language)

    def figures(self, course: str) -> dict[str, Path]:
        """Return the figures of a course by their names."""
        if course not in self.courses:
            return {}
        folder = self.courses[course].folder / "figures"
        return {file.name: file for file in folder.glob("*") if file.is_file()}


def _stamp_of(root: Path) -> str:
    mark = hashlib.sha256()
    for file in sorted(root.rglob("*")):
        try:
            facts = file.stat()
        except FileNotFoundError:  # an editor's own file, gone again
            continue
        mark.update(f"{file}\0{facts.st_mtime_ns}\0{facts.st_size}\n".encode())
    return mark.hexdigest()[:16]


def _line_of(file: Path, number: int) -> str:
    try:
        lines = file.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    return lines[number - 1].strip()[:200] if 0 < number <= len(lines) else ""
