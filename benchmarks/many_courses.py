"""A thousand lessons made by a die: five courses, two in two languages, quizzes, figures."""

import random
import shutil
from pathlib import Path

from academy.config import ROOT
from academy.lib.marked_yaml import in_yaml
from benchmarks.many_cases import LATIN

COURSES, MODULES, LESSONS = 5, 10, 20
#: Courses that are told in two languages.
TWO_TONGUED = 2
CASE = "cambodia-artisans-association"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 120">{bars}</svg>\n'


def write_courses(root: Path, seed: int = 7) -> None:
    """Write the courses and the one case that they name below `root`; one seed, the same files."""
    die = random.Random(seed)
    words = ["".join(die.choices(LATIN, k=die.choice((1, 2, 2, 3)))) for _each in range(3_000)]
    (root / "cases").mkdir(parents=True)
    shutil.copy(ROOT / f"courses/cases/{CASE}.yaml", root / "cases")
    for number in range(1, COURSES + 1):
        tongues = ("en", "id") if number <= TWO_TONGUED else ("en",)
        _Author(root / f"course-{number}", tongues, die, words).write()


class _Author:
    """Writes one course; what is the same in every language is dealt once."""

    def __init__(
        self, folder: Path, tongues: tuple[str, ...], die: random.Random, words: list[str]
    ) -> None:
        self.folder, self.tongues, self.die, self.words = folder, tongues, die, words

    def write(self) -> None:
        (self.folder / "figures").mkdir(parents=True)
        modules = [self._module(f"module-{number}") for number in range(1, MODULES + 1)]
        plan = {
            "title": self._in_all(4), "summary": self._in_all(25), "languages": list(self.tongues),
            "licence": "CC-BY-SA-4.0", "completion": {"lessons": 100, "quizzes": 60},
            "modules": modules,
        }  # fmt: skip
        (self.folder / "course.yaml").write_text(in_yaml(plan))
        for tongue in self.tongues:
            terms = {f"term-{n}": {"term": self._say(2), "meaning": self._say(20)}
                     for n in range(30)}  # fmt: skip
            file = self.folder / f"glossary.{tongue}.yaml"
            file.write_text(in_yaml({"terms": terms}))

    def _module(self, slug: str) -> dict[str, object]:
        (self.folder / slug).mkdir()
        names = [f"lesson-{number}" for number in range(1, LESSONS + 1)]
        for name in names:
            self._lesson(slug, name)
        lessons = [{"id": f"{self.folder.name}-{slug}-{name}", "slug": name, "minutes": 12}
                   for name in names]  # fmt: skip
        return {"slug": slug, "title": self._in_all(3), "lessons": lessons}

    def _lesson(self, module: str, name: str) -> None:
        drawing = f"{module}-{name}.svg"
        bars = "".join(f'<path d="M{at} 120v-{self.die.randrange(9, 99)}h9v120z"/>'
                       for at in range(10, 350, 12))  # fmt: skip
        (self.folder / "figures" / drawing).write_text(DRAWING.format(bars=bars))
        right = self.die.choices("abc", k=5)
        for tongue in self.tongues:
            file = self.folder / module / f"{name}.{tongue}.md"
            file.write_text(self._text(drawing))
            file.with_name(f"{name}.quiz.{tongue}.yaml").write_text(in_yaml(self._quiz(right)))

    def _text(self, drawing: str) -> str:
        head = in_yaml({
            "title": self._say(5), "summary": self._say(15),
            "objectives": [self._say(8) for _each in range(3)],
            "sources": [{"key": "dice", "title": self._say(9), "year": 2020}],
        })  # fmt: skip
        parts = [f"---\n{head}---", *(self._section(number) for number in range(1, 5))]
        parts[2:2] = [
            f"::: callout tip {self._say(3)}\n{self._say(30)}\n:::",
            f'::: figure file={drawing} alt="{self._say(12)}"\n{self._say(12)}\n:::',
            f"::: case slug={CASE}\n{self._say(15)}\n:::",
        ]
        asked = f"::: discuss key=why\n{self._say(15)}\n:::\n\n::: quiz\n:::\n"
        return "\n\n".join([*parts, asked])

    def _section(self, number: int) -> str:
        term = f"[{self._say(1)}](term:term-{self.die.randrange(30)})"
        listed = "\n".join(f"- **{self._say(1)}** {self._say(9)}" for _each in range(3))
        heading = f"## Part {number}: {self._say(3)}"
        return f"{heading}\n\n{self._say(70)} {term} {self._say(20)}\n\n{listed}\n\n{self._say(60)}"

    def _quiz(self, right: list[str]) -> dict[str, object]:
        return {"questions": [
            {"key": f"q{number}", "kind": "single", "text": self._say(15), "options": [
                {"key": key, "text": self._say(7), "feedback": self._say(12)}
                | ({"right": True} if key == good else {})
                for key in "abc"
            ]}
            for number, good in enumerate(right)
        ]}  # fmt: skip

    def _in_all(self, length: int) -> dict[str, str]:
        return {tongue: self._say(length) for tongue in self.tongues}

    def _say(self, length: int) -> str:
        return " ".join(self.die.choices(self.words, k=length)).capitalize()
