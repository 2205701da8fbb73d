"""The files of a course as its plan orders them, each with what became of it (pure)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from academy.learning.content import PLAN
from academy.learning.course_paths import Place, place_of
from academy.learning.draft_queries import Shelf
from academy.learning.record import CoursePlan, LessonPlan, ModulePlan

State = Literal["published", "new", "changed", "removed", "missing"]
#: By path: who published a file last, when, and whence it came.
Changes = Mapping[str, tuple[str | None, datetime, str]]


@dataclass(frozen=True, slots=True)
class TreeFile:
    """One file: what waits with it, and who touched it last."""

    path: str
    state: State
    language: str = ""
    by: str | None = None
    at: datetime | None = None
    #: "files", where nobody edited it in the browser yet.
    whence: str = ""
    #: It says, letter for letter, what the first language says.
    is_untranslated: bool = False
    #: It was published anew since its draft was begun.
    is_overtaken: bool = False


@dataclass(frozen=True, slots=True)
class TreeLesson:
    """A lesson with its files."""

    plan: LessonPlan
    texts: Sequence[TreeFile]
    quizzes: Sequence[TreeFile]
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class Tree:
    """All files of a course."""

    plan: TreeFile
    glossaries: Sequence[TreeFile]
    modules: Sequence[tuple[ModulePlan, Sequence[TreeLesson]]]
    figures: Sequence[TreeFile]
    #: Files that the plan does not name.
    strays: Sequence[TreeFile]


def grow(shelf: Shelf, plan: CoursePlan, changes: Changes) -> Tree:
    """Return the files of a course in the order of a plan."""
    facts = _Facts(shelf, plan.languages[0], changes)
    modules = [(one, list(_lessons(facts, plan, one))) for one in plan.modules]
    named = {
        file.path for _module, lessons in modules for lesson in lessons
        for file in (*lesson.texts, *lesson.quizzes)
    }  # fmt: skip
    others = [facts.file(path) for path in facts.paths() if path != PLAN and path not in named]
    kinds = {one.path: facts.kind(one.path) for one in others}
    return Tree(
        facts.file(PLAN), [one for one in others if kinds[one.path] == "glossary"], modules,
        [one for one in others if kinds[one.path] == "figure"],
        [one for one in others if kinds[one.path] not in {"glossary", "figure"}],
    )  # fmt: skip


def _lessons(facts: "_Facts", plan: CoursePlan, module: ModulePlan) -> Iterator[TreeLesson]:
    for at, one in enumerate(module.lessons):
        stem = f"{module.slug}/{one.slug}"
        texts = [facts.file(f"{stem}.{tag}.md") for tag in plan.languages]
        quizzes = [facts.file(f"{stem}.quiz.{tag}.yaml") for tag in plan.languages]
        has_quiz = any(quiz.state != "missing" for quiz in quizzes)
        last = len(module.lessons) - 1
        yield TreeLesson(one, texts, quizzes if has_quiz else [], at == 0, at == last)


@dataclass(frozen=True, slots=True)
class _Facts:
    shelf: Shelf
    first: str
    changes: Changes

    def paths(self) -> list[str]:
        return sorted({*self.shelf.published, *self.shelf.drafts})

    def kind(self, path: str) -> str:
        place = place_of(path)
        return place.kind if place else ""

    def file(self, path: str) -> TreeFile:
        place, draft = place_of(path), self.shelf.drafts.get(path)
        by, at, whence = self.changes.get(path, (None, None, ""))
        if draft:
            by, at, whence = draft.author, draft.saved_at, "browser"
        return TreeFile(
            path, self._state(path), place.language if place else "", by, at, whence,
            place is not None and self._is_untranslated(place), self.shelf.is_overtaken(path),
        )  # fmt: skip

    def _state(self, path: str) -> State:
        is_published, draft = path in self.shelf.published, self.shelf.drafts.get(path)
        if draft is None:
            return "published" if is_published else "missing"
        if draft.data is None:
            return "removed"
        return "changed" if is_published else "new"

    def _is_untranslated(self, place: Place) -> bool:
        if place.language in ("", self.first):
            return False
        ending = place.path.rpartition(".")[2]
        stem = place.path.removesuffix(f"{place.language}.{ending}")
        original = self.shelf.standing(f"{stem}{self.first}.{ending}")[1]
        return original != "" and original == self.shelf.standing(place.path)[1]
